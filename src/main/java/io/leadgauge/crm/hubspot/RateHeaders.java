package io.leadgauge.crm.hubspot;

import io.leadgauge.crm.RateBudget;
import io.leadgauge.crm.RateBudget.Lane;
import io.leadgauge.crm.RateBudget.Limit;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an answer's headers say of the portal's limits. Searches carry none, OAuth apps no daily
 * ones; what makes no sense is passed over.
 */
final class RateHeaders {
  private static final String PREFIX = "X-HubSpot-RateLimit-";
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  private RateHeaders() {}

  /**
   * Teaches a budget what the headers of an answer say. Those of associations do not say which of
   * their two limits they mean.
   */
  static void learn(RateBudget budget, Lane lane, MultiMap headers) {
    Integer max = number(headers, "Max");
    Integer remaining = remaining(headers);
    Integer interval = number(headers, "Interval-Milliseconds");
    if (lane == Lane.RECORDS && max != null && remaining != null && interval != null) {
      Duration window = Duration.ofMillis(interval);
      boolean sane = window.isPositive() && window.compareTo(Limit.LONGEST_WINDOW) <= 0;
      if (sane && max >= 1 && max <= Limit.MOST_CALLS) {
        budget.learn(lane, new Limit(max, window), remaining);
      }
    }
    Integer daily = number(headers, "Daily-Remaining");
    if (daily != null) {
      Integer all = number(headers, "Daily");
      budget.learnDaily(all == null ? 0 : all, daily);
    }
  }

  /** Returns how many calls the window takes yet; null where nothing is said of it. */
  static @Nullable Integer remaining(MultiMap headers) {
    return number(headers, "Remaining");
  }

  private static @Nullable Integer number(MultiMap headers, String name) {
    String text = headers.get(PREFIX + name);
    return text != null && NUMBER.matcher(text).matches() ? Integer.valueOf(text) : null;
  }
}
