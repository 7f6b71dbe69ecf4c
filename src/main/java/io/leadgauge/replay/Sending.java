package io.leadgauge.replay;

import io.leadgauge.crm.OutgoingHttp;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.Delivery.Header;
import io.leadgauge.replay.FreshRequests.Request;
import io.leadgauge.replay.FreshRequests.UnsendableException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends deliveries again, never more than so many at a time. Whoever answers 503 is asked again
 * when it says, so often; any other answer is counted. Used once.
 */
public final class Sending {
  private static final Logger LOG = System.getLogger(Sending.class.getName());

  /** How often one delivery is sent that is answered 503, at most. */
  static final int MOST_TRIES = 20;

  /** How often one is sent that nobody answers. */
  static final int MOST_UNANSWERED = 3;

  private static final long SECOND_MILLIS = 1_000;
  private static final long LONGEST_WAIT_SECONDS = 60;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LOOK_EVERY_MILLIS = 200;
  private static final int MOST_SHOWN = 2_000;
  private static final int UNAVAILABLE = 503;

  private final Recording recording;
  private final SendOrder order;
  private final FreshRequests requests;
  private final Clockwork clock;
  private final HttpClient client =
      OutgoingHttp.client().connectTimeout(Duration.ofSeconds(10)).build();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final SortedMap<Integer, Long> answers = new TreeMap<>();
  private final SortedMap<Integer, String> firstBodies = new TreeMap<>();
  private long beganAt;
  private int next;
  private int done;
  private int atWork;
  private long unanswered;
  private long emptied;
  private long waits;
  private @Nullable RuntimeException fault;

  /** Makes one. */
  public Sending(Recording recording, SendOrder order, FreshRequests requests, Clockwork clock) {
    this.recording = recording;
    this.order = order;
    this.requests = requests;
    this.clock = clock;
  }

  /**
   * Sends all of them.
   *
   * @param concurrency how many are on their way at once, at most
   * @param progress is told how many are done, now and then
   * @throws UnsendableException if one cannot be addressed or signed, or nobody answers at all
   */
  public SendResult run(int concurrency, LongConsumer progress) throws InterruptedException {
    long began = clock.nanos();
    beganAt = clock.now();
    List<Thread> workers = new ArrayList<>();
    try {
      atWork = concurrency;
      for (int i = 0; i < concurrency; i++) {
        workers.add(Thread.ofVirtual().name("send-" + i).start(this::work));
      }
      watch(progress);
    } finally {
      stop();
      for (Thread worker : workers) {
        worker.interrupt();
        worker.join();
      }
      client.close();
    }
    if (fault != null) {
      throw fault;
    }
    long sent = answers.values().stream().mapToLong(Long::longValue).sum();
    long nanos = clock.nanos() - began;
    return new SendResult(sent, answers, firstBodies, unanswered, emptied, waits, nanos);
  }

  private void watch(LongConsumer progress) throws InterruptedException {
    int seen = 0;
    while (seen < order.size()) {
      lock.lock();
      try {
        if (atWork == 0) {
          return;
        }
        clock.awaitUntil(changed, clock.now() + LOOK_EVERY_MILLIS);
        seen = done;
      } finally {
        lock.unlock();
      }
      progress.accept(seen);
    }
  }

