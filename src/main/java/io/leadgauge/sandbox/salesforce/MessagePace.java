package io.leadgauge.sandbox.salesforce;

import java.time.Duration;

/**
 * How outbound messages and events are sent.
 *
 * @param linger how long notifications wait for others before they are sent together
 * @param timeout how long an answer is waited for
 * @param inFlight the most requests at once
 * @param batch the most notifications in a message, at most 100
 * @param firstRetry how long to wait before the second attempt, varied by chance by up to a half;
 *     each further wait is twice as long
 * @param longestRetry the longest wait
 * @param keep how long a notification is tried; then it is dropped in silence
 */
public record MessagePace(
    Duration linger,
    Duration timeout,
    int inFlight,
    int batch,
    Duration firstRetry,
    Duration longestRetry,
    Duration keep) {

  /** As documented: an answer within a minute, at most two hours between attempts, one day. */
  public static final MessagePace REAL =
      new MessagePace(
          Duration.ofSeconds(1),
          Duration.ofSeconds(60),
          5,
          100,
          Duration.ofSeconds(5),
          Duration.ofHours(2),
          Duration.ofHours(24));

  /** The same shape in minutes. */
  public static final MessagePace QUICK =
      new MessagePace(
          Duration.ofMillis(50),
          Duration.ofSeconds(60),
          5,
          100,
          Duration.ofMillis(200),
          Duration.ofMinutes(2),
          Duration.ofHours(24));

  public MessagePace {
    if (inFlight < 1 || batch < 1 || batch > 100) {
      throw new IllegalArgumentException(
          "messages in flight must be >= 1 and a batch 1 to 100: %d, %d"
              .formatted(inFlight, batch));
    }
  }

  /** The same with another time to wait for an answer. */
  public MessagePace withTimeout(Duration other) {
    return new MessagePace(linger, other, inFlight, batch, firstRetry, longestRetry, keep);
  }

  /** The same with so many notifications in a message at most. */
  public MessagePace withBatch(int most) {
    return new MessagePace(linger, timeout, inFlight, most, firstRetry, longestRetry, keep);
  }

  /** The same with other waits between attempts, the first and the longest. */
  public MessagePace withRetries(Duration first, Duration longest) {
    return new MessagePace(linger, timeout, inFlight, batch, first, longest, keep);
  }

  /** The wait after an attempt, the first being 1, without the part of chance. */
  Duration wait(int attempt) {
    long millis = firstRetry.toMillis() << Math.min(attempt - 1, 30);
    return Duration.ofMillis(Math.min(millis, longestRetry.toMillis()));
  }
}
