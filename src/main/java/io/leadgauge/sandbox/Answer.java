package io.leadgauge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * An answer to a request.
 *
 * @param status the HTTP status
 * @param contentType of the body
 * @param body may be empty
 */
record Answer(int status, String contentType, Buffer body) {
  private static final String LOCATION = "text/plain;charset=utf-8";
  private static final String JSON = "application/json;charset=utf-8";

  static Answer of(int status, JsonNode body) {
    return new Answer(status, JSON, Json.bytes(body));
  }

  static Answer json(Buffer body) {
    return new Answer(200, JSON, body);
  }

  static Answer noContent() {
    return new Answer(204, JSON, Buffer.buffer());
  }

  /** Sends a browser elsewhere. */
  static Answer redirect(String to) {
    return new Answer(302, LOCATION, Buffer.buffer(to));
  }

  /** Where it sends a browser, if it does. */
  Optional<String> location() {
    return status == 302 ? Optional.of(body.toString()) : Optional.empty();
  }

  /** What a gateway in front of HubSpot says when it has trouble: not JSON. */
  static Answer gateway(int status) {
    return new Answer(
        status,
        "text/html",
        Buffer.buffer("<html><head><title>" + status + "</title></head><body></body></html>"));
  }
}
