package io.leadgauge.http;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery.Header;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that was refused, as it is kept for the person who wonders why.
 *
 * @param id its number since the start of the process
 * @param at when it was refused, by our clock
 * @param connection whom it was for; null where the address names no connection
 * @param status the status it was answered with
 * @param reason why, in one word
 * @param text the same for a reader
 * @param method the HTTP method
 * @param path the raw path and query, token masked
 * @param headers the headers in order, credentials masked; copied
 * @param body the first bytes of the body; empty where it was refused before it was read; not
 *     copied, must not be changed
 * @param bodyLength how long the body was in bytes; -1 where it was not read
 */
// Bytes, because a signature covers them; nothing compares refused requests.
@SuppressWarnings("ArrayRecordComponent")
public record RefusedRequest(
    long id,
    long at,
    @Nullable ConnectionId connection,
    int status,
    String reason,
    String text,
    String method,
    String path,
    List<Header> headers,
    byte[] body,
    long bodyLength) {
  public RefusedRequest {
    headers = List.copyOf(headers);
  }

  /** Tells whether the whole body is here, so that its signature can be checked again. */
  public boolean isWhole() {
    return bodyLength == body.length;
  }
}
