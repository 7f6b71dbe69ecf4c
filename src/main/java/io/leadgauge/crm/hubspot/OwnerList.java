package io.leadgauge.crm.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.OwnersAnswer;
import io.leadgauge.crm.RateBudget.Lane;
import io.leadgauge.crm.rest.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * The owners of a portal that are active. A record is assigned by an owner's {@code id}; the {@code
 * userId} that stands beside it is another number and is refused.
 *
 * @see <a href="https://developers.hubspot.com/docs/api-reference/crm-owners-v3/guide">HubSpot:
 *     owners, 30 March 2026</a>
 */
final class OwnerList {
  private static final int PAGE = 500;
  private static final int MOST_PAGES = 40;

  private OwnerList() {}

  static OwnersAnswer read(HubSpotCalls calls, String address) {
    Set<String> ids = new HashSet<>();
    String after = "";
    for (int page = 0; page < MOST_PAGES; page++) {
      String from =
          after.isEmpty() ? "" : "&after=" + URLEncoder.encode(after, StandardCharsets.UTF_8);
      switch (calls.get(Lane.RECORDS, address + "?limit=" + PAGE + "&archived=false" + from)) {
        case Reply.Answered answered -> after = take(answered.body(), ids);
        case Reply.Invalid invalid -> {
          return failed(
              new CallTrouble.Refused(
                  "HubSpot refuses to list owners: " + invalid.error().words()));
        }
        case Reply.Failed failed -> {
          return failed(failed.trouble());
        }
      }
      if (after.isEmpty()) {
        return new OwnersAnswer(ids, null);
      }
    }
    return failed(new CallTrouble.Unknown("HubSpot lists owners without end"));
  }

  private static String take(JsonNode body, Set<String> ids) {
    for (JsonNode owner : Json.items(body, "results")) {
      String id = Json.text(owner, "id");
      if (id != null && !owner.path("archived").asBoolean()) {
        ids.add(id);
      }
    }
    String next = Json.text(body.path("paging").path("next"), "after");
    return next == null ? "" : next;
  }

  private static OwnersAnswer failed(CallTrouble trouble) {
    return new OwnersAnswer(Set.of(), trouble);
  }
}
