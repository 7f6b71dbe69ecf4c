package io.leadgauge.pipeline;

import java.util.Map;
import java.util.TreeMap;

/** How a CRM has answered lately, and until when it is left alone. Thread-safe. */
final class CrmHealth {
  private int failures;
  private long pausedUntil;
  private long answeredAt;
  private String trouble = "";
  private final Map<String, String> refused = new TreeMap<>();

  /** Notes a good answer. */
  synchronized void answered(long now) {
    failures = 0;
    pausedUntil = 0;
    answeredAt = now;
    trouble = "";
  }

  /** Notes a call that failed, and leaves the CRM alone for a while. */
  synchronized void failed(long until, String reason) {
    failures++;
    pausedUntil = Math.max(pausedUntil, until);
    trouble = reason;
  }

  /**
   * Notes what a read was refused, for any record of a type.
   *
   * @return whether that is news
   */
  synchronized boolean isRefusalNews(String type, Map<String, String> names) {
    if (names.isEmpty()) {
      refused.remove(type);
      return false;
    }
    String said = String.join("; ", new TreeMap<>(names).values());
    return !said.equals(refused.put(type, said));
  }

  /** Returns how many calls in a row have failed. */
  synchronized int failures() {
    return failures;
  }

  /** Returns until when the CRM is left alone; 0 if it is not. */
  synchronized long pausedUntil() {
    return pausedUntil;
  }

  /** Returns when the CRM last answered well; 0 for never. */
  synchronized long answeredAt() {
    return answeredAt;
  }

  /** Returns what the last call met, or what the last read was refused; empty if all was well. */
  synchronized String trouble() {
    return trouble.isEmpty() ? String.join("; ", refused.values()) : trouble;
  }
}
