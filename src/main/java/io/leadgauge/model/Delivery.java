package io.leadgauge.model;

import java.util.List;

/**
 * One authentic HTTP request of a CRM, as received.
 *
 * @param connection whom it is for
 * @param receivedAt when we had its last byte, by our clock
 * @param method the HTTP method
 * @param path the path and query as sent, without a secret token
 * @param headers the headers in order, secrets masked; copied
 * @param body the raw bytes; not copied, must not be changed
 */
// Bytes, because they are verified, parsed and stored as they came; nothing compares deliveries.
@SuppressWarnings("ArrayRecordComponent")
public record Delivery(
    ConnectionId connection,
    long receivedAt,
    String method,
    String path,
    List<Header> headers,
    byte[] body)
    implements Entry {
  public Delivery {
    headers = List.copyOf(headers);
  }

  /**
   * A header of a request.
   *
   * @param name as sent
   * @param value as sent, or {@code ***}
   */
  public record Header(String name, String value) {}
}
