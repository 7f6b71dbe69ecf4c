package io.leadgauge.crm.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.rest.Json;
import org.jspecify.annotations.Nullable;

/** HubSpot's own clock, as a batch's answer tells it. */
final class BatchTimes {
  private BatchTimes() {}

  /** Returns when the batch was begun, else when it was done; null if the answer tells neither. */
  static @Nullable Long startedAt(JsonNode body) {
    Long at = Json.instant(body, "startedAt");
    return at != null ? at : Json.instant(body, "completedAt");
  }

  /** Returns when the batch was done, else when it was begun; null if the answer tells neither. */
  static @Nullable Long completedAt(JsonNode body) {
    Long at = Json.instant(body, "completedAt");
    return at != null ? at : Json.instant(body, "startedAt");
  }
}
