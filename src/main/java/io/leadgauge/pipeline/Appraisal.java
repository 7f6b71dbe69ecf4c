package io.leadgauge.pipeline;

import io.leadgauge.model.Decision;
import io.leadgauge.model.Output;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.Standing;
import io.leadgauge.scoring.Evaluation;
import io.leadgauge.scoring.Outlook;
import io.leadgauge.scoring.Score;
import io.leadgauge.scoring.Subject;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Scores a contact whose facts are known, and takes decisions, by the models of its connection. The
 * contact is looked at once for all of them. Pure; not thread-safe.
 */
public final class Appraisal {
  private static final int SHORT_HASH = 8;

  private final ConnectionScope scope;
  private final ContactView view;
  private final RecordState state;
  private @Nullable Subject subject;

  private Appraisal(ConnectionScope scope, ContactView view) {
    this.scope = scope;
    this.view = view;
    this.state = view.contact();
  }

  /** Begins to score a contact for which that {@link #isPossible}. */
  public static Appraisal of(ConnectionScope scope, ContactView view) {
    return new Appraisal(scope, view);
  }

  /** Tells whether enough is known of a contact itself to score it. */
  public static boolean isPossible(ConnectionScope scope, RecordState state) {
    return state.ref().isContact() && !state.facts().isGone() && scope.isKnown(state);
  }

  /** Returns all that a model says of the contact at an instant. */
  public Evaluation evaluate(ModelAtWork model, long now) {
    return evaluate(model, now, false);
  }

  /**
   * Returns the same.
   *
   * @param live whether something that happened, or time, leads to this
   */
  public Evaluation evaluate(ModelAtWork model, long now, boolean live) {
    return model
        .model()
        .read(subject())
        .evaluate(before(model), NeutralView.stage(model.use().stages(), state), now, live);
  }

  /** Whoever was handed over, and lives on in this contact, is not handed over again at once. */
  private Decision before(ModelAtWork model) {
    Standing own = state.standings().get(model.name());
    Decision before = own == null ? Decision.NONE : own.decision();
    for (RecordState absorbed : view.absorbed()) {
      Standing theirs = absorbed.standings().get(model.name());
      before = theirs == null ? before : before.heeding(theirs.decision());
    }
    return before;
  }

  /** Returns what may become of the contact's label after a decision taken at an instant. */
  public Outlook outlook(ModelAtWork model, Decision decision, long now) {
    return model.model().read(subject()).outlook(decision, now);
  }

  /** Returns what is known of the contact, by the neutral names that models use. */
  Map<String, String> properties() {
    return subject().properties();
  }

  private Subject subject() {
    if (subject == null) {
      subject = NeutralView.subject(scope, view);
    }
    return subject;
  }

  /**
   * Returns where the contact stands now by a model.
   *
   * @param live whether something that happened, or time, leads to this
   */
  Standing standing(ModelAtWork model, long now, boolean live) {
    Evaluation evaluation = evaluate(model, now, live);
    return new Standing(
        model.name(),
        model.hash(),
        now,
        outputs(model, evaluation, state.standings().get(model.name())),
        evaluation.decision(),
        evaluation.recheckAt());
  }

  private static Map<Output, String> outputs(
      ModelAtWork model, Evaluation evaluation, @Nullable Standing before) {
    Score score = evaluation.score();
    return score.scored() ? outputs(model, evaluation) : emptied(before);
  }

  /** Who is not scored has no outputs; what we filled before is to be empty from now on. */
  private static Map<Output, String> emptied(@Nullable Standing before) {
    Map<Output, String> outputs = new EnumMap<>(Output.class);
    if (before != null) {
      before.outputs().keySet().forEach(output -> outputs.put(output, ""));
    }
    return outputs;
  }

  private static Map<Output, String> outputs(ModelAtWork model, Evaluation evaluation) {
    Score score = evaluation.score();
    Map<Output, String> outputs = new EnumMap<>(Output.class);
    outputs.put(Output.SCORE, Long.toString(score.total()));
    outputs.put(Output.GRADE, orEmpty(score.grade()));
    outputs.put(Output.LABEL, orEmpty(evaluation.decision().label()));
    outputs.put(Output.SEGMENT, orEmpty(evaluation.segment()));
    outputs.put(Output.DISQUALIFIED, String.join("; ", score.disqualified()));
    outputs.put(Output.REASONS, score.reasons());
    outputs.put(Output.MODEL, model.name() + " " + model.hash().substring(0, SHORT_HASH));
    return outputs;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
