package io.leadgauge.crm.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.CallTrouble;

/** What came of one call. */
sealed interface Reply {
  /**
   * Done, in whole or in part: 200, 201 or 207.
   *
   * @param body a JSON object; its {@code errors} tell what was not done
   */
  record Answered(JsonNode body) implements Reply {}

  /** Nothing was done, because something in the request is not valid: 400 or 409. */
  record Invalid(HubSpotError error) implements Reply {}

  /** Nothing is known to be done. */
  record Failed(CallTrouble trouble) implements Reply {}
}
