package io.leadgauge.reliability;

import io.leadgauge.Await;
import io.leadgauge.model.Delivery.Header;
import io.leadgauge.reliability.Line.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends deliveries over many connections at once, each the next as soon as the last was answered,
 * whether anybody listens or not. What was acknowledged is in a {@link Ledger} before the line
 * sends again. What was not is sent again later, like HubSpot does, or never; some of what was is
 * sent again as well.
 */
final class Senders implements AutoCloseable {
  private static final long BACK_OFF_NANOS = Duration.ofMillis(25).toNanos();
  private static final int MOST_WAITING = 200;

  private final House house;
  private final String connection;
  private final int port;
  private final List<Sender> senders = new ArrayList<>();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong unanswered = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private volatile boolean closed;
  private volatile boolean paused;
  private volatile @Nullable Throwable fault;

  /** A delivery on its way, and how often it was tried before. */
  private record Job(String body, int tried) {
    Job again() {
      return new Job(body, tried + 1);
    }
  }

  /**
   * Begins to send.
   *
   * @param port where serve is, or will be
   * @param folder where ledgers are kept
   * @param lines how many connections
   * @param deliveries what a line sends
   */
  Senders(
      House house,
      String connection,
      int port,
      Path folder,
      int lines,
      SplittableRandom random,
      Function<SplittableRandom, RandomDeliveries> deliveries) {
    this.house = house;
    this.connection = connection;
    this.port = port;
    for (int i = 0; i < lines; i++) {
      SplittableRandom own = random.split();
      Ledger ledger = new Ledger(folder.resolve("line-" + i));
      senders.add(new Sender(ledger, own, deliveries.apply(own.split()), i, lines));
    }
    senders.forEach(sender -> sender.thread.start());
  }

  /** Returns the ledgers, one for each line. */
  List<Ledger> ledgers() {
    return senders.stream().map(sender -> sender.ledger).toList();
  }

  /** Returns how many deliveries were acknowledged. */
  long acknowledged() {
    return acknowledged.get();
  }

  /** Returns how many requests ended without an answer. */
  long unanswered() {
    return unanswered.get();
  }

  /** Returns how many were answered that they should come again later. */
  long refused() {
    return refused.get();
  }

  /** Sends nothing until {@link #resume}; returns when nothing is under way. */
  void pause() {
    paused = true;
    senders.forEach(Sender::awaitIdle);
    check();
  }

  void resume() {
    check();
    paused = false;
  }

  /** Fails if a sender has met what must not be. */
  void check() {
    Throwable met = fault;
    if (met != null) {
      throw new AssertionError("a sender failed: " + met.getMessage(), met);
    }
  }

  @Override
  public void close() {
    closed = true;
    for (Sender sender : senders) {
      try {
        sender.thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
      sender.ledger.close();
    }
    check();
  }

  /** One line. */
  private final class Sender {
    private final Ledger ledger;
    private final SplittableRandom random;
    private final RandomDeliveries deliveries;
    private final Thread thread;
    private final Deque<Job> again = new ArrayDeque<>();
    private final int step;

    /** Each sending of any line has a number of its own, and none is left out. */
    private long next;

    private volatile boolean idle;

    Sender(
        Ledger ledger, SplittableRandom random, RandomDeliveries deliveries, int first, int step) {
      this.ledger = ledger;
      this.random = random;
      this.deliveries = deliveries;
      this.next = first;
      this.step = step;
      this.thread = Thread.ofPlatform().daemon().name("line " + first).unstarted(this::run);
    }

    private void run() {
      try {
        while (!closed) {
          if (paused) {
            idle = true;
            backOff();
          } else {
            idle = false;
            connect();
          }
        }
      } catch (RuntimeException | Error e) {
        fault = e;
      } finally {
        idle = true;
      }
    }

    private void connect() {
      try (Line line = Line.to(port)) {
        while (!closed && !paused) {
          send(line, job());
        }
      } catch (IOException e) {
        backOff();
      }
    }

    private void send(Line line, Job job) throws IOException {
      long sending = next;
      next += step;
      byte[] body = RandomDeliveries.numbered(job.body(), sending, job.tried());
      List<Header> headers = house.signed(connection, body);
      Reply reply;
      try {
        reply = line.post(House.path(connection), headers, body);
      } catch (IOException e) {
        unanswered.incrementAndGet();
        later(job, 60);
        throw e;
      }
      if (reply.isKept()) {
        ledger.acknowledged(sending);
        acknowledged.incrementAndGet();
        later(job, 3);
      } else if (reply.status() == 503) {
        refused.incrementAndGet();
        later(job, 60);
        backOff();
      } else {
        throw new AssertionError("answered " + reply + " to " + job.body());
      }
    }

    private Job job() {
      Job waiting = random.nextInt(4) == 0 ? again.poll() : null;
      if (waiting != null) {
        return waiting;
      }
      return new Job(deliveries.next(), 0);
    }

    private void later(Job job, int percent) {
      if (random.nextInt(100) < percent && again.size() < MOST_WAITING) {
        again.add(job.again());
      }
    }

    private void backOff() {
      LockSupport.parkNanos(BACK_OFF_NANOS);
    }

    private void awaitIdle() {
      Await.until("a line is idle", Duration.ofMinutes(2), () -> idle);
    }
  }
}
