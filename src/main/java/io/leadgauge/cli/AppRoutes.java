package io.leadgauge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.crm.OAuthApp;
import io.leadgauge.crm.hubspot.HubSpotOAuth;
import io.leadgauge.http.JsonRequest;
import io.leadgauge.http.JsonRequest.WrongQuestion;
import io.leadgauge.http.JsonRoute;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.pipeline.AppInstalls;
import io.leadgauge.pipeline.AppInstalls.Install;
import io.leadgauge.pipeline.InstallLink;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What the admin port tells of apps, and the link by which one is let in. */
final class AppRoutes {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final AppInstalls installs;
  private final Served served;

  AppRoutes(AppInstalls installs, Served served) {
    this.installs = installs;
    this.served = served;
  }

  List<JsonRoute> routes() {
    return List.of(
        new JsonRoute("/api/apps", Set.of(), request -> Optional.of(shown())),
        JsonRoute.changing("/api/apps/{app}/install", this::install));
  }

  private Optional<JsonNode> install(JsonRequest request) {
    ConnectionId name = JsonRequest.connection(request.path("app"));
    return installs.app(name).map(this::link);
  }

  private JsonNode link(OAuthApp app) {
    InstallLink link =
        installs
            .begin(app.name())
            .orElseThrow(
                () ->
                    new WrongQuestion(
                        "too many links wait to be used: try again when ten minutes have passed"));
    ObjectNode json = NODES.objectNode();
    json.put("url", HubSpotOAuth.authorizeAddress(app, link.state(), link.challenge()).toString());
    return json.put("until", Instant.ofEpochMilli(link.until()).toString());
  }

  private JsonNode shown() {
    ObjectNode json = NODES.objectNode();
    ArrayNode list = json.putArray("portals");
    Map<ConnectionId, Install> all = new TreeMap<>(installs.all());
    all.forEach((id, install) -> list.add(shown(id, install)));
    return json;
  }

  private ObjectNode shown(ConnectionId id, Install install) {
    boolean isIn = install.kept().isInstalled();
    ObjectNode json = NODES.objectNode();
    json.put("app", install.kept().app());
    json.put("portal", install.kept().portal());
    json.put("connection", id.name());
    json.put("state", isIn ? "installed" : "uninstalled");
    json.put("installedAt", Instant.ofEpochMilli(install.kept().installedAt()).toString());
    json.put(
        "uninstalledAt",
        isIn ? null : Instant.ofEpochMilli(install.kept().uninstalledAt()).toString());
    json.put("erasedAt", installs.erasedAt(install).map(Instant::toString).orElse(null));
    return json.put("trouble", served.trouble(id, install));
  }
}
