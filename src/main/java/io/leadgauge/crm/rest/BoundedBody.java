package io.leadgauge.crm.rest;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.streams.WriteStream;
import io.vertx.ext.web.codec.BodyCodec;
import io.vertx.ext.web.codec.spi.BodyStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes one answer's body into memory, up to a bound. Whoever gives up on the answer can cut it
 * off: otherwise a body that is too large, or trickles in, would hold its connection for ever.
 */
final class BoundedBody implements BodyCodec<Buffer> {
  private final int most;
  private volatile @Nullable HttpClientRequest request;
  private volatile boolean cut;

  /**
   * Makes a codec.
   *
   * @param most the most bytes of a body
   */
  BoundedBody(int most) {
    this.most = most;
  }

  /** Learns which request the answer belongs to. */
  void answers(HttpClientRequest sent) {
    request = sent;
    if (cut) {
      sent.reset();
    }
  }

  /** Gives up on the answer and its connection, even one that is still being made. */
  void cutOff() {
    cut = true;
    HttpClientRequest sent = request;
    if (sent != null) {
      sent.reset();
    }
  }

  @Override
  public BodyStream<Buffer> stream() {
    return new Collecting(most);
  }

  /** An answer was larger than we take. */
  static final class TooLargeException extends Exception {
    private static final long serialVersionUID = 1L;

    TooLargeException(int most) {
      super("the answer is larger than " + most + " bytes", null, false, false);
    }
  }

  /** One body under way; used by one event loop. */
  private static final class Collecting implements BodyStream<Buffer> {
    private final int most;
    private final Promise<Buffer> whole = Promise.promise();
    private final Buffer collected = Buffer.buffer();

    Collecting(int most) {
      this.most = most;
    }

    @Override
    public Future<Buffer> result() {
      return whole.future();
    }

    @Override
    public void handle(Throwable failure) {
      whole.tryFail(failure);
    }

    @Override
    public Future<Void> write(Buffer part) {
      if (part.length() > most - collected.length()) {
        TooLargeException failure = new TooLargeException(most);
        whole.tryFail(failure);
        return Future.failedFuture(failure);
      }
      collected.appendBuffer(part);
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> end() {
      whole.tryComplete(collected);
      return Future.succeededFuture();
    }

    @Override
    public WriteStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
      return this;
    }

    @Override
    public WriteStream<Buffer> setWriteQueueMaxSize(int maxSize) {
      return this;
    }

    @Override
    public boolean writeQueueFull() {
      return false;
    }

    @Override
    public WriteStream<Buffer> drainHandler(@Nullable Handler<Void> handler) {
      return this;
    }
  }
}
