package io.leadgauge.pipeline;

import io.leadgauge.store.StoreReader;
import java.util.List;

/**
 * What runs for one version of a connection: the reconciler and the poll over one client, and what
 * carries changes of companies on to contacts.
 *
 * @param readers the readers of all; closed with them; copied
 */
record Attendant(Reconciler reconciler, Poller poller, FanOut fanOut, List<StoreReader> readers)
    implements AutoCloseable {
  Attendant {
    readers = List.copyOf(readers);
  }

  void start() {
    reconciler.start();
    poller.start();
    fanOut.start();
  }

  /** Tells that what is due may be something else now. */
  void wake() {
    reconciler.wake();
    poller.wake();
    fanOut.wake();
  }

  @Override
  public void close() {
    poller.close();
    fanOut.close();
    reconciler.close();
    readers.forEach(StoreReader::close);
  }
}
