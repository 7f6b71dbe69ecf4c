package io.leadgauge.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.leadgauge.model.Clockwork;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Sends requests over kept connections from one event loop and times the answers. What is told to
 * come again is sent again a little later, as those do who send webhooks; that is part of its time.
 * A connection that the receiver closes while nothing is under way on it is opened anew.
 *
 * <p>Either as fast as they are answered, one under way on each connection; or at a rate, where the
 * time counts from the instant at which a request was due, so that waiting for a free connection is
 * part of it.
 */
final class Flood {
  private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(ISO_8859_1);
  private static final long TICK_MILLIS = 1;
  private static final int COME_AGAIN = 503;
  private static final long AGAIN_MILLIS = 50;

  private final Vertx vertx;
  private final Clockwork clock;
  private final Requests requests;

  /** Since when each is under way, and then how long it took. */
  private final long[] nanos;

  private final Deque<Lane> idle = new ArrayDeque<>();
  private final Deque<Integer> again = new ArrayDeque<>();
  private final Promise<Outcome> end = Promise.promise();
  private final double perNano;
  private int sent;
  private int kept;
  private int refused;
  private long beganNanos;

  /**
   * What came of it.
   *
   * @param refused how often one was told to come again
   * @param elapsedNanos from the first request to the last answer
   * @param nanos how long each took until it was acknowledged, ascending
   */
  @SuppressWarnings("ArrayRecordComponent") // a million of them; nobody changes it
  record Outcome(int refused, long elapsedNanos, long[] nanos) {
    /** Returns how many were acknowledged in a second. */
    double perSecond() {
      return nanos.length * 1e9 / elapsedNanos;
    }

    /** Returns the time within which a share of them was answered, such as 0.99. */
    long quantileNanos(double share) {
      return nanos[Math.max(0, (int) Math.ceil(share * nanos.length) - 1)];
    }
  }

  private Flood(Vertx vertx, Clockwork clock, Requests requests, double perSecond) {
    this.vertx = vertx;
    this.clock = clock;
    this.requests = requests;
    this.nanos = new long[requests.bytes().size()];
    this.perNano = perSecond / 1e9;
  }

  /**
   * Sends all requests.
   *
   * @param port on this machine
   * @param connections how many
   * @param perSecond the rate; 0 for as fast as they are answered
   * @return fails if one is answered by anything else than success or 503
   */
  static CompletableFuture<Outcome> send(
      Vertx vertx,
      Clockwork clock,
      Requests requests,
      int port,
      int connections,
      double perSecond) {
    Flood flood = new Flood(vertx, clock, requests, perSecond);
    vertx.getOrCreateContext().runOnContext(ignored -> flood.connect(port, connections));
    return flood.end.future().toCompletionStage().toCompletableFuture();
  }

  private void connect(int port, int connections) {
    NetClient client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
    end.future().onComplete(done -> client.close());
    for (int i = 0; i < connections; i++) {
      connect(client, port, lane -> connected(lane, connections));
    }
  }

  private void connect(NetClient client, int port, Consumer<Lane> ready) {
    Runnable reopen = () -> connect(client, port, this::isFree);
    client
        .connect(port, "127.0.0.1")
        .onFailure(end::tryFail)
        .onSuccess(socket -> ready.accept(new Lane(socket, reopen)));
  }

  private void connected(Lane lane, int connections) {
    idle.add(lane);
    if (idle.size() < connections) {
      return;
    }
    beganNanos = clock.nanos();
    if (perNano == 0) {
      dispatch(Integer.MAX_VALUE);
    } else {
      long timer = vertx.setPeriodic(TICK_MILLIS, tick -> dispatch(due()));
      end.future().onComplete(done -> vertx.cancelTimer(timer));
    }
  }

  /** The first one is due at once. */
  private int due() {
    return (int) Math.min(nanos.length, 1 + (clock.nanos() - beganNanos) * perNano);
  }

  private void dispatch(int upTo) {
    while (!idle.isEmpty() && !again.isEmpty()) {
      idle.poll().send(again.poll());
    }
    while (sent < Math.min(upTo, nanos.length) && !idle.isEmpty()) {
      int number = sent++;
      nanos[number] = perNano == 0 ? clock.nanos() : beganNanos + (long) (number / perNano);
      idle.poll().send(number);
    }
  }

  private void answered(Lane lane, int number, int status) {
    if (status / 100 == 2) {
      nanos[number] = clock.nanos() - nanos[number];
      kept++;
      isFree(lane);
    } else if (status == COME_AGAIN) {
      refused++;
      vertx.setTimer(
          AGAIN_MILLIS,
          timer -> {
            again.add(number);
            isFree(lane);
          });
    } else {
      end.tryFail("a delivery was answered " + status);
    }
  }

  private void isFree(Lane lane) {
    idle.add(lane);
    if (kept == nanos.length) {
      long elapsed = clock.nanos() - beganNanos;
      Arrays.sort(nanos);
      end.tryComplete(new Outcome(refused, elapsed, nanos));
    } else {
      dispatch(perNano == 0 ? Integer.MAX_VALUE : due());
    }
  }

  /** One connection with at most one request under way. */
  private final class Lane {
    private final NetSocket socket;
    private Buffer part = Buffer.buffer();
    private int request;

    /**
     * Takes over a connection.
     *
     * @param reopen opens another one in its place
     */
    Lane(NetSocket socket, Runnable reopen) {
      this.socket = socket;
      socket.handler(this::read);
      socket.closeHandler(closed -> closed(reopen));
      socket.exceptionHandler(end::tryFail);
    }

    private void closed(Runnable reopen) {
      boolean wasIdle = idle.remove(this);
      if (end.future().isComplete()) {
        return;
      }
      if (wasIdle) {
        reopen.run();
      } else {
        end.tryFail("the connection was closed by the receiver");
      }
    }

    void send(int number) {
      request = number;
      socket.write(requests.bytes().get(number));
    }

    private void read(Buffer chunk) {
      Buffer all = part.length() == 0 ? chunk : part.appendBuffer(chunk);
      byte[] bytes = all.getBytes();
      int head = indexOfEnd(bytes);
      if (head < 0 || bytes.length < head + bodyLength(bytes, head)) {
        part = all.copy();
        return;
      }
      part = Buffer.buffer();
      answered(this, request, Integer.parseInt(new String(bytes, 9, 3, ISO_8859_1)));
    }

    private static int indexOfEnd(byte[] bytes) {
      for (int at = 0; at + END_OF_HEAD.length <= bytes.length; at++) {
        if (Arrays.equals(bytes, at, at + 4, END_OF_HEAD, 0, 4)) {
          return at + 4;
        }
      }
      return -1;
    }

    private static int bodyLength(byte[] bytes, int head) {
      for (String line : new String(bytes, 0, head, ISO_8859_1).split("\r\n", -1)) {
        if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
          return Integer.parseInt(line.substring(15).strip());
        }
      }
      return 0;
    }
  }
}
