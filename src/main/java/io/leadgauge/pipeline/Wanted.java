package io.leadgauge.pipeline;

import io.leadgauge.model.Clockwork;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of a rollout: a version in force, an approval, the end. Any thread may want it;
 * one waits and is woken.
 */
final class Wanted {
  private static final long LOOK_AGAIN_MILLIS = 50;

  private final Clockwork clock;
  private final Wakeup wakeup = new Wakeup();
  private final AtomicReference<@Nullable CompletableFuture<Boolean>> approval =
      new AtomicReference<>();
  private volatile Candidate version;
  private volatile boolean closed;

  Wanted(Candidate first, Clockwork clock) {
    this.version = first;
    this.clock = clock;
  }

  /** Returns the version that is to be in force. */
  Candidate version() {
    return version;
  }

  /** Wants another version in force. */
  void want(Candidate next) {
    version = next;
    wakeup.ring();
  }

  /** Asks for approval; the answer is whether there was anything to approve: not after the end. */
  CompletableFuture<Boolean> askApproval() {
    CompletableFuture<Boolean> asked = new CompletableFuture<>();
    CompletableFuture<Boolean> earlier = approval.compareAndExchange(null, asked);
    wakeup.ring();
    if (closed) {
      answerApproval(false);
    }
    return earlier == null ? asked : earlier;
  }

  boolean isApprovalAsked() {
    return approval.get() != null;
  }

  /** Answers whoever has asked for approval until now. */
  void answerApproval(boolean approved) {
    CompletableFuture<Boolean> asked = approval.getAndSet(null);
    if (asked != null) {
      asked.complete(approved);
    }
  }

  void close() {
    closed = true;
    wakeup.ring();
  }

  boolean isClosed() {
    return closed;
  }

  /** Sleeps until something else is wanted, or until the wall clock reaches {@code at}. */
  void sleepUntil(long at) throws InterruptedException {
    wakeup.sleep(clock, at);
  }

  /**
   * Waits until something is done; false when another version or the end is wanted meanwhile.
   *
   * @param done is asked again and again
   */
  boolean await(BooleanSupplier done) {
    Candidate awaited = version;
    try {
      while (!closed && awaited.equals(version)) {
        if (done.getAsBoolean()) {
          return true;
        }
        sleepUntil(clock.now() + LOOK_AGAIN_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }
}
