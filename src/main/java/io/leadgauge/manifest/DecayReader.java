package io.leadgauge.manifest;

import io.leadgauge.manifest.Node.Entry;
import io.leadgauge.manifest.Node.Mapping;
import io.leadgauge.manifest.Node.Scalar;
import io.leadgauge.scoring.Decay;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads how points fade. */
final class DecayReader {
  private static final long LONGEST = Decay.HalfLife.LONGEST;

  /** What one step may lose at least, so that there are a hundred of them at most. */
  private static final long LEAST_LOST = Millionths.ONE / 100;

  /** What makes a decay one of its kind, and what else it says. */
  private static final TreeMap<String, List<String>> FORMS = new TreeMap<>();

  static {
    FORMS.put("halfLife", List.of("halfLife"));
    FORMS.put("linear", List.of("linear"));
    FORMS.put("steps", List.of("steps"));
    FORMS.put("lose", List.of("lose", "every"));
    FORMS.put("expire", List.of("expire"));
  }

  private final Values values;

  DecayReader(Values values) {
    this.values = values;
  }

  /** Reads a decay: {@code { halfLife: 30d }} and the like, or the word for none. */
  @Nullable Decay decay(Node node) {
    if (!(node instanceof Mapping mapping)) {
      boolean none = node instanceof Scalar scalar && scalar.text().equals("none");
      return none
          ? new Decay.None()
          : values.refuse(node, "none, or one such as { halfLife: 30d }");
    }
    List<String> forms = FORMS.keySet().stream().filter(key -> mapping.value(key) != null).toList();
    if (forms.size() > 1) {
      return values.fail(node, String.join(" and ", forms) + " in one decay, expected one");
    }
    List<String> keys =
        forms.isEmpty() ? allKeys() : FORMS.getOrDefault(forms.getFirst(), List.of());
    Fields fields = Fields.of(node, values, keys);
    if (fields == null) {
      return null;
    }
    return forms.isEmpty()
        ? values.refuse(node, "one of " + String.join(", ", FORMS.keySet()))
        : decay(forms.getFirst(), fields);
  }

  private static List<String> allKeys() {
    return FORMS.values().stream().flatMap(List::stream).toList();
  }

  private @Nullable Decay decay(String form, Fields fields) {
    return switch (form) {
      case "halfLife" -> {
        Long span = fields.required("halfLife", span());
        yield span == null ? null : new Decay.HalfLife(span);
      }
      case "linear" -> {
        Long span = fields.required("linear", span());
        yield span == null ? null : new Decay.Linear(span);
      }
      case "expire" -> {
        Long age = fields.required("expire", span());
        yield age == null ? null : Decay.Steps.expiry(age);
      }
      case "steps" -> fields.required("steps", this::steps);
      default -> losing(fields);
    };
  }

  private Reader<Long> span() {
    return values.span(Spans.SECOND, LONGEST);
  }

  /** A step and where it stands. */
  private record Placed(Decay.Step step, Position at) {}

  private @Nullable Decay steps(Node node) {
    Mapping mapping = values.mapping(node);
    if (mapping == null) {
      return null;
    }
    if (mapping.entries().isEmpty()) {
      return values.refuse(node, "what is left from an age on, such as { 7d: 50%, 30d: 0% }");
    }
    List<Placed> steps = new ArrayList<>();
    for (Entry entry : mapping.entries()) {
      Long age = span().read(entry.key());
      Long kept = values.percent(entry.value());
      if (age != null && kept != null) {
        steps.add(new Placed(new Decay.Step(age, kept), entry.key().at()));
      }
    }
    steps.sort(Comparator.comparingLong(placed -> placed.step().age()));
    return fall(steps) && !steps.isEmpty()
        ? new Decay.Steps(steps.stream().map(Placed::step).toList())
        : null;
  }

  private boolean fall(List<Placed> steps) {
    int before = values.problems().errors();
    for (int i = 1; i < steps.size(); i++) {
      Decay.Step earlier = steps.get(i - 1).step();
      Decay.Step later = steps.get(i).step();
      if (later.age() == earlier.age()) {
        String message = "a second step at " + Spans.text(later.age()) + ", expected one an age";
        values.problems().error(steps.get(i).at(), message);
      } else if (later.kept() > earlier.kept()) {
        String expected = ", expected at most the " + Values.percentText(earlier.kept());
        String found = Values.percentText(later.kept()) + " from " + Spans.text(later.age());
        values
            .problems()
            .error(steps.get(i).at(), found + expected + " of " + Spans.text(earlier.age()));
      }
    }
    return values.problems().errors() == before;
  }

  private @Nullable Decay losing(Fields fields) {
    Long lost = fields.required("lose", this::lost);
    Long every = fields.required("every", span());
    if (lost == null || every == null) {
      return null;
    }
    long steps = Math.ceilDiv(Millionths.ONE, lost);
    if (every > LONGEST / steps) {
      String longest = "expected nothing left after at most " + Spans.text(LONGEST);
      values.problems().error(fields.at("every"), "something is left for too long, " + longest);
      return null;
    }
    List<Decay.Step> fall = new ArrayList<>();
    for (long i = 1; i <= steps; i++) {
      fall.add(new Decay.Step(i * every, Math.max(0, Millionths.ONE - i * lost)));
    }
    return new Decay.Steps(fall);
  }

  private @Nullable Long lost(Node node) {
    Long lost = values.percent(node);
    return lost == null || lost >= LEAST_LOST
        ? lost
        : values.refuse(node, "at least " + Values.percentText(LEAST_LOST));
  }
}
