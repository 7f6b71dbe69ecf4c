package io.leadgauge.pipeline;

import io.leadgauge.crm.CrmClient;
import io.leadgauge.store.StoreReader;
import java.util.List;

/**
 * What runs for one version of a connection, over one client: the reconciler, what carries changes
 * of companies on to contacts, what makes tasks, what tries refused fields, and all that looks for
 * what no event has told.
 *
 * @param client closed with the rest
 * @param readers the readers of all; closed with them; copied
 */
record Attendant(
    CrmClient client,
    Reconciler reconciler,
    Poller poller,
    LookBack lookBack,
    DriftCheck driftCheck,
    Backfill backfill,
    FanOut fanOut,
    TaskMaker tasks,
    FieldProbe fields,
    List<StoreReader> readers)
    implements AutoCloseable {
  Attendant {
    readers = List.copyOf(readers);
  }

  /** Starts all parts. */
  void start() {
    backfill.start();
    reconciler.start();
    poller.start();
    lookBack.start();
    driftCheck.start();
    fanOut.start();
    tasks.start();
    fields.start();
  }

  /** Tells that what is due may be something else now. */
  void wake() {
    reconciler.wake();
    poller.wake();
    fanOut.wake();
    tasks.wake();
    fields.wake();
  }

  /** Looks for what the CRM did not tell one by one. */
  void lookSoon() {
    lookBack.lookSoon();
  }

  /** Stops what looks by itself; what is due is still done. */
  void rest() {
    poller.close();
    lookBack.close();
    driftCheck.close();
    backfill.close();
    fanOut.close();
  }

  @Override
  public void close() {
    rest();
    AtOnce.run(List.of(tasks::close, fields::close, reconciler::close));
    // Last: the others call it.
    client.close();
    readers.forEach(StoreReader::close);
  }
}
