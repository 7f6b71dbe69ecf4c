package io.leadgauge.http;

import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How both ports speak HTTP: version 1.1 and nothing more, with small heads. */
final class SafeHttp {
  /** The longest request line, in bytes. */
  static final int LINE_BYTES = 4_096;

  /** The longest headers together, in bytes. */
  static final int HEADER_BYTES = 8_192;

  private static final int CHUNK_BYTES = 8_192;

  private SafeHttp() {}

  /**
   * Returns the options of a server. Vert.x 5 takes HTTP/2 in clear text unless told otherwise,
   * which no sender of ours uses; compressed bodies are never inflated; a sender that asks whether
   * it may go on is answered after the headers were looked at.
   */
  static HttpServerOptions options(String host, int port, Duration idle) {
    return new HttpServerOptions()
        .setHost(host)
        .setPort(port)
        .setHttp2ClearTextEnabled(false)
        .setUseAlpn(false)
        .setDecompressionSupported(false)
        .setCompressionSupported(false)
        .setHandle100ContinueAutomatically(false)
        .setMaxInitialLineLength(LINE_BYTES)
        .setMaxHeaderSize(HEADER_BYTES)
        .setMaxChunkSize(CHUNK_BYTES)
        .setIdleTimeout(Math.toIntExact(idle.toMillis()))
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
  }
}
