package io.leadgauge.replay;

import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * Something that two models say differently.
 *
 * @param way whether it is new, gone or says something else
 * @param what what it is: {@code rule}, {@code label}, {@code stage}, …
 * @param name its id or name; empty for the model as a whole
 * @param aspects what of it says something else, the old and the new text of each where they are
 *     short; copied
 */
public record ManifestChange(Way way, String what, String name, List<Aspect> aspects) {
  /** Begins a text that tells only whether two are the same. */
  static final String UNREADABLE = "\0";

  private static final int LONGEST = 40;

  public ManifestChange {
    aspects = List.copyOf(aspects);
  }

  /** How something is different. */
  public enum Way {
    ADDED("+", "added"),
    REMOVED("-", "removed"),
    CHANGED("~", "changed");

    private final String sign;
    private final String word;

    Way(String sign, String word) {
      this.sign = sign;
      this.word = word;
    }

    /** Returns the word for it in reports. */
    public String word() {
      return word;
    }

    /** Returns the sign that stands for it. */
    public String sign() {
      return sign;
    }
  }

  /**
   * An aspect that says something else.
   *
   * @param name its name
   * @param before the old text; empty for nothing, or if it is long
   * @param after the new text, likewise
   */
  public record Aspect(String name, String before, String after) {
    /** Returns the aspect as one text: {@code points 8 → 12}. */
    public String text() {
      if (before.isEmpty() && after.isEmpty()) {
        return name;
      }
      return name + " " + orNothing(before) + " → " + orNothing(after);
    }

    private static String orNothing(String text) {
      return text.isEmpty() ? "nothing" : text;
    }
  }

  /** Returns all that two models say differently, in the order of manifests. */
  public static List<ManifestChange> all(ModelDefinition old, ModelDefinition other) {
    List<ManifestChange> all = new ArrayList<>();
    Map<String, SequencedMap<String, Aspects>> before = parts(old);
    parts(other).forEach((what, parts) -> add(all, what, before.getOrDefault(what, parts), parts));
    return all;
  }

  private static Map<String, SequencedMap<String, Aspects>> parts(ModelDefinition model) {
    Map<String, SequencedMap<String, Aspects>> parts = new LinkedHashMap<>();
    for (String what :
        List.of(
            "model",
            "rule",
            "discount",
            "dimension",
            "disqualifier",
            "label",
            "segment",
            "stage")) {
      parts.put(what, new LinkedHashMap<>());
    }
    put(parts, "model", "", Aspects.of(model));
    for (ModelDefinition.Dimension dimension : model.dimensions()) {
      put(parts, "dimension", dimension.name(), Aspects.of(dimension));
      for (Rule rule : dimension.rules()) {
        put(parts, "rule", rule.id(), Aspects.of(dimension.name(), rule));
      }
    }
    model.discounts().forEach(one -> put(parts, "discount", one.id(), Aspects.of(one)));
    model.disqualifiers().forEach(one -> put(parts, "disqualifier", one.id(), Aspects.of(one)));
    for (ModelDefinition.Label label : model.labels()) {
      boolean last = label.equals(model.labels().getLast());
      put(parts, "label", label.name(), Aspects.of(label, last));
    }
    model.segments().forEach(one -> put(parts, "segment", one.name(), Aspects.of(one)));
    model.stages().forEach(one -> put(parts, "stage", one.name(), Aspects.of(one)));
    return parts;
  }

  private static void put(
      Map<String, SequencedMap<String, Aspects>> parts, String what, String name, Aspects one) {
    parts.getOrDefault(what, new LinkedHashMap<>()).put(name, one);
  }

  private static void add(
      List<ManifestChange> all,
      String what,
      SequencedMap<String, Aspects> before,
      SequencedMap<String, Aspects> after) {
    SequencedSet<String> names = new LinkedHashSet<>(after.keySet());
    names.addAll(before.keySet());
    for (String name : names) {
      Aspects old = before.get(name);
      Aspects other = after.get(name);
      if (old == null) {
        all.add(new ManifestChange(Way.ADDED, what, name, List.of()));
      } else if (other == null) {
        all.add(new ManifestChange(Way.REMOVED, what, name, List.of()));
      } else if (!old.texts().equals(other.texts())) {
        all.add(new ManifestChange(Way.CHANGED, what, name, differing(old, other)));
      }
    }
  }

  private static List<Aspect> differing(Aspects old, Aspects other) {
    List<Aspect> aspects = new ArrayList<>();
    SequencedSet<String> names = new LinkedHashSet<>(other.texts().keySet());
    names.addAll(old.texts().keySet());
    for (String name : names) {
      String before = old.texts().getOrDefault(name, "");
      String after = other.texts().getOrDefault(name, "");
      if (!before.equals(after)) {
        boolean isShort = isShort(before) && isShort(after);
        aspects.add(new Aspect(name, isShort ? before : "", isShort ? after : ""));
      }
    }
    return aspects;
  }

  private static boolean isShort(String text) {
    return text.length() <= LONGEST && !text.startsWith(UNREADABLE);
  }
}
