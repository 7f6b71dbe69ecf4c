package io.leadgauge.sandbox.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.model.Secret;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The part of the control API that looks at calls, and sets limits, faults, app and sessions. */
final class ControlSettings {
  private static final Set<String> SETTINGS =
      Set.of(
          "pageMost",
          "shortPages",
          "equalWritesTouch",
          "editsConverted",
          "tellsReparenting",
          "emptyNotification",
          "respondedStatuses",
          "apiEnabled",
          "bulkFails",
          "bulkMillis");
  private static final Set<String> APP =
      Set.of(
          "clientId",
          "clientSecret",
          "runAs",
          "certificate",
          "preauthorised",
          "audience",
          "scopes",
          "lifetimeSeconds",
          "instanceUrl");

  private final long seed;
  private final Gate gate;
  private final DailyLimit daily;
  private final CallCounts counts;
  private final Outbox outbox;
  private final Sessions sessions;
  private final OAuthEndpoints oauth;
  private final Cursors cursors;

  ControlSettings(
      long seed,
      Gate gate,
      DailyLimit daily,
      CallCounts counts,
      Outbox outbox,
      Sessions sessions,
      OAuthEndpoints oauth,
      Cursors cursors) {
    this.seed = seed;
    this.gate = gate;
    this.daily = daily;
    this.counts = counts;
    this.outbox = outbox;
    this.sessions = sessions;
    this.oauth = oauth;
    this.cursors = cursors;
  }

  Reply about(Call call) {
    ObjectNode body = Json.object();
    body.put("organizationId", call.org().id());
    body.put("version", Version.LATEST);
    body.put("seed", seed);
    body.put("faults", gate.faults().toString());
    ObjectNode limit = body.putObject("limits");
    limit.put("daily", daily.most());
    limit.put("used", daily.used(call.now()));
    ObjectNode users = body.putObject("users");
    call.org().live("User").forEach(user -> users.put(user.valueOrEmpty("Username"), user.id()));
    return Reply.ok(body);
  }

  Reply calls(Call call) {
    return Reply.ok(counts.describe());
  }

  Reply forgetCalls(Call call) {
    counts.clear();
    return Reply.noContent();
  }

  /** Sets how many calls there may be in 24 hours, and how many others have made; counts anew. */
  Reply setLimits(Call call) {
    JsonNode body = ControlBody.only(call.body(), Set.of("daily", "byOthers"));
    daily.set(body.path("daily").asInt(daily.most()), body.path("byOthers").asInt());
    return about(call);
  }

  Reply setFaults(Call call) {
    JsonNode body = ControlBody.only(call.body(), Set.of("faults"));
    try {
      OrgFaults faults = OrgFaults.parse(body.path("faults").asText());
      gate.faults(faults);
      outbox.faults(faults.faults());
    } catch (IllegalArgumentException e) {
      throw Refused.control(String.valueOf(e.getMessage()));
    }
    return about(call);
  }

  /** Sets how the org is set up; what is left out stays. */
  Reply set(Call call) {
    JsonNode body = ControlBody.only(call.body(), SETTINGS);
    Settings settings = call.org().settings();
    settings.pages(
        Math.max(1, body.path("pageMost").asInt(settings.pageMost())),
        body.path("shortPages").asBoolean(settings.shortPages()));
    settings.equalWritesTouch(body.path("equalWritesTouch").asBoolean(settings.equalWritesTouch()));
    settings.editsConverted(body.path("editsConverted").asBoolean(settings.editsConverted()));
    settings.apiEnabled(body.path("apiEnabled").asBoolean(settings.apiEnabled()));
    settings.bulk(
        body.path("bulkFails").asBoolean(settings.bulkFails()),
        body.path("bulkMillis").asLong(settings.bulkMillis()));
    settings.tellsReparenting(body.path("tellsReparenting").asBoolean(settings.tellsReparenting()));
    Json.text(body, "emptyNotification")
        .ifPresent(form -> settings.emptyNotification(Optional.of(form)));
    if (body.has("respondedStatuses")) {
      settings.respondedStatuses(new HashSet<>(Json.texts(body.path("respondedStatuses"))));
    }
    return Reply.noContent();
  }

  /** Sets the app up anew; what is left out stays. */
  Reply setApp(Call call) {
    JsonNode body = ControlBody.only(call.body(), APP);
    ConnectedApp old = oauth.app();
    oauth.app(
        new ConnectedApp(
            Json.text(body, "clientId").orElse(old.clientId()),
            Json.text(body, "clientSecret").map(Secret::of).orElse(old.clientSecret()),
            body.has("runAs") ? Json.text(body, "runAs") : old.runAs(),
            Json.text(body, "certificate").map(PublicKeys::read).or(old::key),
            set(body, "preauthorised", old.preauthorised()),
            Json.text(body, "audience").orElse(old.audience()),
            set(body, "scopes", old.scopes()),
            Duration.ofSeconds(body.path("lifetimeSeconds").asLong(old.lifetime().toSeconds())),
            body.has("instanceUrl") ? Json.text(body, "instanceUrl") : old.instanceUrl()));
    return Reply.noContent();
  }

  private static Set<String> set(JsonNode body, String name, Set<String> otherwise) {
    return body.has(name) ? new HashSet<>(Json.texts(body.path(name))) : otherwise;
  }

  /** Ends sessions that a token request gave, or leaves scopes to all. */
  Reply setSessions(Call call) {
    JsonNode body = ControlBody.only(call.body(), Set.of("expired", "scopes"));
    if (body.path("expired").asBoolean()) {
      sessions.expireAll();
    }
    if (body.has("scopes")) {
      sessions.limitTo(new HashSet<>(Json.texts(body.path("scopes"))));
    }
    return Reply.noContent();
  }

  /** Forgets all queries that have more pages. */
  Reply closeCursors(Call call) {
    cursors.closeAll();
    return Reply.noContent();
  }
}
