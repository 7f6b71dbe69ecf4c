package io.leadgauge.pipeline;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.store.StoredContact;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Function;

/**
 * Reads the properties that contacts lack and another version needs, while the version before is in
 * force. For one thread.
 */
final class Fetching {
  /** As many as one call reads, so that live contacts never wait for more than that. */
  private static final int PAGE = 100;

  private final ConnectionId id;
  private final Passes passes;
  private final Scopes scopes;
  private final Intake intake;
  private final States states;

  Fetching(ConnectionId id, Passes passes, Scopes scopes, Intake intake, States states) {
    this.id = id;
    this.passes = passes;
    this.scopes = scopes;
    this.intake = intake;
    this.states = states;
  }

  /** Reads another page of contacts; returns whether all of them know what the version needs. */
  boolean step(ConnectionScope next, ConnectionScope inForce) {
    if (isCovered(next, inForce::required)) {
      return true;
    }
    if (!isCovered(next, inForce::read)) {
      scopes.put(inForce.readingFor(next));
    }
    Pass pass = passes.running(Pass.Kind.FETCH, next);
    List<StoredContact> page = passes.page(pass, PAGE);
    if (page.isEmpty()) {
      return true;
    }
    if (read(lacking(page, next))) {
      pass.passed(page);
    }
    return false;
  }

  private static boolean isCovered(
      ConnectionScope next, Function<String, SortedSet<String>> names) {
    return next.connection().personTypes().stream()
        .allMatch(person -> names.apply(person).containsAll(next.required(person)));
  }

  private List<RecordRef> lacking(List<StoredContact> page, ConnectionScope next) {
    return Passes.refs(page).stream()
        .filter(ref -> states.current(ref).filter(state -> lacks(state, next)).isPresent())
        .toList();
  }

  private static boolean lacks(RecordState state, ConnectionScope next) {
    return !state.facts().isGone() && !next.isKnown(state);
  }

  private boolean read(List<RecordRef> lacking) {
    if (!lacking.isEmpty()) {
      intake.submit(new Work.Flag(id, lacking, null, "")).join();
    }
    return passes.awaitRead(lacking);
  }
}
