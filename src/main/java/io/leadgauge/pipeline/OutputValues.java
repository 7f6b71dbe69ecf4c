package io.leadgauge.pipeline;

import io.leadgauge.model.Output;
import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.ModelDefinition.GradeGrid;
import io.leadgauge.scoring.ModelDefinition.GradeScale;
import io.leadgauge.scoring.ModelDefinition.GradeStep;
import io.leadgauge.scoring.ModelDefinition.Label;
import io.leadgauge.scoring.ModelDefinition.Segment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which values an output of a model can have, in the model's order. */
final class OutputValues {
  private OutputValues() {}

  /** Returns all values; none where any text may come, or the model gives none. */
  static List<String> of(Output output, ModelDefinition model) {
    return switch (output) {
      case LABEL -> model.labels().stream().map(Label::name).toList();
      case SEGMENT -> model.segments().stream().map(Segment::name).distinct().toList();
      case GRADE -> grades(model.grade());
      case SCORE, DISQUALIFIED, REASONS, MODEL -> List.of();
    };
  }

  private static List<String> grades(@Nullable GradeGrid grid) {
    List<String> cells = new ArrayList<>();
    if (grid != null) {
      for (String letter : names(grid.letters())) {
        names(grid.digits()).forEach(digit -> cells.add(letter + digit));
      }
    }
    return cells;
  }

  private static List<String> names(@Nullable GradeScale scale) {
    return scale == null ? List.of("") : scale.steps().stream().map(GradeStep::name).toList();
  }
}
