package io.leadgauge.crm.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.RateBudget.Lane;
import io.leadgauge.crm.rest.Json;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Fact;
import io.leadgauge.model.LinkKind;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One read of the associations of records with all records of another type. Used once, by one
 * thread.
 *
 * <p>HubSpot passes over a record without any, or names it in an error; both mean none. Its links
 * are stamped with the instant at which HubSpot began to answer, for they have none of their own.
 *
 * @see <a href="https://developers.hubspot.com/docs/api-reference/crm-associations">HubSpot: read
 *     associations, 30 March 2026: at most 1,000 records in a call</a>
 */
final class AssociationRead {
  private static final String NO_ASSOCIATIONS = "NO_ASSOCIATIONS_FOUND";

  /** The type of the association of a contact with the company that it works at first of all. */
  private static final int PRIMARY_COMPANY = 1;

  private final HubSpotCalls calls;
  private final String address;
  private final ConnectionId connection;
  private final String from;
  private final String to;
  private final List<Fact> facts = new ArrayList<>();

  /** Where the next page of a record begins that has more than one; empty for the first. */
  private final Map<String, String> open = new LinkedHashMap<>();

  private final Map<String, Integer> seen = new HashMap<>();
  private @Nullable CallTrouble trouble;

  AssociationRead(
      HubSpotCalls calls, ApiPaths paths, ConnectionId connection, String from, String to) {
    this.calls = calls;
    this.address = paths.associations(from, to);
    this.connection = connection;
    this.from = from;
    this.to = to;
  }

  /**
   * Reads the associations of these records, page by page.
   *
   * @return what it told; nothing of a record of which not all pages came
   */
  List<Fact> read(List<String> ids) {
    ids.forEach(id -> open.put(id, ""));
    while (!open.isEmpty() && trouble == null) {
      call();
    }
    return facts;
  }

  /** Returns what kept the read from being whole; null if nothing did. */
  @Nullable CallTrouble trouble() {
    return trouble;
  }

  private void call() {
    switch (calls.post(Lane.ASSOCIATIONS, address, request())) {
      case Reply.Answered answered -> take(answered.body());
      case Reply.Invalid invalid ->
          trouble =
              new CallTrouble.Refused(
                  "HubSpot refuses to read associations: " + invalid.error().words());
      case Reply.Failed failed -> trouble = failed.trouble();
    }
  }

  private ObjectNode request() {
    ObjectNode request = Json.object();
    ArrayNode inputs = request.putArray("inputs");
    open.forEach(
        (id, after) -> {
          ObjectNode input = inputs.addObject().put("id", id);
          if (!after.isEmpty()) {
            input.put("after", after);
          }
        });
    return request;
  }

  private void take(JsonNode body) {
    Long at = BatchTimes.startedAt(body);
    if (at == null) {
      trouble = new CallTrouble.Unknown("HubSpot does not say when associations were read");
      return;
    }
    Set<String> unread = unread(body);
    if (trouble != null) {
      return;
    }
    Map<String, String> more = new HashMap<>();
    for (JsonNode result : Json.items(body, "results")) {
      String id = Json.text(result.path("from"), "id");
      if (id != null && open.containsKey(id)) {
        takeRecord(result, id, at);
        String after = Json.text(result.path("paging").path("next"), "after");
        if (after != null && seen.getOrDefault(id, 0) < RecordFacts.MOST_LINKS) {
          more.put(id, after);
        }
      }
    }
    for (String id : open.keySet()) {
      if (!more.containsKey(id) && !unread.contains(id)) {
        facts.add(Fact.Assigned.associated(new RecordRef(connection, from, id), to, since(id, at)));
      }
    }
    open.clear();
    open.putAll(more);
  }

  /** The links of the first page must not be older than the reading that confirms them. */
  private final Map<String, Long> begun = new HashMap<>();

  private long since(String id, long at) {
    return begun.getOrDefault(id, at);
  }

  private Set<String> unread(JsonNode body) {
    Set<String> unread = new HashSet<>();
    for (JsonNode node : Json.items(body, "errors")) {
      HubSpotError error = HubSpotError.of(node);
      String subCategory = Json.text(node, "subCategory");
      boolean none = subCategory != null && subCategory.endsWith(NO_ASSOCIATIONS);
      if (!none && !error.category().equals(HubSpotError.OBJECT_NOT_FOUND)) {
        trouble =
            new CallTrouble.Unknown("HubSpot could not read all associations: " + error.words());
        unread.addAll(error.ids());
      }
    }
    return unread;
  }

  private void takeRecord(JsonNode result, String id, long at) {
    begun.putIfAbsent(id, at);
    RecordRef record = new RecordRef(connection, from, id);
    for (JsonNode associated : Json.items(result, "to")) {
      String other = Json.text(associated, "toObjectId");
      if (other != null && !other.isEmpty()) {
        seen.merge(id, 1, Integer::sum);
        takeLink(record, new RecordRef(connection, to, other), associated, at);
      }
    }
  }

  private void takeLink(RecordRef record, RecordRef other, JsonNode associated, long at) {
    Stamp held = new Stamp(at, SourceRank.READ, Boolean.toString(true));
    if (other.isContact() && !record.isContact()) {
      facts.add(new Fact.Linked(other, LinkKind.ASSOCIATED_WITH, record, held));
      return;
    }
    facts.add(new Fact.Linked(record, LinkKind.ASSOCIATED_WITH, other, held));
    if (isPrimary(associated)) {
      facts.add(new Fact.Linked(record, LinkKind.WORKS_AT, other, held));
    }
  }

  private boolean isPrimary(JsonNode associated) {
    if (!from.equals(RecordRef.CONTACT) || !to.equals(RecordRef.COMPANY)) {
      return false;
    }
    for (JsonNode type : Json.items(associated, "associationTypes")) {
      if ("HUBSPOT_DEFINED".equals(Json.text(type, "category"))
          && type.path("typeId").asInt() == PRIMARY_COMPANY) {
        return true;
      }
    }
    return false;
  }
}
