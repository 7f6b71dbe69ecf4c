package io.leadgauge.crm;

import java.time.Duration;

/**
 * How often we look by ourselves for what no event has told.
 *
 * @param dates how often changed contacts are looked for while a date property has never sent an
 *     event
 * @param lookBack how often the contacts that changed since the last time are compared with what is
 *     known, always
 * @param drift how often a sample of the known contacts is read and compared
 */
public record Poll(Duration dates, Duration lookBack, Duration drift) {
  /** Every minute, every ten minutes, every hour. */
  public static final Poll DEFAULT =
      new Poll(Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(1));

  public Poll {
    if (!dates.isPositive() || !lookBack.isPositive() || !drift.isPositive()) {
      throw new IllegalArgumentException(
          "not how often to look: " + dates + ", " + lookBack + ", " + drift);
    }
  }

  /** Returns the same, looking for changed dates this often. */
  public Poll withDates(Duration often) {
    return new Poll(often, lookBack, drift);
  }
}
