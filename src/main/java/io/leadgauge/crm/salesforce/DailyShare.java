package io.leadgauge.crm.salesforce;

import io.leadgauge.crm.RateBudget;
import io.leadgauge.model.Clockwork;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How many of an org's calls are ours. An org has so many calls in 24 hours, for whoever makes
 * them; every answer tells how many are used: {@code api-usage=18/5000}, perhaps with {@code ;
 * per-app-api-usage=17/250(appName=leadgauge)} behind it. We make no more than a share of all, and
 * none that the org, or what it allows our app, has no room for.
 *
 * <p>The window of 24 hours is a rolling one, so our own calls are counted by the hour in which
 * they were answered. What was called before a start is not known; the org's own count covers it.
 * Thread-safe.
 */
final class DailyShare {
  private static final int HOURS = 24;
  private static final int ALL = 100;
  private static final Pattern ORG =
      Pattern.compile("(?<![a-z-])api-usage=([0-9]{1,12})/([0-9]{1,12})");
  private static final Pattern APP =
      Pattern.compile("per-app-api-usage=([0-9]{1,12})/([0-9]{1,12})");

  private static final Pattern NAMES = Pattern.compile("\\([^)]*\\)");

  private final RateBudget budget;
  private final int percent;
  private final Clockwork clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final long[] calls = new long[HOURS];
  private long hour;

  /**
   * Makes a share of which nothing is used.
   *
   * @param budget learns how many calls are left
   * @param percent how many of a hundred of the org's calls are ours, 1 to 100
   */
  DailyShare(RateBudget budget, int percent, Clockwork clock) {
    this.budget = budget;
    this.percent = percent;
    this.clock = clock;
  }

  /** Counts a call that was answered, and learns from what the answer says; null for nothing. */
  void answered(@Nullable String limits) {
    long ours = count();
    // What an app is called may look like anything.
    String told = limits == null ? "" : NAMES.matcher(limits).replaceAll("");
    Matcher org = ORG.matcher(told);
    if (!org.find()) {
      return;
    }
    long most = Long.parseLong(org.group(2));
    long share = most * percent / ALL;
    long left = Math.min(most - Long.parseLong(org.group(1)), share - ours);
    Matcher app = APP.matcher(told);
    if (app.find()) {
      left = Math.min(left, Long.parseLong(app.group(2)) - Long.parseLong(app.group(1)));
    }
    budget.learnDaily(share, Math.max(0, left));
  }

  private long count() {
    lock.lock();
    try {
      long now = TimeUnit.NANOSECONDS.toHours(clock.nanos());
      for (long passed = Math.max(hour + 1, now - HOURS + 1); passed <= now; passed++) {
        calls[Math.floorMod(passed, HOURS)] = 0;
      }
      hour = Math.max(hour, now);
      calls[Math.floorMod(hour, HOURS)]++;
      long sum = 0;
      for (long each : calls) {
        sum += each;
      }
      return sum;
    } finally {
      lock.unlock();
    }
  }
}
