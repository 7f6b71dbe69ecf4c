package io.leadgauge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.model.Secret;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The part of the control API that looks at calls and webhooks, and sets targets and faults. */
final class ControlSettings {
  private final SandboxOptions options;
  private final long seed;
  private final CallLog calls;
  private final Door door;
  private final WebhookOutbox outbox;
  private final WorkflowOutbox workflows;
  private Faults faults;

  ControlSettings(
      SandboxOptions options,
      long seed,
      CallLog calls,
      Door door,
      WebhookOutbox outbox,
      WorkflowOutbox workflows) {
    this.options = options;
    this.seed = seed;
    this.calls = calls;
    this.door = door;
    this.outbox = outbox;
    this.workflows = workflows;
    this.faults = options.faults();
  }

  Answer about(ApiRequest request) {
    ObjectNode body = Json.object();
    body.put("portalId", options.portalId());
    body.put("appId", options.appId());
    body.put("seed", seed);
    body.put("faults", faults.toString());
    ObjectNode limits = body.putObject("limits");
    limits.put("tenSecondly", door.limits().tenSecondly());
    limits.put("daily", door.limits().daily());
    limits.put("searchSecondly", door.limits().searchSecondly());
    return Answer.of(200, body);
  }

  Answer calls(ApiRequest request) {
    return Answer.of(200, calls.describe());
  }

  Answer forgetCalls(ApiRequest request) {
    calls.clear();
    return Answer.noContent();
  }

  /** Sets what goes wrong from now on: {@code {"faults":"500=0.02"}}. */
  Answer setFaults(ApiRequest request) {
    JsonNode body = request.body();
    ControlBody.only(body, "body", Set.of("faults"));
    try {
      faults = Faults.parse(body.path("faults").asText());
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid(String.valueOf(e.getMessage()));
    }
    door.faults(faults);
    outbox.faults(faults);
    workflows.faults(faults);
    return about(request);
  }

  /** Sets how many calls are allowed from now on; 0 is no limit, what is left out stays. */
  Answer setLimits(ApiRequest request) {
    JsonNode body = request.body();
    ControlBody.only(body, "body", Set.of("tenSecondly", "daily", "searchSecondly"));
    Limits now = door.limits();
    try {
      door.limits(
          new Limits(
              body.path("tenSecondly").asInt(now.tenSecondly()),
              body.path("daily").asInt(now.daily()),
              body.path("searchSecondly").asInt(now.searchSecondly())));
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid(String.valueOf(e.getMessage()));
    }
    return about(request);
  }

  Answer webhooks(ApiRequest request) {
    ObjectNode body = Json.object();
    outbox.describe(body);
    outbox.target().ifPresent(target -> describe(body.putObject("target"), target));
    return Answer.of(200, body);
  }

  Answer setWebhooks(ApiRequest request) {
    JsonNode body = request.body();
    ControlBody.only(
        body,
        "body",
        Set.of("url", "signedUrl", "secret", "properties", "objects", "kinds", "generic"));
    try {
      outbox.retarget(target(body));
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid(String.valueOf(e.getMessage()));
    }
    return webhooks(request);
  }

  private static WebhookTarget target(JsonNode body) {
    return new WebhookTarget(
        WebhookTarget.address(body.path("url").asText()),
        Optional.ofNullable(body.get("signedUrl")).map(url -> WebhookTarget.address(url.asText())),
        Secret.of(body.path("secret").asText()),
        new WebhookSubscriptions(
            body.path("generic").asBoolean(),
            kinds(body),
            Optional.ofNullable(body.get("properties")).map(Json::texts).map(HashSet::new),
            Optional.ofNullable(body.get("objects")).map(ControlSettings::objects)));
  }

  private static Map<ObjectType, Set<String>> objects(JsonNode node) {
    Map<ObjectType, Set<String>> objects = new EnumMap<>(ObjectType.class);
    node.properties()
        .forEach(
            entry ->
                objects.put(
                    ObjectType.ofWord(entry.getKey())
                        .orElseThrow(() -> Refusal.unknownObjectType(entry.getKey())),
                    new HashSet<>(Json.texts(entry.getValue()))));
    return objects;
  }

  private static Set<EventKind> kinds(JsonNode body) {
    if (!body.has("kinds")) {
      return EnumSet.allOf(EventKind.class);
    }
    Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);
    for (String word : Json.texts(body.path("kinds"))) {
      kinds.add(
          EventKind.ofWord(word)
              .orElseThrow(
                  () -> new IllegalArgumentException("kinds: \"" + word + "\" is unknown")));
    }
    return kinds;
  }

  private static void describe(ObjectNode node, WebhookTarget target) {
    node.put("url", target.url().toString());
    target.signedUrl().ifPresent(url -> node.put("signedUrl", url.toString()));
    node.put("generic", target.subscriptions().generic());
    node.set(
        "kinds",
        Json.array(target.subscriptions().kinds().stream().map(EventKind::word).sorted().toList()));
    target
        .subscriptions()
        .properties()
        .ifPresent(names -> node.set("properties", Json.array(names.stream().sorted().toList())));
    target
        .subscriptions()
        .others()
        .ifPresent(
            types ->
                types.forEach(
                    (type, names) ->
                        node.withObject("/objects")
                            .set(type.plural(), Json.array(names.stream().sorted().toList()))));
  }
}
