package io.leadgauge.sandbox.salesforce;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** An error answer. A request is refused by throwing it, before anything has been changed. */
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final transient List<String> fields;

  private Refused(int status, String code, String message, List<String> fields) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.fields = List.copyOf(fields);
  }

  static Refused of(int status, String code, String message) {
    return new Refused(status, code, message, List.of());
  }

  /** A record that cannot be saved, where it is the only one of the request. */
  static Refused of(SaveError error) {
    int status = error.code().equals("ENTITY_IS_DELETED") ? 404 : 400;
    return new Refused(status, error.code(), error.message(), error.fields());
  }

  static Refused notFound() {
    return of(404, "NOT_FOUND", "The requested resource does not exist");
  }

  /** A request of the control API that cannot be understood. */
  static Refused control(String message) {
    return of(400, "CONTROL", message);
  }

  int status() {
    return status;
  }

  /** The body: an array with one error. */
  ArrayNode body() {
    ArrayNode body = Json.array();
    ObjectNode error = body.addObject();
    error.put("message", getMessage());
    error.put("errorCode", code);
    if (!fields.isEmpty()) {
      error.set("fields", Json.array(fields));
    }
    return body;
  }
}
