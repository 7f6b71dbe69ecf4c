package io.leadgauge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.http.JsonRequest;
import io.leadgauge.http.JsonRoute;
import io.leadgauge.http.RefusedRequest;
import io.leadgauge.http.RefusedRequests;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Due;
import io.leadgauge.model.RefusedField;
import io.leadgauge.pipeline.BackfillProgress;
import io.leadgauge.pipeline.Configuration;
import io.leadgauge.pipeline.ConnectionHealth;
import io.leadgauge.pipeline.Pipeline;
import io.leadgauge.pipeline.Warning;
import io.leadgauge.store.DeliveryFilter;
import io.leadgauge.store.DueWork;
import io.leadgauge.store.JournalLine;
import io.leadgauge.store.StoreReader;
import io.leadgauge.store.StoreReader.Writes;
import io.leadgauge.store.WaitingNames.Extent;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How one connection does: what the store keeps of it, and what only the running process knows.
 * Thread-safe.
 */
final class ConnectionReport {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Pipeline pipeline;
  private final StoreReader reader;
  private final RefusedRequests refused;
  private final Clockwork clock;

  ConnectionReport(
      Pipeline pipeline, StoreReader reader, RefusedRequests refused, Clockwork clock) {
    this.pipeline = pipeline;
    this.reader = reader;
    this.refused = refused;
    this.clock = clock;
  }

  List<JsonRoute> routes() {
    return List.of(new JsonRoute("/api/connections/{connection}", Set.of(), this::report));
  }

  private Optional<JsonNode> report(JsonRequest request) {
    ConnectionId id = JsonRequest.connection(request.path("connection"));
    return pipeline.configuration(id).map(configuration -> running(id, configuration));
  }

  private ObjectNode running(ConnectionId id, Configuration configuration) {
    ObjectNode json = stored(reader, id, clock.now());
    pipeline
        .scopes()
        .find(id)
        .map(scope -> scope.connection().mode())
        .ifPresent(mode -> json.put("mode", mode.name().toLowerCase(Locale.ROOT)));
    json.set("configuration", ManifestRoutes.shown(configuration));
    json.set("restore", restore(id));
    json.set("backfill", heldBack(id));
    pipeline.health(id, clock.now()).ifPresent(health -> json.set("crm", crm(health)));
    json.set("lastRefused", lastRefused(id));
    ArrayNode warnings = json.putArray("warnings");
    for (Warning warning : pipeline.warnings(id)) {
      warnings
          .addObject()
          .put("kind", warning.kind().word())
          .put("subject", warning.subject())
          .put("finding", warning.finding())
          .put("cure", warning.cure());
    }
    return json;
  }

  /**
   * Returns how far catching up with a restore is; null where there is nothing to catch up with.
   */
  private JsonNode restore(ConnectionId id) {
    return pipeline
        .backfill(id)
        .filter(BackfillProgress::isCatchingUp)
        .<JsonNode>map(
            one -> NODES.objectNode().put("phase", one.phase()).put("detail", one.catchingUp()))
        .orElse(NODES.nullNode());
  }

  /** Returns why a backfill waits for an approval; null where none does. */
  private JsonNode heldBack(ConnectionId id) {
    return pipeline
        .backfill(id)
        .filter(one -> one.isPaused() && !one.isCatchingUp())
        .<JsonNode>map(
            one -> NODES.objectNode().put("phase", one.phase()).put("detail", one.heldBack()))
        .orElse(NODES.nullNode());
  }

  private static ObjectNode crm(ConnectionHealth health) {
    ObjectNode json = NODES.objectNode();
    json.put("answeredAt", instant(health.answeredAt()));
    json.put("pausedUntil", instant(health.pausedUntil()));
    return json.put("trouble", health.trouble());
  }

  /**
   * Returns the last refused request that somebody else sent than the doctor. One whose path names
   * no connection may have been meant for this one.
   */
  private JsonNode lastRefused(ConnectionId id) {
    return refused.list(null).stream()
        .filter(one -> id.equals(one.connection()) || isAstray(one))
        .filter(one -> !one.path().contains(PublicProbe.MARK))
        .findFirst()
        .<JsonNode>map(ConnectionReport::shown)
        .orElse(NODES.nullNode());
  }

  private static boolean isAstray(RefusedRequest one) {
    return one.connection() == null
        && one.method().equals("POST")
        && one.path().startsWith("/webhooks/");
  }

  private static ObjectNode shown(RefusedRequest one) {
    ObjectNode json = NODES.objectNode();
    json.put("id", one.id()).put("at", instant(one.at())).put("status", one.status());
    String to = one.connection() == null ? " (it came to " + one.path() + ")" : "";
    return json.put("reason", one.reason()).put("text", one.text() + to);
  }

  /** Returns what the store keeps, which can be looked at beside a running process or without. */
  static ObjectNode stored(StoreReader reader, ConnectionId id, long now) {
    ObjectNode json = NODES.objectNode();
    json.put("connection", id.name());
    json.put("contacts", reader.countContacts(id));
    json.put("waitingForFacts", reader.countDue(id, DueWork.FETCH, Due.NEVER));
    json.put("waitingForWrite", reader.countDue(id, DueWork.WRITE, now));
    json.set("unidentified", unidentified(reader, id));
    json.set("lastDelivery", lastDelivery(reader, id));
    json.put("quarantined", reader.countQuarantined(id));
    Writes writes = reader.writes(id);
    json.put("lastWriteAt", instant(writes.lastAt()));
    json.put("troubled", writes.troubled());
    json.put("trouble", writes.trouble());
    json.put("handOffsWaiting", reader.unwritten().countOpenIntents(id));
    ArrayNode fields = json.putArray("refusedFields");
    reader.unwritten().refusedFields(id).values().forEach(field -> fields.add(shown(field)));
    ArrayNode seen = json.putArray("propertiesSeen");
    new TreeSet<>(reader.seenProperties(id)).forEach(seen::add);
    return json;
  }

  /** What was told of people by addresses and anonymous ids that lead to no contact yet. */
  private static JsonNode unidentified(StoreReader reader, ConnectionId id) {
    Extent waiting = reader.waiting().extent(id);
    ObjectNode json = NODES.objectNode();
    json.put("names", waiting.names()).put("events", waiting.events());
    json.put("oldest", instant(waiting.oldest()));
    return json.put("givenUp", reader.waiting().givenUp(id));
  }

  private static JsonNode lastDelivery(StoreReader reader, ConnectionId id) {
    return reader.keptDeliveries().before(DeliveryFilter.all(id), Long.MAX_VALUE, 1).stream()
        .findFirst()
        .<JsonNode>map(ConnectionReport::shown)
        .orElse(NODES.nullNode());
  }

  private static ObjectNode shown(JournalLine line) {
    ObjectNode json = NODES.objectNode();
    json.put("sequence", line.sequence()).put("receivedAt", instant(line.receivedAt()));
    return json.put("reason", line.quarantined());
  }

  private static ObjectNode shown(RefusedField field) {
    ObjectNode json = NODES.objectNode();
    json.put("property", field.property()).put("message", field.message());
    return json.put("since", instant(field.since()));
  }

  private static @Nullable String instant(long at) {
    return at == 0 ? null : Instant.ofEpochMilli(at).toString();
  }
}
