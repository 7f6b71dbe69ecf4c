package io.leadgauge.pipeline;

import io.leadgauge.crm.Mode;
import io.leadgauge.crm.StageMap;
import io.leadgauge.model.Decided;
import io.leadgauge.model.Decision;
import io.leadgauge.model.Decision.StageMark;
import io.leadgauge.model.Intent;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.Standing;
import io.leadgauge.scoring.Evaluation;
import io.leadgauge.scoring.Evaluation.HandOff;
import io.leadgauge.scoring.TaskText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What hand-offs that were just decided ask to be done in the CRM. Pure: the same decision on the
 * same facts gives the same intents.
 */
final class HandOffs {
  /** Begins the line of a task by which it is known again. */
  static final String KEY_LINE = "Leadgauge hand-off ";

  private static final int MOST_MERGES = 20;

  private HandOffs() {}

  /**
   * Returns what is to be done because of decisions on one contact.
   *
   * @param appraisal the contact as it stands after them
   * @param before the contact as it stood before
   * @param decided the decisions
   */
  static List<Intent> planned(
      ConnectionScope scope, Appraisal appraisal, RecordState before, List<Decided> decided) {
    List<Intent> intents = new ArrayList<>();
    for (Decided one : decided) {
      Standing standing = before.standings().get(one.model());
      Decision previous = standing == null ? Decision.NONE : standing.decision();
      for (StageMark mark : one.decision().stages()) {
        if (isNew(mark, previous)) {
          scope.models().stream()
              .filter(model -> model.name().equals(one.model()))
              .forEach(model -> add(intents, step(scope, mark, one), model, appraisal, mark, one));
        }
      }
    }
    return intents;
  }

  /** Tells whether a record was ever handed over, so that there may be something to do. */
  static boolean mayBe(RecordState state) {
    for (Standing standing : state.standings().values()) {
      for (StageMark mark : standing.decision().stages()) {
        if (mark.handOff() != null && mark.handOff().at() > 0) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isNew(StageMark mark, Decision previous) {
    Decision.HandOff made = mark.handOff();
    if (made == null || made.at() == 0) {
      return false;
    }
    Decision.HandOff last = previous.mark(mark.stage()).map(StageMark::handOff).orElse(null);
    return last == null || made.at() > last.at();
  }

  /** What came of a crossing before a restore may be in the CRM: it is asked first. */
  private static Intent.Step step(ConnectionScope scope, StageMark mark, Decided decided) {
    Intent.State state =
        scope.recall().mayForget(mark.since()) ? Intent.State.SENT : Intent.State.PLANNED;
    return new Intent.Step(state, 0, decided.receivedAt(), null, null);
  }

  private static void add(
      List<Intent> intents,
      Intent.Step step,
      ModelAtWork model,
      Appraisal appraisal,
      StageMark mark,
      Decided decided) {
    Evaluation evaluation = appraisal.evaluate(model, decided.receivedAt());
    HandOff handOff = evaluation.handOff();
    if (handOff == null || !handOff.stage().equals(mark.stage())) {
      return;
    }
    String reasons = evaluation.score().reasons();
    Map<String, String> values = appraisal.properties();
    String subject =
        new TaskText(handOff.task())
            .fill(name -> name.equals(TaskText.REASONS) ? reasons : values.get(name));
    String key = Intent.key(decided.contact(), decided.model(), mark.stage(), mark.since());
    intents.add(
        new Intent(
            key,
            decided.contact(),
            decided.model(),
            mark.stage(),
            handOff.at(),
            handOff.dueAt(),
            subject,
            note(evaluation, reasons),
            handOff.owner(),
            handOff.fallbackOwner(),
            step));
  }

  private static String note(Evaluation evaluation, String reasons) {
    String label = evaluation.decision().label();
    String score = "Score " + evaluation.score().total() + (label == null ? "" : ", " + label);
    return reasons.isEmpty() ? score : score + "\n" + reasons;
  }

  /** Returns the note of a task with the line by which it is known again. */
  static String keyed(Intent intent) {
    return intent.note() + "\n\n" + KEY_LINE + intent.key() + " (leave this line in)";
  }

  /** Tells whether a note is that of the intent's task, whatever markup is around it. */
  static boolean isOf(Intent intent, String note) {
    return note.contains(intent.key());
  }

  /** Returns the contact as it is now, or whoever lives on in its place. */
  static RecordState survivor(States states, RecordRef contact) {
    RecordState now = current(states, contact);
    for (int i = 0; i < MOST_MERGES && now.facts().isAbsorbed(); i++) {
      now = current(states, now.facts().survivors().getFirst());
    }
    return now;
  }

  private static RecordState current(States states, RecordRef ref) {
    return states.current(ref).orElse(RecordState.unknown(ref, 0));
  }

  /**
   * Returns why nothing is to be made of an intent any more; null while it is.
   *
   * @param contact the contact as it is now
   */
  static @Nullable String passed(ConnectionScope scope, RecordState contact, Intent intent) {
    StageMap stages = scope.stages();
    if (stages == null || scope.connection().mode() != Mode.FULL) {
      return "the connection does not move stages any more";
    }
    if (contact.rowId() == 0 || contact.facts().isGone()) {
      return "the contact is gone";
    }
    String held = contact.facts().value(stages.property());
    if (held == null || !held.equals(stages.values().get(intent.stage()))) {
      return "the contact is at " + (held == null ? "no stage" : held) + " by now";
    }
    return null;
  }
}
