package io.leadgauge.pipeline;

import java.util.Collection;
import java.util.List;

/** Ends several things at once, so that the slowest alone decides how long it takes. */
final class AtOnce {
  private AtOnce() {}

  /** Runs all; returns when all are through, or when the calling thread is interrupted. */
  static void run(Collection<Runnable> ends) {
    List<Thread> ending =
        ends.stream().map(one -> Thread.ofVirtual().name("end").start(one)).toList();
    try {
      for (Thread one : ending) {
        one.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
