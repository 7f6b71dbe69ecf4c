package io.leadgauge.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Reads one body into memory within a size and a time, and swallows what comes after the decision.
 *
 * <p>Swallowing lets a sender that is still writing read the answer instead of a reset; it ends
 * with the request, with the time, or after as many bytes again as a body may have. Confined to the
 * request's event loop.
 */
final class BodyReader {
  /** Memory taken at once; more is taken as bytes come, since a length is easily claimed. */
  private static final int FIRST_BYTES = 4 << 10;

  private static final byte[] NOTHING = {};

  private final Vertx vertx;
  private final HttpServerRequest request;
  private final int most;
  private final int announced;
  private final IntPredicate room;
  private final Promise<Body> decision = Promise.promise();
  private final long timer;
  private byte[] bytes = NOTHING;
  private int length;
  private long swallowed;
  private boolean over;
  private boolean closes;

  /** What came of reading. */
  sealed interface Body {
    /**
     * All of it.
     *
     * @param bytes the raw bytes, not shared with anyone
     */
    // Bytes, because they are passed on as they came; nothing compares bodies.
    @SuppressWarnings("ArrayRecordComponent")
    record Whole(byte[] bytes) implements Body {}

    /** More than allowed. */
    record TooLarge() implements Body {}

    /** More than there is room for at the moment. */
    record NoRoom() implements Body {}

    /** Not all of it in time. */
    record TooSlow() implements Body {}

    /** The sender went away. */
    record BrokenOff() implements Body {}
  }

  private BodyReader(
      Vertx vertx, HttpServerRequest request, int most, Duration within, IntPredicate room) {
    this.room = room;
    this.vertx = vertx;
    this.request = request;
    this.most = most;
    announced = announced(request, most);
    request.handler(this::take);
    request.endHandler(end -> end(new Body.Whole(exact())));
    request.exceptionHandler(broken -> end(new Body.BrokenOff()));
    timer = vertx.setTimer(within.toMillis(), id -> overdue());
  }

  /** Returns how long the body is said to be; as long as it may be, where nothing is said. */
  static int announced(HttpServerRequest request, int most) {
    String length = request.getHeader("Content-Length");
    try {
      return length == null ? most : (int) Math.min(Long.parseLong(length), Integer.MAX_VALUE);
    } catch (NumberFormatException e) {
      return most; // The request is malformed and gets no further than being told so.
    }
  }

  /** Returns how much memory the first bytes of a body of this length take. */
  static int heldAtFirst(int announced) {
    return Math.min(announced, FIRST_BYTES);
  }

  /**
   * Reads the body of a request that has just begun.
   *
   * @param room asked before more memory is taken than {@link #heldAtFirst} says: whether so many
   *     bytes may be held
   */
  static BodyReader reading(
      Vertx vertx, HttpServerRequest request, int most, Duration within, IntPredicate room) {
    return new BodyReader(vertx, request, most, within, room);
  }

  /** Swallows the body of a request that is refused for other reasons. */
  static BodyReader swallowing(Vertx vertx, HttpServerRequest request, int most, Duration within) {
    BodyReader reader = new BodyReader(vertx, request, most, within, bytes -> false);
    reader.decision.tryComplete(new Body.BrokenOff());
    return reader;
  }

  /** Returns what comes of reading; never fails. */
  Future<Body> body() {
    return decision.future();
  }

  /** Closes the socket as soon as nothing is left to swallow. */
  void closeAfterRest() {
    closes = true;
    if (over) {
      request.connection().close();
    }
  }

  private void take(Buffer chunk) {
    if (decision.future().isComplete()) {
      swallow(chunk.length());
    } else if (chunk.length() > most - length) {
      giveUp(new Body.TooLarge(), chunk);
    } else if (!isRoomFor(length + chunk.length())) {
      giveUp(new Body.NoRoom(), chunk);
    } else {
      chunk.getBytes(bytes, length);
      length += chunk.length();
    }
  }

  private void giveUp(Body why, Buffer chunk) {
    bytes = NOTHING;
    decision.complete(why);
    swallow(chunk.length());
  }

  private boolean isRoomFor(int needed) {
    if (needed <= bytes.length) {
      return true;
    }
    int wanted = bytes.length == 0 ? FIRST_BYTES : 2 * bytes.length;
    int larger = Math.max(needed, Math.min(wanted, Math.min(announced, most)));
    if (larger > heldAtFirst(announced) && !room.test(larger)) {
      return false;
    }
    bytes = Arrays.copyOf(bytes, larger);
    return true;
  }

  private byte[] exact() {
    return bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
  }

  private void swallow(int count) {
    swallowed += count;
    if (swallowed > most) {
      closes = true;
      end(new Body.TooLarge());
    }
  }

  private void overdue() {
    closes |= decision.future().isComplete();
    end(new Body.TooSlow());
  }

  private void end(Body body) {
    over = true;
    vertx.cancelTimer(timer);
    if (!decision.tryComplete(body) && closes) {
      request.connection().close();
    }
  }
}
