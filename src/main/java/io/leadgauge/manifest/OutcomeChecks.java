package io.leadgauge.manifest;

import static io.leadgauge.manifest.Millionths.text;

import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.ModelDefinition.GradeGrid;
import io.leadgauge.scoring.ModelDefinition.GradeScale;
import io.leadgauge.scoring.ModelDefinition.GradeStep;
import io.leadgauge.scoring.ModelDefinition.Label;
import io.leadgauge.scoring.ModelDefinition.Segment;
import io.leadgauge.scoring.ModelDefinition.Stage;
import io.leadgauge.scoring.PointsCondition;
import io.leadgauge.scoring.PointsCondition.Compare;
import io.leadgauge.scoring.PointsCondition.Comparison;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what no contact comes to: a label, grade, segment or stage that the points never reach, or
 * that another one always takes.
 */
final class OutcomeChecks {
  private final ModelDefinition model;
  private final Node spec;
  private final Problems problems;
  private final JointReach reach;

  private OutcomeChecks(ModelDefinition model, Node spec, Problems problems) {
    this.model = model;
    this.spec = spec;
    this.problems = problems;
    this.reach = new JointReach(model);
  }

  /**
   * Adds what is wrong with what a model makes of points.
   *
   * @param model read without an error
   * @param spec where it stands
   */
  static void check(ModelDefinition model, Node spec, Problems problems) {
    OutcomeChecks checks = new OutcomeChecks(model, spec, problems);
    checks.checkTotal();
    checks.checkLabels();
    checks.checkGrade();
    checks.checkSegments();
    checks.checkStages();
  }

  /** Returns the dimensions that anything but the total depends on. */
  static Set<String> dimensions(ModelDefinition model) {
    Set<String> read = new HashSet<>();
    model.labels().forEach(label -> add(label.gate(), read));
    model.segments().forEach(segment -> add(segment.when(), read));
    for (Stage stage : model.stages()) {
      add(stage.enter(), read);
      add(stage.leave(), read);
      add(stage.recycle() == null ? null : stage.recycle().when(), read);
    }
    GradeGrid grade = model.grade();
    if (grade != null) {
      add(grade.letters(), read);
      add(grade.digits(), read);
    }
    return read;
  }

  private static void add(@Nullable GradeScale scale, Set<String> read) {
    if (scale != null) {
      read.add(scale.dimension());
    }
  }

  private static void add(@Nullable PointsCondition condition, Set<String> read) {
    switch (condition) {
      case null -> {}
      case PointsCondition.All all -> all.conditions().forEach(one -> add(one, read));
      case PointsCondition.Any any -> any.conditions().forEach(one -> add(one, read));
      case Compare compare -> {
        if (compare.dimension() != null) {
          read.add(compare.dimension());
        }
      }
    }
  }

  // The total

  /** A maximum that somebody wrote is meant to be reached. */
  private void checkTotal() {
    Node total = spec.nearest("total");
    Node max = total.nearest("max");
    Long most = reach.reach().total().most();
    if (spec.has("total") && total.has("max") && most != null && most < model.maxTotal()) {
      String possible = ": the dimensions together give at most " + text(most);
      problems.warning(max.at(), "no contact can have " + text(model.maxTotal()) + possible);
    }
  }

  // Labels

  private void checkLabels() {
    for (int rank = 0; rank < model.labels().size() - 1; rank++) {
      Label label = model.labels().get(rank);
      List<PointsCondition> taken = new ArrayList<>();
      taken.add(total(Comparison.AT_LEAST, label.enter()));
      if (label.gate() != null) {
        taken.add(label.gate());
      }
      Node gate = spec.nearest("labels", label.name(), "when");
      if (!reach.allows(taken)) {
        problems.error(
            gate.at(),
            "no contact can satisfy this with a total of "
                + text(label.enter())
                + ", expected a label that can be reached");
      } else if (!reach.allows(held(rank))) {
        String by = model.labels().get(rank - 1).name();
        problems.error(gate.at(), "never reached: " + by + " takes all that could come to it");
      }
    }
  }

  private static PointsCondition total(Comparison comparison, long points) {
    return new Compare(null, comparison, points);
  }

