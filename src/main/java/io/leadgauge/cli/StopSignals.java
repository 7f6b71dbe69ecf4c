package io.leadgauge.cli;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The signals by which a process is told to stop: SIGTERM, SIGINT, SIGHUP. Once heard they end
 * nothing by themselves, so that a command comes to its end in order and with its own exit code. A
 * process that has not come to its end within a time is ended all the same: what it has
 * acknowledged is on the disk. Thread-safe.
 */
final class StopSignals implements AutoCloseable {
  private static final Logger LOG = System.getLogger(StopSignals.class.getName());
  private static final List<String> NAMES = List.of("TERM", "INT", "HUP");

  private final Duration endWithin;
  private final CountDownLatch first = new CountDownLatch(1);
  private final CountDownLatch second = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  private StopSignals(Duration endWithin) {
    this.endWithin = endWithin;
  }

  /**
   * Begins to hear them. A signal that the process was started to ignore, as {@code nohup} does,
   * stays ignored; one that cannot be heard here ends the process as it always would.
   *
   * @param endWithin how long the process may last after the first
   */
  static StopSignals heard(Duration endWithin) {
    StopSignals signals = new StopSignals(endWithin);
    for (String name : NAMES) {
      try {
        signals.hear(name);
      } catch (ReflectiveOperationException e) {
        LOG.log(Level.DEBUG, "SIG{0} ends the process at once: {1}", name, e);
      }
    }
    return signals;
  }

  /**
   * By name, because the compiler warns of {@code sun.misc.Signal} in a way that cannot be switched
   * off. It is the one way there is, and stays: module jdk.unsupported, JEP 260.
   */
  private void hear(String name) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Object hearing =
        Proxy.newProxyInstance(
            handler.getClassLoader(), new Class<?>[] {handler}, (self, method, given) -> told());
    signal
        .getMethod("handle", signal, handler)
        .invoke(null, signal.getConstructor(String.class).newInstance(name), hearing);
  }

  private @Nullable Object told() {
    if (first.getCount() == 0) {
      second.countDown();
    } else {
      first.countDown();
      Thread.ofPlatform().daemon().name("end").start(this::endAnyway);
    }
    return null;
  }

  /** Waits for the first signal. */
  void await() throws InterruptedException {
    first.await();
  }

  /** Waits for another one, at most so long. */
  void awaitAnother(Duration most) throws InterruptedException {
    if (second.await(most.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.log(Level.INFO, "told once more to stop");
    }
  }

  private void endAnyway() {
    try {
      if (!ended.await(endWithin.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.log(
            Level.WARNING,
            "not all that was under way has ended within {0} s; what it was is done at the next"
                + " start",
            endWithin.toSeconds());
        Runtime.getRuntime().halt(ExitCode.DONE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tells that the process ends by itself now. */
  @Override
  public void close() {
    ended.countDown();
  }
}
