package io.leadgauge.replay;

import io.leadgauge.model.Decision;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.Standing;
import io.leadgauge.pipeline.Appraisal;
import io.leadgauge.pipeline.ConnectionScope;
import io.leadgauge.pipeline.ContactView;
import io.leadgauge.pipeline.ModelAtWork;
import io.leadgauge.pipeline.Retelling;
import io.leadgauge.scoring.Evaluation;
import io.leadgauge.scoring.Score;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Scores a contact by what was told so far. Not thread-safe. */
final class Ledgers {
  private final RecordRef contact;
  private final Retelling retelling;
  private final Map<String, Decision> decisions = new TreeMap<>();

  Ledgers(RecordRef contact, Retelling retelling) {
    this.contact = contact;
    this.retelling = retelling;
  }

  /** Notes what was decided on the contact. */
  void decided(String model, Decision decision) {
    decisions.put(model, decision);
  }

  /** Returns the last decision by a model. */
  Decision decision(String model) {
    return decisions.getOrDefault(model, Decision.NONE);
  }

  /** Returns the scores at an instant by the models of a version, by name; none while unscored. */
  Map<String, Score> at(ConnectionScope scope, long at) {
    Map<String, Score> scores = new LinkedHashMap<>();
    evaluations(scope, at)
        .forEach((model, evaluation) -> scores.put(model.name(), evaluation.score()));
    return scores;
  }

  /** Returns all that the models of a version say at an instant; nothing while unscored. */
  Map<ModelAtWork, Evaluation> evaluations(ConnectionScope scope, long at) {
    RecordState state = state().orElse(null);
    if (state == null || !Appraisal.isPossible(scope, state)) {
      return Map.of();
    }
    ContactView view = ContactView.of(scope, state, retelling);
    // Who was decided on while something was awaited was scored without it in the end.
    if (!view.awaited().isEmpty() && decisions.isEmpty()) {
      return Map.of();
    }
    Appraisal appraisal = Appraisal.of(scope, view);
    Map<ModelAtWork, Evaluation> evaluations = new LinkedHashMap<>();
    scope.models().forEach(model -> evaluations.put(model, appraisal.evaluate(model, at)));
    return evaluations;
  }

  private Optional<RecordState> state() {
    Optional<RecordState> told = retelling.find(contact);
    if (told.isEmpty()) {
      return told;
    }
    RecordState state = told.get();
    for (Map.Entry<String, Decision> one : decisions.entrySet()) {
      Standing standing =
          new Standing(one.getKey(), "", 0, Map.of(), one.getValue(), Long.MAX_VALUE);
      state = state.withStanding(standing);
    }
    return Optional.of(state);
  }

  /** Returns how scores by the models of a version differ from others. */
  static List<Movement> movements(
      ConnectionScope scope, Map<String, Score> before, Map<String, Score> after) {
    return scope.models().stream()
        .map(
            model ->
                Movement.between(
                    model.name(), model.hash(), before.get(model.name()), after.get(model.name())))
        .filter(Movement::isChange)
        .toList();
  }
}
