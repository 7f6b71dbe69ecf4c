package io.leadgauge.pipeline;

import io.leadgauge.store.StoreReader;
import java.util.List;

/**
 * What runs for one version of a connection, over one client: the reconciler, the poll, what
 * carries changes of companies on to contacts, what makes tasks, and what tries refused fields.
 *
 * @param readers the readers of all; closed with them; copied
 */
record Attendant(
    Reconciler reconciler,
    Poller poller,
    FanOut fanOut,
    TaskMaker tasks,
    FieldProbe fields,
    List<StoreReader> readers)
    implements AutoCloseable {
  Attendant {
    readers = List.copyOf(readers);
  }

  void start() {
    reconciler.start();
    poller.start();
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

  @Override
  public void close() {
    poller.close();
    fanOut.close();
    tasks.close();
    fields.close();
    // Last: it closes the client.
    reconciler.close();
    readers.forEach(StoreReader::close);
  }
}
