package io.leadgauge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.crm.Allowance;
import io.leadgauge.http.JsonRequest;
import io.leadgauge.http.JsonRoute;
import io.leadgauge.model.Clockwork;
import io.leadgauge.pipeline.BackfillProgress;
import io.leadgauge.pipeline.ConnectionHealth;
import io.leadgauge.pipeline.Drift;
import io.leadgauge.pipeline.LookedBack;
import io.leadgauge.pipeline.Pipeline;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the admin port tells of a connection's CRM, and the backfill that it can be told to do. */
final class CrmRoutes {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Pipeline pipeline;
  private final Clockwork clock;

  CrmRoutes(Pipeline pipeline, Clockwork clock) {
    this.pipeline = pipeline;
    this.clock = clock;
  }

  List<JsonRoute> routes() {
    return List.of(
        new JsonRoute("/api/connections/{connection}/crm", Set.of(), this::crm),
        new JsonRoute("/api/connections/{connection}/backfill", Set.of(), this::backfill),
        JsonRoute.changing("/api/connections/{connection}/backfill", this::begin));
  }

  private Optional<JsonNode> crm(JsonRequest request) {
    return pipeline
        .health(JsonRequest.connection(request.path("connection")), clock.now())
        .map(CrmRoutes::shown);
  }

  private Optional<JsonNode> backfill(JsonRequest request) {
    return pipeline
        .backfill(JsonRequest.connection(request.path("connection")))
        .map(CrmRoutes::shown);
  }

  private Optional<JsonNode> begin(JsonRequest request) {
    return pipeline
        .beginBackfill(JsonRequest.connection(request.path("connection")))
        .map(CrmRoutes::shown);
  }

  /** Returns how far a backfill is. */
  static ObjectNode shown(BackfillProgress progress) {
    ObjectNode json = NODES.objectNode();
    json.put("phase", progress.phase());
    json.put("running", progress.isRunning());
    json.put("startedAt", instant(progress.startedAt()));
    json.put("endedAt", instant(progress.endedAt()));
    json.put("total", progress.total()).put("done", progress.done());
    json.put("perSecond", progress.perSecond());
    json.put("secondsLeft", progress.secondsLeft() < 0 ? null : progress.secondsLeft());
    json.put("gone", progress.gone());
    ObjectNode moves = json.putObject("moves");
    progress.moves().forEach(moves::put);
    json.put("trouble", progress.trouble());
    return json.put("restoredFrom", instant(progress.restoredFrom()));
  }

  private static ObjectNode shown(ConnectionHealth health) {
    ObjectNode json = NODES.objectNode();
    json.put("connection", health.connection().name());
    json.put("waitingForFacts", health.waitingForFacts());
    json.put("waitingForWrite", health.waitingForWrite());
    json.put("answeredAt", instant(health.answeredAt()));
    json.put("pausedUntil", instant(health.pausedUntil()));
    json.put("trouble", health.trouble());
    json.set("calls", shown(health.allowance()));
    json.set("lookBack", shown(health.lookedBack()));
    json.set("drift", shown(health.drift()));
    return json;
  }

  private static ObjectNode shown(Allowance allowance) {
    ObjectNode json = NODES.objectNode();
    json.put("limit", allowance.calls()).put("windowMillis", allowance.window().toMillis());
    json.put("used", allowance.used()).put("waiting", allowance.waiting());
    json.put("waitingBehind", allowance.waitingBehind());
    json.put(
        "leftToday", allowance.leftToday().isPresent() ? allowance.leftToday().getAsLong() : null);
    json.put("closedForSeconds", allowance.closedFor().toSeconds());
    return json.put("reason", allowance.reason());
  }

  private static ObjectNode shown(LookedBack looked) {
    ObjectNode json = NODES.objectNode();
    json.put("at", instant(looked.at()));
    json.put("from", instant(looked.from())).put("until", instant(looked.until()));
    json.put("missedThen", looked.missedThen()).put("contacts", looked.contacts());
    return json.put("missed", looked.missed()).put("unannounced", looked.unannounced());
  }

  private static ObjectNode shown(Drift drift) {
    ObjectNode json = NODES.objectNode();
    json.put("at", instant(drift.at())).put("sampled", drift.sampled());
    json.put("differing", drift.differing());
    return json.put("perTenThousand", drift.perTenThousand());
  }

  private static @Nullable String instant(long at) {
    return at == 0 ? null : Instant.ofEpochMilli(at).toString();
  }
}
