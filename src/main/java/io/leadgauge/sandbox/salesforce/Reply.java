package io.leadgauge.sandbox.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/**
 * An answer to a request.
 *
 * @param body may be empty
 * @param headers those of this answer alone
 */
record Reply(int status, String contentType, Buffer body, Map<String, String> headers) {
  private static final String JSON = "application/json;charset=UTF-8";

  static Reply of(int status, JsonNode body) {
    return new Reply(status, JSON, Json.bytes(body), Map.of());
  }

  static Reply ok(JsonNode body) {
    return of(200, body);
  }

  static Reply noContent() {
    return new Reply(204, JSON, Buffer.buffer(), Map.of());
  }

  static Reply csv(String text, Map<String, String> headers) {
    return new Reply(200, "text/csv; charset=UTF-8", Buffer.buffer(text), headers);
  }

  static Reply refused(Refused refused) {
    return of(refused.status(), refused.body());
  }

  /** What a gateway in front of Salesforce says when it has trouble: not JSON. */
  static Reply gateway(int status) {
    return new Reply(
        status,
        "text/html; charset=UTF-8",
        Buffer.buffer("<html><head><title>" + status + "</title></head><body></body></html>"),
        Map.of());
  }
}
