package io.leadgauge.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.leadgauge.crm.signature.RequestSigner;
import io.leadgauge.model.Delivery.Header;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * Requests made and signed before the clock runs, so that a generator only has to send bytes.
 *
 * @param bytes whole requests, head and body
 * @param events how many events they carry together
 */
record Requests(List<Buffer> bytes, long events) {
  Requests {
    bytes = List.copyOf(bytes);
  }

  /** Makes requests to one path, each signed as if it were sent now. */
  static Requests of(Target target, RequestSigner signer, List<byte[]> bodies, int each, long now) {
    List<Buffer> requests =
        bodies.stream().map(body -> request(target, signer, body, now)).toList();
    return new Requests(requests, (long) bodies.size() * each);
  }

  private static Buffer request(Target target, RequestSigner signer, byte[] body, long now) {
    StringBuilder head = new StringBuilder(512);
    head.append("POST ").append(target.path()).append(" HTTP/1.1\r\n");
    head.append("Host: localhost\r\n");
    head.append("Content-Type: application/json\r\n");
    head.append("User-Agent: HubSpot Connect 2.0 (http://dev.hubspot.com/)\r\n");
    for (Header header : signer.sign("POST", target.signedUrl(), body, "", now)) {
      head.append(header.name()).append(": ").append(header.value()).append("\r\n");
    }
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    return Buffer.buffer(head.length() + body.length)
        .appendBytes(head.toString().getBytes(ISO_8859_1))
        .appendBytes(body);
  }

  /**
   * Where requests go.
   *
   * @param port on this machine
   * @param path the path
   * @param signedUrl the address that the receiver takes it for
   */
  record Target(int port, String path, String signedUrl) {}
}
