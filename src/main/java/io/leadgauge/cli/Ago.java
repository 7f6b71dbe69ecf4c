package io.leadgauge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;

/** How long ago something was, in the largest unit that says enough. */
final class Ago {
  private Ago() {}

  /** Returns such as {@code 35 s ago}; an instant that is yet to come is now. */
  static String of(Duration age) {
    long seconds = Math.max(0, age.toSeconds());
    if (seconds < 120) {
      return seconds + " s ago";
    }
    if (seconds < 2 * 3600) {
      return age.toMinutes() + " min ago";
    }
    return seconds < 2 * 86_400 ? age.toHours() + " h ago" : age.toDays() + " days ago";
  }

  /** Returns the age of an instant in an answer. */
  static Duration age(JsonNode instant, long now) {
    return Duration.ofMillis(now - Instant.parse(instant.asText()).toEpochMilli());
  }
}
