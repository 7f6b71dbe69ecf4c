package io.leadgauge.pipeline;

/** What runs for one version of a connection: the reconciler and the poll over one client. */
record Attendant(Reconciler reconciler, Poller poller) implements AutoCloseable {
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
  }
}
