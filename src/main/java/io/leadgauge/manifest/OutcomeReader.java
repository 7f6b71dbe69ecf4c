package io.leadgauge.manifest;

import io.leadgauge.manifest.Node.Entry;
import io.leadgauge.manifest.Node.Mapping;
import io.leadgauge.manifest.Node.Scalar;
import io.leadgauge.scoring.ModelDefinition.GradeGrid;
import io.leadgauge.scoring.ModelDefinition.HandOff;
import io.leadgauge.scoring.ModelDefinition.Label;
import io.leadgauge.scoring.ModelDefinition.Recycle;
import io.leadgauge.scoring.ModelDefinition.Segment;
import io.leadgauge.scoring.ModelDefinition.Stage;
import io.leadgauge.scoring.PointsCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what a model makes of points: labels, grade, segments, stages. */
final class OutcomeReader {
  /** How long a stage that people took back is not proposed again, unless the model says. */
  static final long DEFAULT_COOLDOWN = 30 * Spans.DAY;

  static final long LONGEST_SPAN = 3650 * Spans.DAY;

  private static final List<String> STAGE_KEYS =
      List.of("enter", "leave", "cooldown", "dwell", "recycle", "handOff");

  private final Values values;
  private final Reach reach;
  private final HandOffReader handOffs;
  private Expression.Compared compared;

  OutcomeReader(Values values, Reach reach, Calendars calendars) {
    this.values = values;
    this.reach = reach;
    this.handOffs = new HandOffReader(values, calendars);
    this.compared = new Expression.Compared(reach.dimensions().keySet(), false, null);
  }

  /** What a model makes of points. */
  record Outcomes(
      List<Label> labels, @Nullable GradeGrid grade, List<Segment> segments, List<Stage> stages) {}

  Outcomes read(Fields spec) {
    GradeGrid grade = spec.optional("grade", new GradeReader(values, reach)::grade);
    compared = new Expression.Compared(reach.dimensions().keySet(), spec.has("grade"), grade);
    List<Label> labels = spec.optional("labels", this::labels, List.of());
    List<String> names = labels.stream().map(Label::name).toList();
    List<Segment> segments = spec.optional("segments", node -> segments(node, names), List.of());
    List<Stage> stages = spec.optional("stages", this::stages, List.of());
    return new Outcomes(labels, grade, segments, stages);
  }

  // Labels

  private @Nullable List<Label> labels(Node node) {
    Mapping mapping = values.mapping(node);
    if (mapping == null) {
      return null;
    }
    if (mapping.entries().isEmpty()) {
      return values.refuse(node, "at least one");
    }
    List<Label> labels = new ArrayList<>();
    for (Entry entry : mapping.entries()) {
      boolean last = entry.equals(mapping.entries().getLast());
      Label above = labels.isEmpty() ? null : labels.getLast();
      Label label = last ? lastLabel(entry) : label(entry, above);
      if (label != null) {
        labels.add(label);
      }
    }
    return labels;
  }

  private @Nullable Label lastLabel(Entry entry) {
    String name = values.name(entry.key());
    boolean empty =
        entry.value().isNothing()
            || (entry.value() instanceof Mapping mapping && mapping.entries().isEmpty());
    if (!empty) {
      values.fail(
          entry.value(),
          "a threshold of the last label, expected {}: it holds where no other label does");
    }
    return name == null ? null : new Label(name, 0, 0, null);
  }

  private @Nullable Label label(Entry entry, @Nullable Label above) {
    String name = values.name(entry.key());
    Fields fields = Fields.of(entry.value(), values, "enter", "leave", "when");
    if (fields == null) {
      return null;
    }
    PointsCondition gate = fields.optional("when", this::condition);
    Long enter = fields.required("enter", values::points);
    Long ownLeave = fields.optional("leave", values::points);
    if (name == null || enter == null) {
      return null;
    }
    long leave = ownLeave == null ? enter : ownLeave;
    if (leave > enter) {
      refuse(fields.at("leave"), "leave", leave, "at most enter, which is " + text(enter));
    }
    if (above != null) {
      checkBelow(fields, "enter", enter, above.enter(), above);
      checkBelow(fields, "leave", leave, above.leave(), above);
      checkLeft(fields, leave, above);
    }
    reach
        .total()
        .checkReached(enter, fields.at("enter"), "enter " + text(enter), values.problems());
    return new Label(name, enter, leave, gate);
  }

  /** Below the threshold of the label above; at it, if a condition may keep that one away. */
  private void checkBelow(Fields fields, String key, long points, long most, Label above) {
    boolean canBeEqual = above.gate() != null;
    if (fields.has(key) && (canBeEqual ? points > most : points >= most)) {
      String expected =
          (canBeEqual ? "at most " : "less than ") + text(most) + " of " + above.name();
      refuse(fields.at(key), key, points, expected + ": labels stand highest first");
    }
  }

