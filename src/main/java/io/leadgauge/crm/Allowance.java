package io.leadgauge.crm;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * How much of what a portal allows is used at an instant.
 *
 * @param calls the most reads and writes in a window
 * @param window how long the window is
 * @param used how many of them count at the moment, those of others with the same token included
 * @param waiting how many live calls wait for their turn
 * @param waitingBehind how many background calls do
 * @param leftToday how many calls are left for the day, as the CRM said last; empty if it never did
 * @param closedFor for how long nobody is let through; zero for not at all
 * @param reason why; empty if it is open
 */
public record Allowance(
    int calls,
    Duration window,
    int used,
    int waiting,
    int waitingBehind,
    OptionalLong leftToday,
    Duration closedFor,
    String reason) {
  /** What is said of a CRM whose calls nobody counts. */
  public static final Allowance UNLIMITED =
      new Allowance(0, Duration.ZERO, 0, 0, 0, OptionalLong.empty(), Duration.ZERO, "");
}