  /** Returns what holds of the points of a contact that holds a label, if not disqualified. */
  private List<PointsCondition> held(int rank) {
    List<PointsCondition> held = new ArrayList<>();
    for (Label above : model.labels().subList(0, rank)) {
      PointsCondition low = total(Comparison.LESS_THAN, above.enter());
      PointsCondition gate = above.gate();
      held.add(gate == null ? low : new PointsCondition.Any(List.of(low, JointReach.not(gate))));
    }
    Label label = model.labels().get(rank);
    if (rank < model.labels().size() - 1) {
      held.add(total(Comparison.AT_LEAST, label.leave()));
      if (label.gate() != null) {
        held.add(label.gate());
      }
    }
    return held;
  }

  // Grades

  /** Thirds are left out: nobody wrote them down one by one. */
  private void checkGrade() {
    GradeGrid grade = model.grade();
    Node place = spec.nearest("grade");
    if (grade != null && !place.has("thirds")) {
      checkSteps(grade.letters(), place.nearest("letters"));
      checkSteps(grade.digits(), place.nearest("digits"));
    }
  }

  private void checkSteps(@Nullable GradeScale scale, Node place) {
    if (scale == null) {
      return;
    }
    Long least = reach.reach().bounds(scale.dimension()).least();
    for (int i = 1; i < scale.steps().size(); i++) {
      GradeStep above = scale.steps().get(i - 1);
      if (least != null && least >= above.threshold()) {
        String name = scale.steps().get(i).name();
        problems.warning(
            place.key(name),
            name
                + " is never given: "
                + scale.dimension()
                + " is at least "
                + text(least)
                + ", which is "
                + above.name());
        return;
      }
    }
  }

  // Segments

  private void checkSegments() {
    Node place = spec.nearest("segments");
    for (int i = 0; i < model.segments().size(); i++) {
      Segment segment = model.segments().get(i);
      if (!isReached(segment, model.segments().subList(0, i))) {
        String why =
            isReached(segment, List.of())
                ? "the segments before it take all that could come to it"
                : "no contact" + withLabel(segment) + " satisfies its condition";
        problems.error(place.key(segment.name()), "never reached: " + why);
      }
    }
  }

  private static String withLabel(Segment segment) {
    return segment.label() == null ? "" : " with the label " + segment.label();
  }

  /** Tells whether somebody comes to it; a disqualified contact has no segment. */
  private boolean isReached(Segment segment, List<Segment> before) {
    List<Label> labels = model.labels();
    for (int rank = 0; rank < labels.size(); rank++) {
      String label = labels.get(rank).name();
      if (isFor(segment, label) && isReached(segment, before, label, held(rank))) {
        return true;
      }
    }
    return labels.isEmpty() && isReached(segment, before, null, List.of());
  }

  private boolean isReached(
      Segment segment, List<Segment> before, @Nullable String label, List<PointsCondition> room) {
    List<PointsCondition> asked = new ArrayList<>(room);
    if (segment.when() != null) {
      asked.add(segment.when());
    }
    for (Segment other : before) {
      PointsCondition when = other.when();
      if (isFor(other, label) && when == null) {
        return false;
      }
      if (isFor(other, label) && when != null) {
        asked.add(JointReach.not(when));
      }
    }
    return reach.allows(asked);
  }

  private static boolean isFor(Segment segment, @Nullable String label) {
    return segment.label() == null || segment.label().equals(label);
  }

  // Stages

  private void checkStages() {
    for (int i = 0; i < model.stages().size(); i++) {
      Stage stage = model.stages().get(i);
      Node place = spec.nearest("stages", stage.name());
      PointsCondition leave = stage.leave();
      if (!reach.allows(List.of(stage.enter()))) {
        problems.error(
            place.nearest("enter").at(),
            "no contact can satisfy all of this at once, expected something possible");
      } else if (leave != null && !reach.allows(List.of(stage.enter(), JointReach.not(leave)))) {
        problems.error(
            place.nearest("leave").at(),
            "never entered: this holds wherever enter does, expected it to hold elsewhere");
      } else if (i + 1 < model.stages().size()) {
        warnOfSkipped(stage, model.stages().get(i + 1), place);
      }
    }
  }

  /** A stage is passed over if the next is entered wherever it is, and as soon. */
  private void warnOfSkipped(Stage stage, Stage next, Node place) {
    if (next.leave() == null
        && next.dwell() == 0
        && !reach.allows(List.of(stage.enter(), JointReach.not(next.enter())))) {
      problems.warning(
          place.nearest("enter").at(),
          "never proposed: who enters "
              + stage.name()
              + " enters "
              + next.name()
              + " at once, expected less for the earlier stage");
    }
  }
}
