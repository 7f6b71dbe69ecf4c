package io.leadgauge.crm.hubspot;

import io.leadgauge.crm.RateBudget.Lane;
import io.leadgauge.crm.rest.Json;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The time zone of an account, in which its day of calls begins and ends.
 *
 * @see <a href="https://developers.hubspot.com/docs/api-reference/account-account-info-v3/guide">
 *     HubSpot: account information, 30 March 2026</a>
 */
final class AccountZone {
  private AccountZone() {}

  /** Asks for the zone; empty where the account does not tell, or names one that nobody knows. */
  static Optional<ZoneId> read(HubSpotCalls calls, String address) {
    return switch (calls.get(Lane.RECORDS, address)) {
      case Reply.Answered answered -> zone(Json.text(answered.body(), "timeZone"));
      case Reply.Invalid invalid -> Optional.empty();
      case Reply.Failed failed -> Optional.empty();
    };
  }

  private static Optional<ZoneId> zone(@Nullable String name) {
    try {
      return name == null ? Optional.empty() : Optional.of(ZoneId.of(name));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
