package io.leadgauge.sandbox;

import io.vertx.core.MultiMap;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Counts the calls to one account against the {@link Limits}. A call that is refused does not
 * count. An installed OAuth app has a limit of its own and does not count by the day (usage
 * guidelines, copy of January 2025).
 */
final class RateMeter {
  private static final long TEN_SECONDS = 10_000;
  private static final long SECOND = 1_000;
  private static final int OAUTH_TEN_SECONDLY = 110;

  private final Limits limits;
  private final ZoneId zone;
  private final Map<Long, ArrayDeque<Long>> calls = new HashMap<>();
  private final Map<Long, ArrayDeque<Long>> searches = new HashMap<>();
  private long day = Long.MIN_VALUE;
  private int today;

  /** The limits, by the names that 429 answers give them. */
  enum Policy {
    TEN_SECONDLY_ROLLING,
    DAILY,
    SECONDLY;

    /** The name inside the sentence of the answer. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  RateMeter(Limits limits, ZoneId zone) {
    this.limits = limits;
    this.zone = zone;
  }

  /** Counts a call, or says which limit stands against it. */
  Optional<Policy> call(Grant grant, long now) {
    if (!grant.oauth() && limits.daily() > 0 && today(now) >= limits.daily()) {
      return Optional.of(Policy.DAILY);
    }
    if (!counted(calls, grant.appId(), now, TEN_SECONDS, tenSecondly(grant))) {
      return Optional.of(Policy.TEN_SECONDLY_ROLLING);
    }
    today += grant.oauth() ? 0 : 1;
    return Optional.empty();
  }

  /** Counts a search, or says which limit stands against it. */
  Optional<Policy> search(Grant grant, long now) {
    return counted(searches, grant.appId(), now, SECOND, limits.searchSecondly())
        ? Optional.empty()
        : Optional.of(Policy.SECONDLY);
  }

  /** Adds the headers that tell a client where it stands; answers to searches have none. */
  void describe(MultiMap headers, Grant grant, long now) {
    if (!grant.oauth() && limits.daily() > 0) {
      headers.set("X-HubSpot-RateLimit-Daily", Integer.toString(limits.daily()));
      int left = Math.max(0, limits.daily() - today(now));
      headers.set("X-HubSpot-RateLimit-Daily-Remaining", Integer.toString(left));
    }
    if (limits.tenSecondly() > 0) {
      headers.set("X-HubSpot-RateLimit-Interval-Milliseconds", Long.toString(TEN_SECONDS));
      int most = tenSecondly(grant);
      headers.set("X-HubSpot-RateLimit-Max", Integer.toString(most));
      int left = Math.max(0, most - window(calls, grant.appId(), now, TEN_SECONDS).size());
      headers.set("X-HubSpot-RateLimit-Remaining", Integer.toString(left));
    }
  }

  private int tenSecondly(Grant grant) {
    return grant.oauth() && limits.tenSecondly() > 0 ? OAUTH_TEN_SECONDLY : limits.tenSecondly();
  }

  private int today(long now) {
    long current = Instant.ofEpochMilli(now).atZone(zone).toLocalDate().toEpochDay();
    if (current != day) {
      day = current;
      today = 0;
    }
    return today;
  }

  private static boolean counted(
      Map<Long, ArrayDeque<Long>> windows, long appId, long now, long length, int limit) {
    if (limit == 0) {
      return true;
    }
    ArrayDeque<Long> window = window(windows, appId, now, length);
    return window.size() < limit && window.add(now);
  }

  private static ArrayDeque<Long> window(
      Map<Long, ArrayDeque<Long>> windows, long appId, long now, long length) {
    ArrayDeque<Long> window = windows.computeIfAbsent(appId, id -> new ArrayDeque<>());
    while (!window.isEmpty() && window.peekFirst() <= now - length) {
      window.removeFirst();
    }
    return window;
  }
}
