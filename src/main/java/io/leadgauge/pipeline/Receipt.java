package io.leadgauge.pipeline;

import java.time.Duration;

/** What became of a delivery that was handed to the intake. */
public sealed interface Receipt {
  /**
   * It is durable and may be acknowledged.
   *
   * @param sequence its number in the journal
   */
  record Kept(long sequence) implements Receipt {}

  /**
   * There is no room for it now.
   *
   * @param retryAfter when to try again
   */
  record Full(Duration retryAfter) implements Receipt {}

  /**
   * The version of its connection by which it can be read is not in force yet.
   *
   * @param retryAfter when to try again
   */
  record Early(Duration retryAfter) implements Receipt {}

  /**
   * It could not be made durable.
   *
   * @param reason why, for an operator
   */
  record Down(String reason) implements Receipt {}
}
