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
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A search for records of a type that changed: contacts, or what they are linked to.
 *
 * <p>A search gives at most 10,000 records, however it is paged, and a bulk import changes more at
 * one instant. So pages are not walked by HubSpot's cursor: every page is a new search for ids
 * beyond the last one.
 */
final class ChangedSearch {
  /** The most contacts of one page. */
  static final int PAGE = 200;

  /** The longest body that a search takes, in characters. */
  static final int LONGEST_BODY = 3_000;

  /** The most pages of what contacts are linked to. */
  static final int MOST_PAGES = 100;

  private static final Logger LOG = System.getLogger(ChangedSearch.class.getName());
  private static final String ID = "hs_object_id";

  private final HubSpotCalls calls;
  private final String address;
  private final ConnectionId connection;
  private final String type;

  /** Contacts alone call it {@code lastmodifieddate}. */
  private final String modified;

  ChangedSearch(HubSpotCalls calls, ApiPaths paths, ConnectionId connection, String type) {
    this.calls = calls;
    this.address = paths.search(type);
    this.connection = connection;
    this.type = type;
    this.modified = type.equals(RecordRef.CONTACT) ? "lastmodifieddate" : "hs_lastmodifieddate";
  }

  /**
   * Returns all records, as one page. None of a type that HubSpot refuses to search for: it refuses
   * to read it as well, and health tells so.
   */
  ChangedPage all(long fromInclusive, long toExclusive, Set<String> properties) {
    List<ChangedContact> all = new ArrayList<>();
    String after = "";
    for (int i = 0; i < MOST_PAGES; i++) {
      ChangedPage page = page(fromInclusive, toExclusive, after, properties);
      if (page.trouble() instanceof CallTrouble.Refused) {
        return new ChangedPage(all, true, null);
      }
      if (page.trouble() != null) {
        return page;
      }
      all.addAll(page.contacts());
      if (page.last()) {
        return new ChangedPage(all, true, null);
      }
      after = page.contacts().getLast().record().id();
    }
    LOG.log(
        Level.WARNING,
        "{0}: more than {1} records of type {2} changed within one look; the rest are as they were"
            + " until their next event",
        connection,
        PAGE * MOST_PAGES,
        type);
    return new ChangedPage(all, true, null);
  }

  /**
   * Returns the page that follows an id; the first one for an empty id. A body takes so many
   * characters; where the properties do not fit into one, several searches ask for some each. A
   * contact that only the first of them finds has no values of the others.
   */
  ChangedPage page(long fromInclusive, long toExclusive, String afterId, Set<String> properties) {
    Map<String, ChangedContact> found = new LinkedHashMap<>();
    boolean last = true;
    long left = 0;
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
      left = first ? part.left() : left;
      if (found.isEmpty()) {
        break;
      }
    }
    return new ChangedPage(List.copyOf(found.values()), last, left, null);
  }

  /** Divides properties so that each search fits; there is at least one, perhaps for none. */
  private List<Set<String>> parts(
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

  private ObjectNode request(
      long fromInclusive, long toExclusive, String afterId, Set<String> properties) {
    ObjectNode request = Json.object();
    ArrayNode filters = request.putArray("filterGroups").addObject().putArray("filters");
    filter(filters, modified, "GTE", Long.toString(fromInclusive));
    filter(filters, modified, "LT", Long.toString(toExclusive));
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
          new ChangedContact(new RecordRef(connection, type, id), values(result, properties)));
      last = id;
    }
    return new ChangedPage(contacts, contacts.size() < PAGE, body.path("total").asLong(), null);
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
