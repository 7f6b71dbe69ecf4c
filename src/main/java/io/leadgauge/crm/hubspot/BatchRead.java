package io.leadgauge.crm.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.RateBudget.Lane;
import io.leadgauge.crm.ReadAnswer;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.SourceRank;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One read of contacts with the history of their properties. Used once, by one thread.
 *
 * <p>A contact that has been absorbed by a merge is not found under its old id, or comes back under
 * another one; what was asked for and neither came back nor was declared missing is unanswered.
 */
final class BatchRead {
  /**
   * The most contacts in one call that asks for histories. HubSpot takes 100 without; with them it
   * refuses the batch: "The maximum number of inputs supported in a batch request for property
   * histories is 50" (seen October 2023 to September 2025).
   */
  static final int MOST_WITH_HISTORY = 50;

  private final HubSpotCalls calls;
  private final String address;
  private final ConnectionId connection;
  private final Set<String> properties;
  private final Set<String> watched;
  private final List<Fact> facts = new ArrayList<>();

  /** The contacts that nothing was learned of yet, by id. */
  private final Map<String, RecordRef> open = new LinkedHashMap<>();

  private @Nullable CallTrouble trouble;

  BatchRead(HubSpotCalls calls, String address, ConnectionId connection, Set<String> properties) {
    this(calls, address, connection, properties, Set.of());
  }

  /**
   * Begins a read.
   *
   * @param watched the properties of which it matters who set them last
   */
  BatchRead(
      HubSpotCalls calls,
      String address,
      ConnectionId connection,
      Set<String> properties,
      Set<String> watched) {
    this.watched = watched;
    this.calls = calls;
    this.address = address;
    this.connection = connection;
    this.properties = new TreeSet<>(properties);
  }

  /** Reads these contacts, in as many calls as it takes; the first that fails ends the read. */
  ReadAnswer read(List<String> ids) {
    for (String id : ids) {
      open.put(id, RecordRef.contact(connection, id));
    }
    boolean going = true;
    for (int from = 0; going && from < ids.size(); from += MOST_WITH_HISTORY) {
      going = call(ids.subList(from, Math.min(ids.size(), from + MOST_WITH_HISTORY)));
    }
    return new ReadAnswer(facts, Set.copyOf(open.values()), open.isEmpty() ? null : why());
  }

  /** Where something was answered, a contact that was passed over is passed over for itself. */
  private @Nullable CallTrouble why() {
    return trouble == null && facts.isEmpty()
        ? new CallTrouble.Unknown("HubSpot's answer says nothing of any contact")
        : trouble;
  }

  private boolean call(List<String> ids) {
    return switch (calls.post(Lane.RECORDS, address, request(ids))) {
      case Reply.Answered answered -> {
        take(answered.body());
        yield true;
      }
      case Reply.Invalid invalid -> {
        trouble = new CallTrouble.Refused("HubSpot refuses a read: " + invalid.error().words());
        yield false;
      }
      case Reply.Failed failed -> {
        trouble = failed.trouble();
        yield false;
      }
    };
  }

  private ObjectNode request(List<String> ids) {
    ObjectNode request = Json.object();
    ArrayNode inputs = request.putArray("inputs");
    ids.forEach(id -> inputs.addObject().put("id", id));
    ArrayNode values = request.putArray("properties");
    properties.forEach(values::add);
    ArrayNode histories = request.putArray("propertiesWithHistory");
    properties.forEach(histories::add);
    return request;
  }

  private void take(JsonNode body) {
    for (JsonNode result : Json.items(body, "results")) {
      String id = Json.text(result, "id");
      if (id != null && !id.isEmpty()) {
        takeContact(result, RecordRef.contact(connection, id));
      }
    }
    for (JsonNode node : Json.items(body, "errors")) {
      HubSpotError error = HubSpotError.of(node);
      if (error.category().equals(HubSpotError.OBJECT_NOT_FOUND)) {
        takeMissing(error.ids(), BatchTimes.completedAt(body));
      } else if (trouble == null && error.ids().isEmpty()) {
        trouble = new CallTrouble.Unknown("HubSpot could not read all: " + error.words());
      }
    }
  }

  private void takeContact(JsonNode result, RecordRef ref) {
    AnsweredContact contact = AnsweredContact.of(result, ref);
    if (contact != null) {
      facts.addAll(contact.read(properties, watched));
      open.remove(ref.id());
    }
  }

  private void takeMissing(List<String> ids, @Nullable Long at) {
    for (String id : ids) {
      if (at != null && open.containsKey(id)) {
        RecordRef gone = RecordRef.contact(connection, id);
        facts.add(Fact.Assigned.presence(gone, at, SourceRank.READ, false));
        open.remove(id);
      }
    }
  }
}
