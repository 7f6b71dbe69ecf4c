package io.leadgauge.sandbox.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.sandbox.WebhookTarget;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The part of the control API that sets up outbound messages and the relay of change events. */
final class ControlTelling {
  private static final Set<String> SUBSCRIPTION =
      Set.of("kind", "object", "fields", "watched", "on", "url", "headers");
  private static final Set<String> GAPS =
      Set.of("GAP_CREATE", "GAP_UPDATE", "GAP_DELETE", "GAP_UNDELETE", "GAP_OVERFLOW");

  private final Outbox outbox;
  private final Users users;

  ControlTelling(Outbox outbox, Users users) {
    this.outbox = outbox;
    this.users = users;
  }

  /** What became of what was to be told, and who is told. */
  Reply state(Call call) {
    ObjectNode body = Json.object();
    outbox.describe(body);
    ArrayNode shown = body.putArray("subscriptions");
    for (Subscription subscription : outbox.subscriptions()) {
      ObjectNode one = shown.addObject();
      one.put("name", subscription.name());
      one.put("kind", subscription.kind() == Subscription.Kind.MESSAGE ? "message" : "event");
      one.put("object", subscription.object());
      one.set("fields", Json.array(subscription.fields()));
      one.put("url", subscription.url().toString());
    }
    return Reply.ok(body);
  }

  /** Subscribes, or changes a subscription. */
  Reply subscribe(Call call) {
    JsonNode body = ControlBody.only(call.body(), SUBSCRIPTION);
    String kind = body.path("kind").asText("message");
    if (!Set.of("message", "event").contains(kind)) {
      throw Refused.control("kind: \"" + kind + "\" is neither message nor event");
    }
    Subscription.Kind of =
        kind.equals("message") ? Subscription.Kind.MESSAGE : Subscription.Kind.EVENT;
    String on = body.path("on").asText("createAndUpdate");
    if (!Set.of("create", "update", "createAndUpdate").contains(on)) {
      throw Refused.control("on: \"" + on + "\" is none of create, update, createAndUpdate");
    }
    String object = object(call, body, of);
    List<String> fields = Json.texts(body.path("fields"));
    Optional<Set<String>> watched =
        body.has("watched")
            ? Optional.of(new HashSet<>(Json.texts(body.path("watched"))))
            : Optional.empty();
    requireFields(call.org(), object, fields);
    watched.ifPresent(names -> requireFields(call.org(), object, names));
    outbox.subscribe(
        new Subscription(
            call.path("name"),
            of,
            object,
            fields,
            watched,
            !on.equals("update"),
            !on.equals("create"),
            url(body),
            headers(body),
            call.org().nextId("04k")));
    return Reply.noContent();
  }

  Reply unsubscribe(Call call) {
    outbox.unsubscribe(call.path("name"));
    return Reply.noContent();
  }

  /** Tells of a gap: {@code {"object":"Lead","type":"GAP_UPDATE","ids":[…]}}. */
  Reply gap(Call call) {
    JsonNode body = ControlBody.only(call.body(), Set.of("object", "type", "ids"));
    String type = body.path("type").asText();
    if (!GAPS.contains(type)) {
      throw Refused.control("type: \"" + type + "\" is none of " + GAPS.stream().sorted().toList());
    }
    List<String> ids = Json.texts(body.path("ids"));
    outbox.tell(outbox.events().gap(body.path("object").asText(), type, ids, users.admin()));
    return Reply.noContent();
  }

  private static String object(Call call, JsonNode body, Subscription.Kind kind) {
    String name = body.path("object").asText();
    if (name.isEmpty() && kind == Subscription.Kind.EVENT) {
      return name;
    }
    return call.org()
        .schema()
        .find(name)
        .map(SObject::name)
        .orElseThrow(() -> Refused.control("object: there is no object \"" + name + "\""));
  }

  private static void requireFields(Org org, String object, Iterable<String> names) {
    for (String name : names) {
      if (org.schema().find(object).flatMap(found -> found.find(name)).isEmpty()) {
        throw Refused.control("no field %s on %s".formatted(name, object));
      }
    }
  }

  private static URI url(JsonNode body) {
    try {
      return WebhookTarget.address(body.path("url").asText());
    } catch (IllegalArgumentException e) {
      throw Refused.control(String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, String> headers(JsonNode body) {
    Map<String, String> headers = new HashMap<>();
    body.path("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
    return headers;
  }
}
