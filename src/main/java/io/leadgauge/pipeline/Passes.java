package io.leadgauge.pipeline;

import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Due;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.pipeline.Configuration.Progress;
import io.leadgauge.store.StoreReader;
import io.leadgauge.store.StoredContact;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The passes over the contacts of a connection, of which one at most is on its way. One thread
 * takes it on, a page at a time; others look how far it is.
 */
final class Passes {
  private final ConnectionId id;
  private final StoreReader reader;
  private final States states;
  private final Wanted wanted;
  private final Clockwork clock;
  private volatile @Nullable Pass running;

  Passes(ConnectionId id, StoreReader reader, States states, Wanted wanted, Clockwork clock) {
    this.id = id;
    this.reader = reader;
    this.states = states;
    this.wanted = wanted;
    this.clock = clock;
  }

  /** Returns the pass for a version that is on its way, or begins it instead of any other. */
  Pass running(Pass.Kind kind, ConnectionScope scope) {
    Pass pass = running;
    if (pass == null || !pass.is(kind, scope.configuration())) {
      pass = new Pass(kind, scope.configuration(), reader.countContacts(id), clock.now());
      running = pass;
    }
    return pass;
  }

  /** Ends the pass that is on its way, if there is one. */
  void end() {
    running = null;
  }

  /** Returns the next contacts of a pass, at most so many; none when it has seen all. */
  List<StoredContact> page(Pass pass, int most) {
    return reader.contacts(id, pass.lastRow(), most);
  }

  static List<RecordRef> refs(List<StoredContact> page) {
    return page.stream().map(StoredContact::ref).toList();
  }

  /**
   * Waits until contacts are read, or the CRM has refused to; false when something else is wanted
   * meanwhile.
   */
  boolean awaitRead(List<RecordRef> contacts) {
    return wanted.await(() -> contacts.stream().noneMatch(this::isToBeRead));
  }

  private boolean isToBeRead(RecordRef ref) {
    return states
        .current(ref)
        .map(RecordState::due)
        .filter(due -> due.fetchAt() != Due.NEVER && due.attempts() == 0)
        .isPresent();
  }

  Progress progress() {
    Pass pass = running;
    return pass == null ? Progress.NONE : pass.progress(clock.now());
  }
}
