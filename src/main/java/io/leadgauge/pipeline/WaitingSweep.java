package io.leadgauge.pipeline;

import io.leadgauge.crm.EventTerms;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.RecordRef;
import io.leadgauge.store.StoreReader;
import io.leadgauge.store.WaitingNames.Extent;
import io.leadgauge.store.WaitingNames.WaitingName;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the names that lead to nobody yet within the bounds of their connection: those that were
 * told of longest ago go first, a page at a time behind live work. Where a restart finds it, the
 * table is its cursor.
 */
final class WaitingSweep implements AutoCloseable {
  private static final Logger LOG = System.getLogger(WaitingSweep.class.getName());
  private static final long LOOK_AGAIN = 60_000;
  private static final int PAGE = 200;

  private final Scopes scopes;
  private final Intake intake;
  private final StoreReader reader;
  private final Clockwork clock;
  private final Rounds rounds;

  WaitingSweep(Scopes scopes, Intake intake, StoreReader reader, Clockwork clock) {
    this.scopes = scopes;
    this.intake = intake;
    this.reader = reader;
    this.clock = clock;
    this.rounds = new Rounds("waiting", LOG, clock, this::turn);
  }

  void start() {
    rounds.start();
  }

  /** Looks at once. */
  void wake() {
    rounds.wake();
  }

  private long turn() {
    for (ConnectionScope scope : scopes.all()) {
      int gone = 0;
      for (List<RecordRef> page = overdue(scope); !page.isEmpty(); page = overdue(scope)) {
        intake.submit(new Work.GiveUp(scope.id(), page)).join();
        gone += page.size();
        if (rounds.isClosed() || scopes.find(scope.id()).isEmpty()) {
          return clock.now();
        }
      }
      if (gone > 0) {
        LOG.log(
            Level.INFO,
            "{0}: what was told of {1} unknown people was given up, by the bounds of waiting",
            scope.id(),
            gone);
      }
    }
    return clock.now() + LOOK_AGAIN;
  }

  /** Returns those who are to go next: too old, or too many. */
  private List<RecordRef> overdue(ConnectionScope scope) {
    EventTerms terms = scope.connection().events();
    Extent waiting = reader.waiting().extent(scope.id());
    long names = waiting.names() - terms.names();
    long events = waiting.events() - terms.events();
    long until = clock.now() - terms.waitFor().toMillis();
    if (!scope.connection().namesByEmail()) {
      return List.of();
    }
    if (names <= 0 && events <= 0 && (waiting.names() == 0 || waiting.oldest() > until)) {
      return List.of();
    }
    List<RecordRef> overdue = new ArrayList<>();
    for (WaitingName one : reader.waiting().longest(scope.id(), PAGE)) {
      if (names > 0 || events > 0 || one.seenAt() <= until) {
        overdue.add(one.ref());
        names--;
        events -= one.events();
      }
    }
    return overdue;
  }

  @Override
  public void close() {
    rounds.close();
  }
}
