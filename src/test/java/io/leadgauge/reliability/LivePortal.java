package io.leadgauge.reliability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.FastClock;
import io.leadgauge.cli.SandboxControl;
import io.leadgauge.sandbox.Limits;
import io.leadgauge.sandbox.Sandbox;
import io.leadgauge.sandbox.SandboxOptions;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A portal that answers: a sandbox with the fields and contacts of this suite, without limits. */
final class LivePortal implements AutoCloseable {
  private static final Pattern KEY = Pattern.compile("Leadgauge hand-off ([0-9a-f]+)");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int SEEDED_AT_ONCE = 200;

  private final Vertx vertx = Vertx.vertx();
  private final URI api;
  private final SandboxControl control;

  private LivePortal() {
    api =
        Sandbox.start(
                vertx,
                SandboxOptions.defaults().withLimits(Limits.OFF).withSeed(7),
                new FastClock(1))
            .toCompletionStage()
            .toCompletableFuture()
            .join()
            .address();
    control = new SandboxControl(api);
  }

  /** Starts one with so many contacts. */
  static LivePortal of(int contacts) {
    LivePortal portal = new LivePortal();
    portal.createFields();
    portal.create(contacts);
    return portal;
  }

  /** Returns where its API is. */
  URI api() {
    return api;
  }

  private void createFields() {
    control.post("/crm/v3/properties/contacts/groups", node("name", "house", "label", "House"));
    List.of(
            "occupation",
            "visits",
            "company_size",
            "do_not_email",
            "customer_since",
            "leadgauge_grade",
            "leadgauge_label",
            "leadgauge_reasons")
        .forEach(name -> createField(name, "string", "text"));
    createField("leadgauge_score", "number", "number");
  }

  private void createField(String name, String type, String fieldType) {
    control.post(
        "/crm/v3/properties/contacts",
        node("name", name, "label", name, "groupName", "house")
            .put("type", type)
            .put("fieldType", fieldType));
  }

  private static ObjectNode node(String... pairs) {
    ObjectNode node = NODES.objectNode();
    for (int i = 0; i < pairs.length; i += 2) {
      node.put(pairs[i], pairs[i + 1]);
    }
    return node;
  }

  private void create(int count) {
    for (int from = 0; from < count; from += SEEDED_AT_ONCE) {
      ObjectNode body = NODES.objectNode().put("webhooks", false);
      ArrayNode contacts = body.putArray("contacts");
      for (int i = from; i < Math.min(count, from + SEEDED_AT_ONCE); i++) {
        ObjectNode contact = contacts.addObject().put("createdAgo", "P90D");
        contact
            .putObject("properties")
            .put("firstname", "Person " + i)
            .put("occupation", i % 3 == 0 ? "Working Professional" : "Other")
            .put("company_size", "51-200");
      }
      control.post("/_sandbox/contacts", body);
    }
  }

  /** Returns what every contact holds, by id. */
  Map<String, JsonNode> contacts() {
    Map<String, JsonNode> contacts = new TreeMap<>();
    control
        .get("/_sandbox/contacts")
        .path("contacts")
        .forEach(one -> contacts.put(one.path("id").asText(), one.path("properties")));
    return contacts;
  }

  /** Returns the ids of the tasks that carry each key. */
  Map<String, List<String>> tasks() {
    Map<String, List<String>> tasks = new HashMap<>();
    for (JsonNode task : control.get("/_sandbox/tasks").path("tasks")) {
      Matcher key = KEY.matcher(task.at("/properties/hs_task_body").asText());
      if (!key.find()) {
        throw new AssertionError("a task without a key: " + task);
      }
      tasks.computeIfAbsent(key.group(1), one -> new ArrayList<>()).add(task.path("id").asText());
    }
    return tasks;
  }

  /** The next task is made, and whoever asked for it never hears of that. */
  void loseNextAnswerToATask() {
    control.post(
        "/_sandbox/faults/next",
        node("fault", "timeout-after-apply", "method", "POST", "route", "/crm/objects/tasks"));
  }

  /** From now on all is answered. */
  void answerAll() {
    control.delete("/_sandbox/script");
  }

  /** Returns how many contacts our app has written, each as often as it was. */
  long contactsWritten() {
    return writes("contacts");
  }

  /** Returns by how many calls it has. */
  long writeCalls() {
    return writes("calls");
  }

  private long writes(String what) {
    for (JsonNode writes : control.get("/_sandbox/calls").path("contactWrites")) {
      if (writes.path("appId").asLong() == SandboxOptions.APP_ID) {
        return writes.path(what).asLong();
      }
    }
    return 0;
  }

  /** Tells its control API something. */
  void tell(String path, JsonNode body) {
    control.post(path, body);
  }

  @Override
  public void close() {
    control.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
