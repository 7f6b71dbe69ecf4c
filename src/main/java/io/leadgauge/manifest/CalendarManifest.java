package io.leadgauge.manifest;

import io.leadgauge.scoring.Calendar;

/**
 * A calendar without errors.
 *
 * @param name its name
 * @param calendar what it says
 * @param text the file as written
 */
public record CalendarManifest(String name, Calendar calendar, String text) {
  /** Returns 64 hex digits over its meaning. */
  public String hash() {
    return ConnectionHash.of(name, calendar);
  }
}
