package io.leadgauge.crm.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.RateBudget.Lane;
import io.leadgauge.crm.ReadAnswer;
import io.leadgauge.crm.rest.Json;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.SourceRank;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One read of records of a type with the history of their properties, and of their associations.
 * Used once, by one thread.
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
  private final ApiPaths paths;
  private final ConnectionId connection;
  private final String type;
  private final Set<String> properties = new TreeSet<>();
  private final Set<String> associated = new TreeSet<>();
  private final Set<String> watched;
  private final List<Fact> facts = new ArrayList<>();
  private final Map<String, String> refused = new TreeMap<>();

  /** The records of which not all was learned yet, by id. */
  private final Map<String, RecordRef> open = new LinkedHashMap<>();

  /** The ids of those that are there. */
  private final Set<String> there = new LinkedHashSet<>();

  private @Nullable CallTrouble trouble;

  BatchRead(
      HubSpotCalls calls,
      ApiPaths paths,
      ConnectionId connection,
      String type,
      Set<String> properties) {
    this(calls, paths, connection, type, properties, Set.of());
  }

  /**
   * Begins a read.
   *
   * @param watched the properties of which it matters who set them last
   */
  BatchRead(
      HubSpotCalls calls,
      ApiPaths paths,
      ConnectionId connection,
      String type,
      Set<String> properties,
      Set<String> watched) {
    this.watched = watched;
    this.calls = calls;
    this.paths = paths;
    this.connection = connection;
    this.type = type;
    for (String name : properties) {
      if (name.startsWith(Fact.Assigned.ASSOCIATED)) {
        associated.add(name.substring(Fact.Assigned.ASSOCIATED.length()));
      } else {
        this.properties.add(name);
      }
    }
  }

  /** Reads these contacts, in as many calls as it takes; the first that fails ends the read. */
  ReadAnswer read(List<String> ids) {
    for (String id : ids) {
      open.put(id, record(id));
    }
    boolean going = true;
    for (int from = 0; going && from < ids.size(); from += MOST_WITH_HISTORY) {
      going = call(ids.subList(from, Math.min(ids.size(), from + MOST_WITH_HISTORY)));
    }
    CallTrouble failed = open.isEmpty() ? null : why();
    if (failed == null) {
      failed = readAssociations(List.copyOf(there));
    }
    if (failed != null && !associated.isEmpty()) {
      there.forEach(id -> open.put(id, record(id)));
    }
    return new ReadAnswer(facts, Set.copyOf(open.values()), refused, failed);
  }

  private RecordRef record(String id) {
    return new RecordRef(connection, type, id);
  }

  /** An association that the app has no right to see is refused alone: the rest was told. */
  private @Nullable CallTrouble readAssociations(List<String> ids) {
    for (String to : ids.isEmpty() ? Set.<String>of() : associated) {
      AssociationRead read = new AssociationRead(calls, paths, connection, type, to);
      facts.addAll(read.read(ids));
      switch (read.trouble()) {
        case null -> {}
        case CallTrouble.Refused no -> refused.put(Fact.Assigned.ASSOCIATED + to, no.reason());
        case CallTrouble.Wait wait -> {
          return wait;
        }
        case CallTrouble.Unknown unknown -> {
          return unknown;
        }
      }
    }
    return null;
  }

  /** Where something was answered, a contact that was passed over is passed over for itself. */
  private @Nullable CallTrouble why() {
    return trouble == null && facts.isEmpty() && refused.isEmpty()
        ? new CallTrouble.Unknown("HubSpot's answer says nothing of any contact")
        : trouble;
  }

  private boolean call(List<String> ids) {
    return switch (calls.post(Lane.RECORDS, paths.batchRead(type), request(ids))) {
      case Reply.Answered answered -> {
        take(answered.body());
        yield true;
      }
      case Reply.Invalid invalid -> {
        String reason = "HubSpot refuses a read: " + invalid.error().words();
        fail(new CallTrouble.Refused(reason), true);
        yield false;
      }
      case Reply.Failed failed -> {
        fail(
            failed.trouble(),
            failed.trouble() instanceof CallTrouble.Refused no && no.ofThisKind());
        yield false;
      }
    };
  }

  /** Without the right to see companies, or with a wrong name of theirs, contacts can be read. */
  private void fail(CallTrouble met, boolean alone) {
    if (alone && !type.equals(RecordRef.CONTACT)) {
      refused.put(type, met.reason());
    } else {
      trouble = met;
    }
  }

  private ObjectNode request(List<String> ids) {
    ObjectNode request = Json.object();
    ArrayNode inputs = request.putArray("inputs");
    ids.forEach(id -> inputs.addObject().put("id", id));
    ArrayNode values = request.putArray("properties");
    properties.forEach(values::add);
    values.add(AnsweredRecord.ABSORBED);
    ArrayNode histories = request.putArray("propertiesWithHistory");
    properties.forEach(histories::add);
    return request;
  }

  private void take(JsonNode body) {
    for (JsonNode result : Json.items(body, "results")) {
      String id = Json.text(result, "id");
      if (id != null && !id.isEmpty()) {
        takeRecord(result, record(id));
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

  private void takeRecord(JsonNode result, RecordRef ref) {
    AnsweredRecord answered = AnsweredRecord.of(result, ref);
    if (answered != null) {
      facts.addAll(answered.read(properties, watched));
      if (answered.isThere()) {
        there.add(ref.id());
      }
      open.remove(ref.id());
    }
  }

  private void takeMissing(List<String> ids, @Nullable Long at) {
    for (String id : ids) {
      if (at != null && open.containsKey(id)) {
        facts.add(Fact.Assigned.presence(record(id), at, SourceRank.READ, false));
        open.remove(id);
      }
    }
  }
}
