package io.leadgauge.crm.hubspot;

import io.leadgauge.crm.RateBudget.Lane;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait when HubSpot says so, and which calls wait.
 *
 * @see <a href="https://developers.hubspot.com/docs/api-reference/error-handling">HubSpot: error
 *     handling, 30 March 2026</a>
 */
enum Patience {
  /** 423: the records are locked; "at least two seconds". */
  LOCKED(seconds(2), seconds(2), seconds(60), Waits.ONE_CALL),
  /** 429 of a search: so many a second. */
  SECONDLY(seconds(1), seconds(1), seconds(10), Waits.LANE),
  /**
   * 429 of any other call: so many in ten seconds. HubSpot's own client waits ten seconds; an
   * answer that says itself that there is room is only waited for a moment.
   */
  TEN_SECONDLY(seconds(1), seconds(10), seconds(60), Waits.LANE),
  /** 429: so many a day, until midnight in the portal's own time zone. */
  DAILY(seconds(60), Duration.ofMinutes(15), Duration.ofHours(24), Waits.PORTAL),
  /** 477: the portal moves to another data centre. */
  MOVING(seconds(1), Duration.ofHours(1), Duration.ofHours(24), Waits.PORTAL),
  /** 5xx, and no connection at all. */
  OUTAGE(seconds(1), seconds(5), Duration.ofMinutes(15), Waits.ONE_CALL),
  /** 522, 525, 526: faults between HubSpot and its network that last until people act. */
  LONG_OUTAGE(seconds(1), seconds(60), Duration.ofMinutes(15), Waits.ONE_CALL);

  /** Who waits. */
  enum Waits {
    ONE_CALL,
    LANE,
    PORTAL
  }

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

  private final Duration least;
  private final Duration usual;
  private final Duration most;
  private final Waits waits;

  Patience(Duration least, Duration usual, Duration most, Waits waits) {
    this.least = least;
    this.usual = usual;
    this.most = most;
    this.waits = waits;
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  Waits waits() {
    return waits;
  }

  /** Returns the shortest time to wait. */
  Duration least() {
    return least;
  }

  /**
   * Returns how long to wait.
   *
   * @param retryAfter the header of that name, in seconds; a number too great to be true is read as
   *     milliseconds, as parts of HubSpot send it, and bounded if that does not help
   */
  Duration pause(@Nullable String retryAfter) {
    if (retryAfter == null || !SECONDS.matcher(retryAfter.strip()).matches()) {
      return usual;
    }
    long told = Long.parseLong(retryAfter.strip());
    Duration pause = seconds(told);
    if (pause.compareTo(most) > 0) {
      pause = Duration.ofMillis(told);
    }
    if (pause.compareTo(least) < 0) {
      return least;
    }
    return pause.compareTo(most) > 0 ? most : pause;
  }

  /** Returns which limit a 429 means: by its policy, else by its message, else by the lane. */
  static Patience ofLimit(HubSpotError error, Lane lane) {
    String told = (error.policy() + " " + error.message()).toUpperCase(Locale.ROOT);
    if (told.contains("DAILY")) {
      return DAILY;
    }
    if (told.contains("TEN_SECONDLY")) {
      return TEN_SECONDLY;
    }
    boolean secondly = told.contains("SECONDLY");
    return secondly || lane == Lane.SEARCH ? SECONDLY : TEN_SECONDLY;
  }
}
