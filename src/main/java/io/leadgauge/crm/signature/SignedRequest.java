package io.leadgauge.crm.signature;

import io.leadgauge.model.Delivery;
import java.util.List;

/**
 * A request as a signature covers it.
 *
 * @param method the HTTP method as sent
 * @param uri the full public address: scheme, host, raw path and raw query as the sender knows them
 * @param headers the headers as received, before any is masked; copied
 * @param body the raw bytes; not copied, must not be changed
 */
// Bytes, because exactly they were signed; nothing compares requests.
@SuppressWarnings("ArrayRecordComponent")
public record SignedRequest(String method, String uri, List<Delivery.Header> headers, byte[] body) {
  public SignedRequest {
    headers = List.copyOf(headers);
  }

  /** Returns the values of a header, whose name is compared without regard to case. */
  List<String> values(String header) {
    return headers.stream()
        .filter(one -> one.name().equalsIgnoreCase(header))
        .map(Delivery.Header::value)
        .toList();
  }
}
