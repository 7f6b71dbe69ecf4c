package io.leadgauge.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How webhooks are sent.
 *
 * @param linger how long events wait for others before they are sent together
 * @param timeout how long an answer is waited for; also the {@code X-HubSpot-Timeout-Millis} header
 * @param inFlight the most requests at once
 * @param batch the most events in one request, at most 100
 * @param retries how long to wait before each further attempt, varied by chance by up to a half;
 *     after the last one an event is given up
 */
public record WebhookPace(
    Duration linger, Duration timeout, int inFlight, int batch, List<Duration> retries) {

  /**
   * HubSpot's shape (ten retries, ten requests at once, ten seconds to answer, which is what real
   * requests say) in minutes instead of 24 hours.
   */
  public static final WebhookPace QUICK =
      new WebhookPace(
          Duration.ofMillis(50),
          Duration.ofSeconds(10),
          10,
          100,
          schedule("200ms,500ms,1s,2s,5s,10s,20s,30s,60s,120s"));

  public WebhookPace {
    if (inFlight < 1 || batch < 1 || batch > 100) {
      throw new IllegalArgumentException(
          "webhook requests in flight must be >= 1 and a batch 1 to 100: %d, %d"
              .formatted(inFlight, batch));
    }
    retries = List.copyOf(retries);
  }

  /**
   * Reads a retry schedule: durations separated by commas; blank means no retry.
   *
   * @throws IllegalArgumentException naming the duration that is wrong
   */
  public static List<Duration> schedule(String text) {
    List<Duration> schedule = new ArrayList<>();
    for (String item : text.isBlank() ? new String[0] : text.split(",", -1)) {
      schedule.add(Durations.parse(item, "webhook retries"));
    }
    return schedule;
  }

  /** The same with another retry schedule. */
  public WebhookPace withRetries(List<Duration> otherRetries) {
    return new WebhookPace(linger, timeout, inFlight, batch, otherRetries);
  }

  /** The same with another time to wait for an answer. */
  public WebhookPace withTimeout(Duration otherTimeout) {
    return new WebhookPace(linger, otherTimeout, inFlight, batch, retries);
  }

  /** The same with another time to wait for more events. */
  public WebhookPace withLinger(Duration otherLinger) {
    return new WebhookPace(otherLinger, timeout, inFlight, batch, retries);
  }
}
