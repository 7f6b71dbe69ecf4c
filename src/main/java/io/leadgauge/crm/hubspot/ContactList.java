package io.leadgauge.crm.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.CountAnswer;
import io.leadgauge.crm.ListedPage;
import io.leadgauge.crm.RateBudget.Lane;
import io.leadgauge.crm.rest.Json;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordRef;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The list of all contacts, and how many there are. The list has no end after 10,000, as a search
 * has; its pages follow the order of the ids.
 *
 * @see <a
 *     href="https://developers.hubspot.com/docs/api-reference/legacy/crm/objects/contacts/guide">
 *     HubSpot: contacts, 30 March 2026</a>
 */
final class ContactList {
  /** The most contacts of one page. */
  static final int PAGE = 100;

  private static final Pattern CURSOR = Pattern.compile("[0-9A-Za-z_=.-]{1,200}");

  private ContactList() {}

  /** Returns the page that begins where the one before said; the first one for empty text. */
  static ListedPage page(
      HubSpotCalls calls, ApiPaths paths, ConnectionId connection, String after) {
    return switch (calls.get(Lane.RECORDS, paths.list(PAGE, after))) {
      case Reply.Answered answered -> page(answered.body(), connection, after);
      case Reply.Invalid invalid ->
          trouble(
              new CallTrouble.Refused(
                  "HubSpot refuses to list contacts: " + invalid.error().words()));
      case Reply.Failed failed -> trouble(failed.trouble());
    };
  }

  private static ListedPage page(JsonNode body, ConnectionId connection, String after) {
    List<RecordRef> contacts = new ArrayList<>();
    for (JsonNode result : Json.items(body, "results")) {
      String id = Json.text(result, "id");
      if (id != null && !id.isEmpty()) {
        contacts.add(RecordRef.contact(connection, id));
      }
    }
    String next = Json.text(body.path("paging").path("next"), "after");
    if (next != null && (next.equals(after) || !CURSOR.matcher(next).matches())) {
      return trouble(new CallTrouble.Unknown("HubSpot's list of contacts does not go on"));
    }
    return new ListedPage(contacts, next, null);
  }

  private static ListedPage trouble(@Nullable CallTrouble trouble) {
    return new ListedPage(List.of(), null, trouble);
  }

  /** Asks how many contacts there are: the total of a search for all of them. */
  static CountAnswer count(HubSpotCalls calls, ApiPaths paths) {
    ObjectNode request = Json.object();
    request.putArray("filterGroups");
    request.put("limit", 1);
    return switch (calls.post(Lane.SEARCH, paths.search(RecordRef.CONTACT), request)) {
      case Reply.Answered answered ->
          new CountAnswer(Math.max(0, answered.body().path("total").asLong()), null);
      case Reply.Invalid invalid ->
          new CountAnswer(
              0, new CallTrouble.Refused("HubSpot refuses a search: " + invalid.error().words()));
      case Reply.Failed failed -> new CountAnswer(0, failed.trouble());
    };
  }
}
