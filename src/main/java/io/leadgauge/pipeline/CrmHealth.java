package io.leadgauge.pipeline;

import java.util.Map;
import java.util.TreeMap;

/** How a CRM has answered lately, and until when it is left alone. Thread-safe. */
final class CrmHealth {
  private int failures;
  private long pausedUntil;
  private long answeredAt;
  private String trouble = "";
  private String refused = "";

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
   * Notes what a read was refused, for any record.
   *
   * @return whether that is news
   */
  synchronized boolean isRefusalNews(Map<String, String> names) {
    String before = refused;
    refused = String.join("; ", new TreeMap<>(names).values());
    return !refused.isEmpty() && !refused.equals(before);
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
    return trouble.isEmpty() ? refused : trouble;
  }
}