  /** A label that is lost where it is entered must not outlast the one above. */
  private void checkLeft(Fields fields, long leave, Label above) {
    if (!fields.has("leave") && leave > above.leave()) {
      String most = text(above.leave()) + " of " + above.name();
      refuse(fields.at("enter"), "without leave, leave is enter", leave, "leave at most " + most);
    }
  }

  private void refuse(Position at, String what, long points, String expected) {
    values.problems().error(at, what + " " + text(points) + ", expected " + expected);
  }

  private static String text(long points) {
    return Millionths.text(points);
  }

  // Segments

  private @Nullable List<Segment> segments(Node node, List<String> labels) {
    Mapping mapping = values.mapping(node);
    if (mapping == null) {
      return null;
    }
    List<Segment> segments = new ArrayList<>();
    for (Entry entry : mapping.entries()) {
      Segment segment = segment(entry, labels);
      if (segment == null) {
        continue;
      }
      if (!segments.isEmpty() && isForAll(segments.getLast())) {
        String before = segments.getLast().name();
        values.fail(
            entry.key(), "never reached: the segment " + before + " takes all that is left");
      }
      segments.add(segment);
    }
    return segments;
  }

  private static boolean isForAll(Segment segment) {
    return segment.label() == null && segment.when() == null;
  }

  private @Nullable Segment segment(Entry entry, List<String> labels) {
    String name = values.name(entry.key());
    Fields fields = Fields.of(entry.value(), values, "label", "when");
    if (name == null || fields == null) {
      return null;
    }
    String label =
        fields.optional(
            "label", values.word(word -> Optional.of(word).filter(labels::contains), labels));
    PointsCondition when = fields.optional("when", this::condition);
    boolean broken = (label == null && fields.has("label")) || (when == null && fields.has("when"));
    return broken ? null : new Segment(name, label, when);
  }

  // Stages

  private @Nullable List<Stage> stages(Node node) {
    Mapping mapping = values.mapping(node);
    if (mapping == null) {
      return null;
    }
    List<Stage> stages = new ArrayList<>();
    for (Entry entry : mapping.entries()) {
      Stage stage = stage(entry);
      if (stage != null) {
        stages.add(stage);
      }
    }
    checkRecycling(mapping, Values.keys(mapping));
    return stages;
  }

  private @Nullable Stage stage(Entry entry) {
    String name = values.name(entry.key());
    Fields fields = Fields.of(entry.value(), values, STAGE_KEYS);
    if (name == null || fields == null) {
      return null;
    }
    PointsCondition enter = fields.required("enter", this::condition);
    PointsCondition leave = fields.optional("leave", this::condition);
    long cooldown = fields.optional("cooldown", values.span(0, LONGEST_SPAN), DEFAULT_COOLDOWN);
    long dwell = fields.optional("dwell", values.span(0, LONGEST_SPAN), 0L);
    Recycle recycle = fields.optional("recycle", this::recycle);
    HandOff handOff = fields.optional("handOff", handOffs::read);
    return enter == null ? null : new Stage(name, enter, leave, cooldown, dwell, recycle, handOff);
  }

  private @Nullable Recycle recycle(Node node) {
    Fields fields = Fields.of(node, values, "to", "when", "after");
    if (fields == null) {
      return null;
    }
    String to = fields.required("to", values::name);
    PointsCondition when = fields.required("when", this::condition);
    Long after = fields.required("after", values.span(0, LONGEST_SPAN));
    return to == null || when == null || after == null ? null : new Recycle(to, when, after);
  }

  /** A contact goes back to a stage that stands before, or to one that only the CRM has. */
  private void checkRecycling(Mapping mapping, List<String> names) {
    for (Entry entry : mapping.entries()) {
      Node to =
          entry.value() instanceof Mapping stage && stage.value("recycle") instanceof Mapping found
              ? found.value("to")
              : null;
      int target = to instanceof Scalar scalar ? names.indexOf(scalar.text()) : -1;
      if (to != null && target >= names.indexOf(entry.key().text())) {
        values.refuse(to, "a stage before " + entry.key().text());
      }
    }
  }

  /** Reads a condition that some contact can satisfy. */
  private @Nullable PointsCondition condition(Node node) {
    PointsCondition condition = Expression.read(node, compared, values);
    if (condition != null && !reach.allows(condition)) {
      values.fail(node, "no contact can satisfy this, " + possible());
    }
    return condition;
  }

  private String possible() {
    StringBuilder text =
        new StringBuilder("expected something possible: total ").append(shown(reach.total()));
    reach
        .dimensions()
        .forEach(
            (name, bounds) -> text.append(", ").append(name).append(' ').append(shown(bounds)));
    return text.toString();
  }

  private static String shown(Reach.Bounds bounds) {
    Long least = bounds.least();
    Long most = bounds.most();
    return (least == null ? "anything" : text(least))
        + " to "
        + (most == null ? "anything" : text(most));
  }
}
