package io.leadgauge.pipeline;

import io.leadgauge.crm.CallTrouble;
import java.time.Duration;
import java.util.List;

/** How long to wait before the n-th try again. A list, because a list can be read. */
final class RetrySchedule {
  /** For a contact that the CRM refuses. */
  static final RetrySchedule CONTACT =
      new RetrySchedule(
          List.of(
              Duration.ofSeconds(5),
              Duration.ofMinutes(1),
              Duration.ofMinutes(10),
              Duration.ofHours(1),
              Duration.ofHours(6),
              Duration.ofHours(24)));

  /** For a CRM that does not answer, or refuses everything. */
  static final RetrySchedule CRM =
      new RetrySchedule(
          List.of(
              Duration.ofMillis(200),
              Duration.ofSeconds(1),
              Duration.ofSeconds(5),
              Duration.ofSeconds(15),
              Duration.ofMinutes(1)));

  /** For a property that the CRM refuses for all contacts. */
  static final RetrySchedule FIELD =
      new RetrySchedule(
          List.of(
              Duration.ofMinutes(1),
              Duration.ofMinutes(5),
              Duration.ofMinutes(30),
              Duration.ofHours(2),
              Duration.ofHours(6),
              Duration.ofHours(24)));

  private final List<Duration> waits;

  private RetrySchedule(List<Duration> waits) {
    this.waits = waits;
  }

  /**
   * Returns the wait after a failure, in milliseconds.
   *
   * @param failures how many in a row, from 1; the last wait of the list stands for all later ones
   */
  long afterFailure(int failures) {
    return waits.get(Math.min(failures, waits.size()) - 1).toMillis();
  }

  /** Returns the same after a call that met trouble, and never less than the CRM asks for. */
  long afterTrouble(CallTrouble met, int failures) {
    long least = met instanceof CallTrouble.Wait wait ? wait.pause().toMillis() : 0;
    return Math.max(least, afterFailure(failures));
  }
}
