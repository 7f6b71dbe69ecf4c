package io.leadgauge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.http.JsonRequest;
import io.leadgauge.http.JsonRequest.WrongQuestion;
import io.leadgauge.http.JsonRoute;
import io.leadgauge.manifest.Problem;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.pipeline.Configuration;
import io.leadgauge.pipeline.Pipeline;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the admin port tells of manifests, and what it can be told to do about them. */
final class ManifestRoutes {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Pipeline pipeline;
  private final @Nullable ManifestWatch watch;

  ManifestRoutes(Pipeline pipeline, @Nullable ManifestWatch watch) {
    this.pipeline = pipeline;
    this.watch = watch;
  }

  List<JsonRoute> routes() {
    return List.of(
        new JsonRoute("/api/manifests", Set.of(), request -> Optional.of(shown())),
        JsonRoute.changing("/api/manifests/reload", this::reload),
        JsonRoute.changing("/api/connections/{connection}/approve", this::approve));
  }

  private Optional<JsonNode> reload(JsonRequest request) {
    if (watch == null) {
      throw new WrongQuestion("this installation reads its manifests only once");
    }
    watch.reload();
    return Optional.of(shown());
  }

  private Optional<JsonNode> approve(JsonRequest request) {
    ConnectionId id = JsonRequest.connection(request.path("connection"));
    return pipeline
        .approve(id)
        .map(
            approved -> {
              ObjectNode json = NODES.objectNode();
              boolean backfill = pipeline.approveBackfill(id);
              long carriedOn = pipeline.approveFanOuts(id);
              json.put("approved", approved.join() || backfill || carriedOn > 0);
              json.put("carriedOn", carriedOn);
              if (backfill) {
                pipeline.backfill(id).ifPresent(now -> json.set("backfill", CrmRoutes.shown(now)));
              }
              pipeline.configuration(id).ifPresent(now -> json.set("connection", shown(now)));
              return json;
            });
  }

  private ObjectNode shown() {
    ObjectNode json = NODES.objectNode();
    ArrayNode problems = NODES.arrayNode();
    if (watch != null) {
      ManifestWatch.Look look = watch.look();
      json.put("folder", watch.folder().path().toString());
      json.put("readAt", Instant.ofEpochMilli(look.at()).toString());
      json.put("state", look.isRefused() ? "refused" : "taken");
      json.put("refusal", look.isRefused() ? look.refusal() : null);
      look.problems().forEach(problem -> problems.add(shown(problem)));
    }
    json.set("problems", problems);
    ArrayNode connections = json.putArray("connections");
    pipeline.configurations().forEach(one -> connections.add(shown(one)));
    return json;
  }

  private static ObjectNode shown(Problem problem) {
    ObjectNode json = NODES.objectNode();
    json.put("file", problem.at().file());
    json.put("line", problem.at().line()).put("column", problem.at().column());
    json.put("severity", problem.severity().name().toLowerCase(Locale.ROOT));
    return json.put("message", problem.message());
  }

  /** Returns how far a configuration has come. */
  static ObjectNode shown(Configuration one) {
    ObjectNode json = NODES.objectNode();
    json.put("connection", one.connection().name());
    json.put("model", one.model());
    json.put("state", one.state().word());
    json.put("detail", one.detail());
    ObjectNode progress = json.putObject("progress");
    progress.put("done", one.progress().done()).put("total", one.progress().total());
    progress.put("perSecond", one.progress().perSecond());
    ArrayNode missing = json.putArray("missing");
    one.missing().forEach(missing::add);
    ArrayNode unheard = json.putArray("subscriptions");
    one.unheard().forEach(name -> unheard.add("contact.propertyChange " + name));
    json.put("contacts", one.contacts());
    ObjectNode moves = json.putObject("moves");
    one.moves().forEach(moves::put);
    return json;
  }
}
