package io.leadgauge.sandbox.salesforce;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** An error answer of the token endpoint, in the form of OAuth. */
final class OAuthRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String error;

  private OAuthRefused(String error, String description) {
    super(description, null, false, false);
    this.error = error;
  }

  static OAuthRefused of(String error, String description) {
    return new OAuthRefused(error, description);
  }

  Reply reply() {
    ObjectNode body = Json.object();
    body.put("error", error);
    body.put("error_description", getMessage());
    return Reply.of(400, body);
  }
}
