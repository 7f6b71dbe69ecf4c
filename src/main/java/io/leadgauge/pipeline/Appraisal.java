package io.leadgauge.pipeline;

import io.leadgauge.model.Decision;
import io.leadgauge.model.Output;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.Standing;
import io.leadgauge.scoring.Evaluation;
import io.leadgauge.scoring.Score;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Scores a contact whose facts are known, and takes the decision. Pure. */
public final class Appraisal {
  private static final int SHORT_HASH = 8;

  private Appraisal() {}

  /** Tells whether enough is known of a contact to score it. */
  public static boolean isPossible(ConnectionScope scope, RecordState state) {
    if (!state.ref().isContact() || state.facts().isDeleted() || state.facts().isAbsorbed()) {
      return false;
    }
    for (String property : scope.needed()) {
      if (!state.facts().knows(property)) {
        return false;
      }
    }
    return true;
  }

  /** Returns all that the model says of the contact at an instant. */
  public static Evaluation evaluate(ConnectionScope scope, RecordState state, long now) {
    return evaluate(scope, state, now, false);
  }

  private static Evaluation evaluate(
      ConnectionScope scope, RecordState state, long now, boolean live) {
    Standing standing = state.standings().get(scope.model().name());
    return scope
        .model()
        .evaluate(
            NeutralView.subject(scope, state),
            standing == null ? Decision.NONE : standing.decision(),
            NeutralView.stage(scope, state.facts()),
            now,
            live);
  }

  /**
   * Returns where the contact stands now.
   *
   * @param live whether something that happened, or time, leads to this
   */
  static Standing standing(ConnectionScope scope, RecordState state, long now, boolean live) {
    Evaluation evaluation = evaluate(scope, state, now, live);
    return new Standing(
        scope.model().name(),
        scope.model().hash(),
        now,
        outputs(scope, evaluation),
        evaluation.decision(),
        evaluation.recheckAt());
  }

  private static Map<Output, String> outputs(ConnectionScope scope, Evaluation evaluation) {
    Score score = evaluation.score();
    Map<Output, String> outputs = new EnumMap<>(Output.class);
    outputs.put(Output.SCORE, Long.toString(score.total()));
    outputs.put(Output.GRADE, orEmpty(score.grade()));
    outputs.put(Output.LABEL, orEmpty(evaluation.decision().label()));
    outputs.put(Output.SEGMENT, orEmpty(evaluation.segment()));
    outputs.put(Output.DISQUALIFIED, String.join("; ", score.disqualified()));
    outputs.put(Output.REASONS, score.reasons());
    outputs.put(
        Output.MODEL, scope.model().name() + " " + scope.model().hash().substring(0, SHORT_HASH));
    return outputs;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
