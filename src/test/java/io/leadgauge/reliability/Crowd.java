package io.leadgauge.reliability;

import io.leadgauge.reliability.Line.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Many senders at once, each over a line of its own, each with its next request as soon as the one
 * before is answered. What became of each request is counted. A line on which an answer says that
 * it was the last is closed, as HTTP has it. Thread-safe.
 */
final class Crowd implements AutoCloseable {
  private static final int MOST_NOTED = 20;

  private final int port;
  private final Supplier<byte[]> requests;
  private final Manner manner;
  private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
  private final LongAdder kept = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder unanswered = new LongAdder();
  private final LongAdder brokenOff = new LongAdder();
  private final LongAdder unconnected = new LongAdder();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final Queue<Long> nanos = new ConcurrentLinkedQueue<>();
  private volatile boolean gone;

  /**
   * How a crowd behaves.
   *
   * @param linePerRequest whether a line is closed after each answer
   * @param pause how long a sender waits after each answer
   */
  record Manner(boolean linePerRequest, Duration pause) {
    static final Manner HASTY = new Manner(false, Duration.ZERO);
    static final Manner STRANGERS = new Manner(true, Duration.ZERO);

    static Manner every(Duration pause) {
      return new Manner(false, pause);
    }
  }

  /**
   * Begins to send.
   *
   * @param senders how many
   * @param requests whole requests as they go over the line; called on all threads
   */
  Crowd(int port, int senders, Manner manner, Supplier<byte[]> requests) {
    this.port = port;
    this.manner = manner;
    this.requests = requests;
    for (int count = 0; count < senders; count++) {
      this.senders.execute(this::send);
    }
  }

  private void send() {
    Line line = null;
    while (!gone) {
      line = line == null ? connected() : line;
      if (line != null) {
        line = posted(line, requests.get());
      }
      pause(line == null ? Duration.ofMillis(1) : manner.pause());
    }
    if (line != null) {
      line.close();
    }
  }

  private static void pause(Duration pause) {
    if (!pause.isZero()) {
      LockSupport.parkNanos(pause.toNanos());
    }
  }

  private @Nullable Line connected() {
    try {
      return Line.to(port);
    } catch (IOException e) {
      unconnected.increment();
      return null;
    }
  }

  /** Returns the line if it can be used again. */
  private @Nullable Line posted(Line line, byte[] request) {
    long beganNanos = System.nanoTime();
    boolean sent = false;
    try {
      line.send(request);
      sent = true;
      Reply reply = line.receive();
      count(reply, System.nanoTime() - beganNanos);
      if (!manner.linePerRequest() && !"close".equals(reply.headers().get("connection"))) {
        return line;
      }
    } catch (IOException e) {
      if (sent) {
        note("sent and not answered: " + e);
        unanswered.increment();
      } else {
        brokenOff.increment();
      }
    }
    line.close();
    return null;
  }

  private void count(Reply reply, long took) {
    if (reply.isKept()) {
      kept.increment();
      nanos.add(took);
      return;
    }
    if (reply.status() == 503
        && reply.headers().getOrDefault("retry-after", "").matches("[1-9][0-9]*")) {
      refused.increment();
    } else {
      note(reply.toString());
    }
  }

  private void note(String what) {
    if (wrong.size() < MOST_NOTED) {
      wrong.add(what);
    }
  }

  /** Returns how many were acknowledged until now. */
  long kept() {
    return kept.sum();
  }

  /** Returns how many were told to come again, by 503 and a whole number of seconds. */
  long refused() {
    return refused.sum();
  }

  /** Returns how many were sent to the last byte and got no whole answer. */
  long unanswered() {
    return unanswered.sum();
  }

  /** Returns how many could not be sent to the last byte. */
  long brokenOff() {
    return brokenOff.sum();
  }

  /** Returns how often nobody took a connection. */
  long unconnected() {
    return unconnected.sum();
  }

  /** Returns what must not be: other answers, and requests without one; the first of them. */
  Queue<String> wrong() {
    return wrong;
  }

  /** Returns how long each acknowledgement took, in nanoseconds. */
  long[] nanos() {
    return nanos.stream().mapToLong(Long::longValue).toArray();
  }

  /** Returns all counts in a line. */
  String tally() {
    return kept()
        + " kept, "
        + refused()
        + " refused, "
        + unanswered()
        + " unanswered, "
        + brokenOff()
        + " broken off, "
        + unconnected()
        + " not connected";
  }

  /** Sends nothing more, and waits for the answers that are due. */
  @Override
  public void close() {
    gone = true;
    senders.close();
  }
}
