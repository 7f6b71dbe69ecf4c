package io.leadgauge.pipeline;

import io.leadgauge.store.StoreReader;
import java.util.List;

/**
 * What runs for one version of a connection: the reconciler and the poll over one client.
 *
 * @param readers the readers of both; closed with them; copied
 */
record Attendant(Reconciler reconciler, Poller poller, List<StoreReader> readers)
    implements AutoCloseable {
  Attendant {
    readers = List.copyOf(readers);
  }

  void start() {
    reconciler.start();
    poller.start();
  }

  /** Tells that what is due may be something else now. */
  void wake() {
    reconciler.wake();
    poller.wake();
  }

  @Override
  public void close() {
    poller.close();
    reconciler.close();
    readers.forEach(StoreReader::close);
  }
}