  private void stop() {
    lock.lock();
    try {
      next = order.size();
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    try {
      for (int turn = taken(); turn < order.size(); turn = taken()) {
        pause(beganAt + order.offset(turn));
        send(turn);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failed(e);
    } finally {
      left();
    }
  }

  private int taken() {
    lock.lock();
    try {
      return next < order.size() ? next++ : next;
    } finally {
      lock.unlock();
    }
  }

  private void failed(RuntimeException e) {
    lock.lock();
    try {
      fault = fault == null ? e : fault;
      next = order.size();
    } finally {
      lock.unlock();
    }
  }

  private void left() {
    lock.lock();
    try {
      atWork--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void pause(long until) throws InterruptedException {
    lock.lock();
    try {
      Condition never = lock.newCondition();
      while (clock.now() < until) {
        clock.awaitUntil(never, until);
      }
    } finally {
      lock.unlock();
    }
  }

  private void send(int turn) throws InterruptedException {
    int place = order.place(turn);
    Optional<CapturedDelivery> delivery = recording.read(place);
    if (delivery.isEmpty()) {
      finished(() -> emptied++);
      return;
    }
    int silent = 0;
    for (int tries = 1; ; tries++) {
      Request request = requests.of(delivery.get(), "msg_" + place, clock.now());
      Answer answer = answered(request);
      silent = answer.status() == 0 ? silent + 1 : 0;
      if (answer.status() == 0 && silent == MOST_UNANSWERED) {
        unanswered(request, answer);
        return;
      }
      boolean again = answer.status() == 0 || answer.status() == UNAVAILABLE;
      if (!again || tries == MOST_TRIES) {
        finished(() -> count(answer));
        return;
      }
      counted(answer);
      pause(clock.now() + answer.retryAfterSeconds() * SECOND_MILLIS);
    }
  }

  private void counted(Answer answer) {
    lock.lock();
    try {
      waits += answer.status() == UNAVAILABLE ? 1 : 0;
    } finally {
      lock.unlock();
    }
  }

  private void unanswered(Request request, Answer answer) {
    finished(() -> unanswered++);
    lock.lock();
    try {
      if (answers.isEmpty()) {
        throw new UnsendableException(
            "nobody answers at " + base(request) + ": " + answer.beginning());
      }
    } finally {
      lock.unlock();
    }
  }

  private static String base(Request request) {
    URI address = URI.create(request.address());
    String authority = address.getRawAuthority();
    // What may stand before the host is a password.
    return address.getScheme() + "://" + authority.substring(authority.lastIndexOf('@') + 1);
  }

  /** Counts something under the lock, and that one more is done. */
  private void finished(Runnable counting) {
    lock.lock();
    try {
      counting.run();
      done++;
      if (done == order.size()) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void count(Answer answer) {
    answers.merge(answer.status(), 1L, Long::sum);
    if (!SendResult.isSuccess(answer.status())) {
      firstBodies.putIfAbsent(answer.status(), answer.beginning());
    }
  }

  /**
   * What came back.
   *
   * @param status 0 where nothing did
   * @param beginning how the body begins, or why nothing came
   */
  private record Answer(int status, String beginning, long retryAfterSeconds) {}

  private Answer answered(Request request) throws InterruptedException {
    try {
      HttpResponse<InputStream> response =
          client.send(built(request), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        String beginning = new String(body.readNBytes(MOST_SHOWN), StandardCharsets.UTF_8);
        body.skip(Long.MAX_VALUE);
        return new Answer(response.statusCode(), beginning, retryAfter(response));
      }
    } catch (IOException e) {
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      return new Answer(0, why, 1);
    }
  }

  private static HttpRequest built(Request request) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(request.address()))
            .timeout(PATIENCE)
            .method(request.method(), HttpRequest.BodyPublishers.ofByteArray(request.body()));
    request.headers().forEach(header -> add(builder, header));
    return builder.build();
  }

  /** What was captured elsewhere may hold what no request may. */
  private static void add(HttpRequest.Builder builder, Header header) {
    try {
      builder.header(header.name(), header.value());
    } catch (IllegalArgumentException e) {
      LOG.log(Level.DEBUG, "the header {0} cannot be sent", header.name());
    }
  }

  /** A date, which a proxy may send, is no number: then a second will do. */
  private static long retryAfter(HttpResponse<InputStream> response) {
    String text = response.headers().firstValue("Retry-After").orElse("").strip();
    return text.matches("[0-9]{1,6}") ? Math.min(LONGEST_WAIT_SECONDS, Long.parseLong(text)) : 1;
  }
}
