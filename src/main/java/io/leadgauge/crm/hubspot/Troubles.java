package io.leadgauge.crm.hubspot;

import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.RateBudget;
import io.leadgauge.crm.RateBudget.Lane;
import io.leadgauge.crm.rest.PlainText;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a status that is no success, or no answer at all, means for the caller. */
final class Troubles {
  private Troubles() {}

  /**
   * Returns what a status means; a limit closes its lane of the budget as well.
   *
   * @see <a href="https://developers.hubspot.com/docs/api-reference/error-handling">HubSpot: error
   *     handling, 30 March 2026</a>
   */
  static CallTrouble ofStatus(
      int status, MultiMap headers, HubSpotError error, Lane lane, RateBudget budget) {
    Patience patience = patience(status, error, lane);
    if (patience == null) {
      return new CallTrouble.Refused(refusal(status, headers, error), status == 403);
    }
    String reason = "HubSpot answered " + status + ": " + error.words();
    Duration pause = pause(patience, headers, budget);
    // Associations have a day of their own; if it was everybody's, the next call will be told so.
    boolean ownDay = patience == Patience.DAILY && lane == Lane.ASSOCIATIONS;
    switch (ownDay ? Patience.Waits.LANE : patience.waits()) {
      case ONE_CALL -> {}
      case LANE -> budget.close(lane, pause, reason);
      case PORTAL -> budget.closeAll(pause, reason);
    }
    return new CallTrouble.Wait(pause, reason);
  }

  private static Duration pause(Patience patience, MultiMap headers, RateBudget budget) {
    String retryAfter = headers.get("Retry-After");
    if (retryAfter == null && patience == Patience.DAILY) {
      return budget.untilDayEnds();
    }
    Integer room = RateHeaders.remaining(headers);
    boolean isOver = patience == Patience.TEN_SECONDLY && room != null && room > 0;
    return retryAfter == null && isOver ? patience.least() : patience.pause(retryAfter);
  }

  /** Returns how patient a status wants us to be; null for one that waiting does not help. */
  private static @Nullable Patience patience(int status, HubSpotError error, Lane lane) {
    return switch (status) {
      case 423 -> Patience.LOCKED;
      case 429 -> Patience.ofLimit(error, lane);
      case 477 -> Patience.MOVING;
      case 408 -> Patience.OUTAGE;
      case 522, 525, 526 -> Patience.LONG_OUTAGE;
      default -> status >= 500 ? Patience.OUTAGE : null;
    };
  }

  private static String refusal(int status, MultiMap headers, HubSpotError error) {
    if (status == 401) {
      return "HubSpot does not accept the access token (401): "
          + error.words()
          + "; check that it is complete, not expired, and of this portal";
    }
    if (status == 403) {
      String scopes = String.join(", ", new TreeSet<>(error.scopes()));
      return "HubSpot refuses the call (403): "
          + error.words()
          + (scopes.isEmpty() ? "" : "; give the app the scope " + PlainText.shown(scopes));
    }
    if (status >= 300 && status < 400) {
      String location = headers.contains("Location") ? headers.get("Location") : "elsewhere";
      return "HubSpot redirects ("
          + status
          + ") to "
          + PlainText.shown(location)
          + "; redirects are not followed, so check the API's base address";
    }
    return "HubSpot answered " + status + ": " + error.words();
  }
}
