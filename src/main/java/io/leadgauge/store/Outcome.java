package io.leadgauge.store;

import org.jspecify.annotations.Nullable;

/**
 * What became of an entry.
 *
 * @param quarantined the reason why it was kept and not applied; null when it was applied
 * @param events how many events or facts it brought
 * @param noted how many of them were kept and counted and nothing else: unknown types, other
 *     portals, the test button; of an observation, how many records the CRM refused
 * @param retried whether it was quarantined first: then a later entry has applied it, in its place
 */
public record Outcome(@Nullable String quarantined, int events, int noted, boolean retried) {
  /** Returns the outcome of an entry that was applied. */
  public static Outcome applied(int events, int noted) {
    return new Outcome(null, events, noted, false);
  }

  /** Returns the outcome of an entry that is kept until it can be applied. */
  public static Outcome quarantined(String reason) {
    return new Outcome(reason, 0, 0, false);
  }

  /** Returns the outcome of a delivery that was quarantined, and was applied by a later entry. */
  static Outcome retried(int events, int noted) {
    return new Outcome(null, events, noted, true);
  }
}
