package io.leadgauge.crm.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.ChangedPage;
import io.leadgauge.crm.ChangedPage.ChangedContact;
import io.leadgauge.crm.RateBudget.Lane;
import io.leadgauge.crm.rest.Json;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A search for contacts that changed.
 *
 * <p>A search gives at most 10,000 contacts, however it is paged, and a bulk import changes more at
 * one instant. So pages are not walked by HubSpot's cursor: every page is a new search for ids
 * beyond the last one.
 */
final class ChangedSearch {
  /** The most contacts of one page. */
  static final int PAGE = 200;

  /** The longest body that a search takes, in characters. */
  static final int LONGEST_BODY = 3_000;

  private static final String ID = "hs_object_id";

  /** Contacts alone call it so; other objects have {@code hs_lastmodifieddate}. */
  private static final String MODIFIED = "lastmodifieddate";

  private final HubSpotCalls calls;
  private final String address;
  private final ConnectionId connection;

  ChangedSearch(HubSpotCalls calls, String address, ConnectionId connection) {
    this.calls = calls;
    this.address = address;
    this.connection = connection;
  }

  /**
   * Returns the page that follows an id; the first one for an empty id. A body takes so many
   * characters; where the properties do not fit into one, several searches ask for some each. A
   * contact that only the first of them finds has no values of the others.
   */
  ChangedPage page(long fromInclusive, long toExclusive, String afterId, Set<String> properties) {
    Map<String, ChangedContact> found = new LinkedHashMap<>();
    boolean last = true;
    for (Set<String> some : parts(fromInclusive, toExclusive, afterId, properties)) {
      ChangedPage part = part(fromInclusive, toExclusive, afterId, some);
      if (part.trouble() != null) {
        return part;
      }
      boolean first = found.isEmpty();
      for (ChangedContact contact : part.contacts()) {
        if (first) {
          found.put(contact.record().id(), contact);
        } else {
          found.computeIfPresent(contact.record().id(), (id, known) -> known.and(contact));
        }
      }
      last = first ? part.last() : last;
      if (found.isEmpty()) {
        break;
      }
    }
    return new ChangedPage(List.copyOf(found.values()), last, null);
  }

  /** Divides properties so that each search fits; there is at least one, perhaps for none. */
  private static List<Set<String>> parts(
      long fromInclusive, long toExclusive, String afterId, Set<String> properties) {
    List<Set<String>> parts = new ArrayList<>();
    Set<String> part = new TreeSet<>();
    int empty = request(fromInclusive, toExclusive, afterId, Set.of()).toString().length();
    int length = empty;
    for (String property : new TreeSet<>(properties)) {
      int more = Json.object().textNode(property).toString().length() + 1;
      if (length + more > LONGEST_BODY && !part.isEmpty()) {
        parts.add(part);
        part = new TreeSet<>();
        length = empty;
      }
      part.add(property);
      length += more;
    }
    parts.add(part);
    return parts;
  }

  private ChangedPage part(
      long fromInclusive, long toExclusive, String afterId, Set<String> properties) {
    ObjectNode request = request(fromInclusive, toExclusive, afterId, properties);
    return switch (calls.post(Lane.SEARCH, address, request)) {
      case Reply.Answered answered -> page(answered.body(), afterId, properties);
      case Reply.Invalid invalid ->
          trouble(new CallTrouble.Refused("HubSpot refuses a search: " + invalid.error().words()));
      case Reply.Failed failed -> trouble(failed.trouble());
    };
  }

  private static ObjectNode request(
      long fromInclusive, long toExclusive, String afterId, Set<String> properties) {
    ObjectNode request = Json.object();
    ArrayNode filters = request.putArray("filterGroups").addObject().putArray("filters");
    filter(filters, MODIFIED, "GTE", Long.toString(fromInclusive));
    filter(filters, MODIFIED, "LT", Long.toString(toExclusive));
    if (!afterId.isEmpty()) {
      filter(filters, ID, "GT", afterId);
    }
    request.putArray("sorts").add(ID);
    ArrayNode names = request.putArray("properties");
    new TreeSet<>(properties).forEach(names::add);
    return request.put("limit", PAGE);
  }

  private static void filter(ArrayNode filters, String property, String operator, String value) {
    filters.addObject().put("propertyName", property).put("operator", operator).put("value", value);
  }

  private ChangedPage page(JsonNode body, String afterId, Set<String> properties) {
    List<ChangedContact> contacts = new ArrayList<>();
    String last = afterId;
    for (JsonNode result : Json.items(body, "results")) {
      String id = Json.text(result, "id");
      if (id == null || compareIds(id, last) <= 0) {
        // Going on after the last id would leave out contacts, or never end.
        return trouble(
            new CallTrouble.Unknown("HubSpot's search does not answer in the order of the ids"));
      }
      contacts.add(
          new ChangedContact(RecordRef.contact(connection, id), values(result, properties)));
      last = id;
    }
    return new ChangedPage(contacts, contacts.size() < PAGE, null);
  }

  /** Compares ids as the whole numbers they are; an empty one comes first. */
  private static int compareIds(String left, String right) {
    int byLength = Integer.compare(left.length(), right.length());
    return byLength != 0 ? byLength : left.compareTo(right);
  }

  private static Map<String, String> values(JsonNode result, Set<String> properties) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String property : properties) {
      String value = Json.text(result.path("properties"), property);
      values.put(property, value == null ? "" : value);
    }
    return values;
  }

  private static ChangedPage trouble(CallTrouble trouble) {
    return new ChangedPage(List.of(), false, trouble);
  }
}
