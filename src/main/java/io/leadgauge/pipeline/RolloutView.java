package io.leadgauge.pipeline;

import io.leadgauge.crm.Guard;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.pipeline.Configuration.Progress;
import io.leadgauge.pipeline.Configuration.State;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What those who look are told of a rollout, as it is at an instant.
 *
 * @param scope the connection as it is served
 * @param changeover how far the change to it has come
 * @param obstacle what the version that is wanted has met
 * @param progress of the pass that is on its way
 * @param unheard properties that no event was seen of since they were added; copied
 * @param another whether another version is wanted than the one in force
 * @param settled whether every contact was settled by the version in force
 */
record RolloutView(
    ConnectionScope scope,
    Changeover changeover,
    Obstacle obstacle,
    Progress progress,
    List<String> unheard,
    boolean another,
    boolean settled) {
  RolloutView {
    unheard = List.copyOf(unheard);
  }

  /** Returns how far the configuration has come, in words and figures. */
  Configuration configuration() {
    State state = state();
    return new Configuration(
        scope.id(),
        versions(),
        state,
        detail(state),
        progress,
        obstacle.missing(),
        unheard,
        changeover.contacts(),
        changeover.moves());
  }

  /** Returns names and hashes of the models in force. */
  private String versions() {
    return scope.models().stream()
        .map(model -> model.name() + " " + model.hash())
        .collect(Collectors.joining(", "));
  }

  private State state() {
    if (obstacle.isThere()) {
      return State.NEEDS_SETUP;
    }
    if (another) {
      return State.FETCHING;
    }
    return switch (changeover.phase()) {
      case COUNTING -> State.SCORING;
      case PAUSED -> State.PAUSED;
      case OPEN -> open();
    };
  }

  private State open() {
    if (!settled) {
      return State.SCORING;
    }
    return unheard.isEmpty() ? State.IN_FORCE : State.NEEDS_UPLOAD;
  }

  private String detail(State state) {
    String done = progress.done() + " of " + progress.total() + " contacts";
    return switch (state) {
      case IN_FORCE -> "in force";
      case NEEDS_UPLOAD ->
          "in force; no event was seen of "
              + String.join(", ", unheard)
              + ": subscribe contact.propertyChange of each; polled meanwhile";
      case FETCHING -> "reads what the new version needs, " + done + "; the old one is in force";
      case NEEDS_SETUP -> obstacle.text() + "; " + old();
      case SCORING ->
          (scope.isHeld() ? "counts what would be moved, " : "scores and writes, ") + done;
      case PAUSED -> paused(scope.id(), changeover, scope.connection().guard());
    };
  }

  private String old() {
    return scope.isHeld() ? "no stage is written until then" : "the old version is in force";
  }

  /** Returns what a change that waits for approval would do, and how to answer it. */
  static String paused(ConnectionId id, Changeover change, Guard guard) {
    String stages =
        change.moves().entrySet().stream()
            .map(move -> move.getValue() + " to " + move.getKey())
            .collect(Collectors.joining(", "));
    return "paused: the change of configuration would move "
        + change.moved()
        + " of "
        + change.contacts()
        + " contacts to another stage ("
        + stages
        + "), the guard is "
        + guard.contacts()
        + " contacts or "
        + guard.percent()
        + " %; nothing of it is written until ./leadgauge approve "
        + id
        + ", or until the manifest is put back";
  }
}
