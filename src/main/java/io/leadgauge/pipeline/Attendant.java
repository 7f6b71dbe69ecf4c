package io.leadgauge.pipeline;

import io.leadgauge.crm.CrmClient;
import io.leadgauge.store.StoreReader;

/**
 * What runs for one version of a connection, over one client: the reconciler, and all that looks
 * for what no event has told.
 *
 * @param client closed by the reconciler
 * @param reader looks at the store for the reconciler
 * @param behind looks at the store for all that can wait
 */
record Attendant(
    CrmClient client,
    Reconciler reconciler,
    Poller poller,
    LookBack lookBack,
    DriftCheck driftCheck,
    Backfill backfill,
    StoreReader reader,
    StoreReader behind)
    implements AutoCloseable {

  /** Starts all parts. */
  void start() {
    backfill.start();
    reconciler.start();
    poller.start();
    lookBack.start();
    driftCheck.start();
  }

  /** Tells that what is due may be something else now. */
  void wake() {
    reconciler.wake();
    poller.wake();
  }

  /** Stops what looks by itself; what is due is still done. */
  void rest() {
    poller.close();
    lookBack.close();
    driftCheck.close();
    backfill.close();
  }

  @Override
  public void close() {
    rest();
    reconciler.close();
    reader.close();
    behind.close();
  }
}
