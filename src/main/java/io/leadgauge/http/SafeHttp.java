package io.leadgauge.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** How both ports speak HTTP: version 1.1 and nothing more, with small heads. */
final class SafeHttp {
  /** The longest request line, in bytes. */
  static final int LINE_BYTES = 4_096;

  /** The longest headers together, in bytes. */
  static final int HEADER_BYTES = 8_192;

  private static final int CHUNK_BYTES = 8_192;

  private static final Pattern HOST =
      Pattern.compile("(?:\\[[0-9A-Fa-f:.]{2,45}]|[A-Za-z0-9._-]{0,255})(?::[0-9]{0,5})?");

  private SafeHttp() {}

  /**
   * Tells whether a head says one thing only of where the request goes and where its body ends,
   * besides what Vert.x sees to itself: one host, no header without a name, and no coding of the
   * transfer but chunks, which a proxy in between may have understood otherwise.
   */
  static boolean isPlain(HttpServerRequest request) {
    List<String> codings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
    List<String> hosts = request.headers().getAll(HttpHeaders.HOST);
    return hosts.size() <= 1
        && (hosts.size() == 1 || request.version() == HttpVersion.HTTP_1_0)
        && hosts.stream().allMatch(host -> HOST.matcher(host).matches())
        && !request.headers().contains("")
        && codings.stream().allMatch(coding -> coding.strip().equalsIgnoreCase("chunked"));
  }

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
