package io.leadgauge.pipeline;

import java.util.Map;
import java.util.TreeMap;

/**
 * How a CRM has answered lately, and until when it is left alone. Calls that were under way
 * together fail as one: what counts is how often in a row it was tried again in vain. Thread-safe.
 */
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

  /**
   * Notes a call that failed, and leaves the CRM alone: by the schedule for as often as it was
   * tried in vain.
   *
   * @param least at least so long, in milliseconds
   */
  synchronized void failed(long now, long least, String reason) {
    if (now >= pausedUntil || failures == 0) {
      failures++;
    }
    long pause = Math.max(least, RetrySchedule.CRM.afterFailure(failures));
    pausedUntil = Math.max(pausedUntil, now + pause);
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

  /** Tells whether the last call failed, so that the next one is to see whether it is over. */
  synchronized boolean isFailing() {
    return failures > 0;
  }

  /** Returns how often in a row it was tried in vain. */
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
