package io.leadgauge.pipeline;

import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Due;
import io.leadgauge.store.DueWork;
import io.leadgauge.store.StoreReader;
import io.leadgauge.store.StoredContact;
import java.util.List;
import java.util.Map;

/**
 * Lets the CRM be written by the version in force, until every contact was settled by it. For one
 * thread; any may ask whether all is settled.
 */
final class Releasing {
  private static final int PAGE = 200;

  /** More writes than this are not put before those that live contacts cause. */
  private static final int MOST_WAITING_WRITES = 400;

  private static final long LOOK_AGAIN_MILLIS = 50;

  private final ConnectionId id;
  private final Passes passes;
  private final Intake intake;
  private final StoreReader reader;
  private final Clockwork clock;

  Releasing(ConnectionId id, Passes passes, Intake intake, StoreReader reader, Clockwork clock) {
    this.id = id;
    this.passes = passes;
    this.intake = intake;
    this.reader = reader;
    this.clock = clock;
  }

  /**
   * Lets a page of contacts be written, unless enough of them wait for that already.
   *
   * @param isNews whether what differs is worth a write as if something had happened to the contact
   * @return when to look again
   */
  long step(ConnectionScope scope, boolean isNews) {
    if (isSettled(scope)) {
      passes.end();
      return Due.NEVER;
    }
    if (reader.countDue(id, DueWork.WRITE, clock.now(), MOST_WAITING_WRITES)
        >= MOST_WAITING_WRITES) {
      return clock.now() + LOOK_AGAIN_MILLIS;
    }
    Pass pass = passes.running(Pass.Kind.SETTLE, scope);
    List<StoredContact> page = passes.page(pass, PAGE);
    if (page.isEmpty()) {
      String configuration = scope.configuration();
      intake.submit(new Work.Flag(id, List.of(), Changeover.SETTLED, configuration)).join();
    } else {
      long newsSince = isNews ? 0 : Due.NEVER;
      intake.submit(new Work.Rescore(id, Passes.refs(page), Map.of(), newsSince)).join();
      pass.passed(page);
    }
    return clock.now();
  }

  /** Tells whether all contacts were last settled by this version. */
  boolean isSettled(ConnectionScope scope) {
    return reader.cursor(id, Changeover.SETTLED).filter(scope.configuration()::equals).isPresent();
  }
}
