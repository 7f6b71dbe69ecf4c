package io.leadgauge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.Await;
import io.leadgauge.MovableClock;
import io.leadgauge.Written;
import io.leadgauge.manifest.Catalog;
import io.leadgauge.manifest.Loaded;
import io.leadgauge.manifest.Manifests;
import io.leadgauge.manifest.SecretSource;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.sandbox.Limits;
import io.leadgauge.sandbox.Sandbox;
import io.leadgauge.sandbox.SandboxOptions;
import io.leadgauge.store.DueWork;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A portal whose qualified contacts are handed over to sales, on a clock that the test moves, and
 * the installations that serve it one after the other.
 */
final class Office implements AutoCloseable {
  static final ConnectionId ID = new ConnectionId("office");
  static final String MQL = "marketingqualifiedlead";
  static final long START = 1_795_255_200_000L;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Map<String, String> SECRETS =
      Map.of("TOKEN", SandboxOptions.TOKEN, "SECRET", "a-client-secret");

  /** Longer than the least time between two writes, shorter than any wait after a failure. */
  private static final long MOMENT = 3_000;

  private static final String MODEL =
      """
      apiVersion: leadgauge/v1
      kind: Model
      metadata: { name: leads }
      spec:
        dimensions:
          fit:
            rules:
              - { id: working, when: { property: occupation, in: [Working Professional] }, points: 25 }
              - { id: visits, property: visits, points: { "5..": 30, "0..<5": 0 } }
        labels: { hot: { enter: 50, leave: 45 }, cold: {} }
        stages:
          mql:
            enter: total >= 40
            leave: total < 30
            handOff: { task: "Call: {reasons}", due: 4h, owner: contact-owner, cooldown: 1d }
      """;

  private static final String CONNECTION =
      """
      apiVersion: leadgauge/v1
      kind: Connection
      metadata: { name: office }
      spec:
        crm: hubspot
        portal: "44237313"
        publicUrl: https://leads.example.com
        api: { base: "@API@", version: v3, callsPerTenSeconds: 10000 }
        credentials: { accessToken: "${env:TOKEN}" }
        webhooks: { secrets: ["${env:SECRET}"] }
        model: leads
        mode: full
        guard: { contacts: @GUARD@, percent: @PERCENT@ }
        fields:
          occupation: occupation
          visits: { property: visits, type: number }
        stages: { map: { mql: marketingqualifiedlead } }
        writeBack:
          fields: { score: leadgauge_score, label: leadgauge_label }
          minInterval: 1s
      """;

  final MovableClock clock = new MovableClock(START);
  final RecordedApi api;
  private final Vertx vertx = Vertx.vertx();
  private final SandboxControl control;
  private final URI behind;
  private final Path folder;

  Office(Path folder) {
    this.folder = folder;
    SandboxOptions options =
        SandboxOptions.defaults().withLimits(Limits.OFF).withSearchLag(Duration.ZERO).withSeed(7);
    Sandbox sandbox =
        Sandbox.start(vertx, options, clock).toCompletionStage().toCompletableFuture().join();
    api = new RecordedApi(sandbox.address());
    behind = sandbox.address();
    control = new SandboxControl(behind);
    Written.to(folder.resolve("manifests"), "models/leads/model.yaml", MODEL);
    guard(1_000, 100);
    ObjectNode group = NODES.objectNode();
    control.post(
        "/crm/v3/properties/contacts/groups", group.put("name", "office").put("label", "Office"));
    for (String name : List.of("occupation", "visits", "leadgauge_label")) {
      field(name, "string", "text");
    }
    field("leadgauge_score", "number", "number");
  }

  /** Lets so many contacts be moved without asking. */
  void guard(int contacts, int percent) {
    String text = CONNECTION.replace("@API@", api.address().toString());
    Written.to(
        folder.resolve("manifests"),
        "connections/office.yaml",
        text.replace("@GUARD@", "" + contacts).replace("@PERCENT@", "" + percent));
  }

  private void field(String name, String type, String fieldType) {
    ObjectNode field = NODES.objectNode();
    field.put("name", name).put("label", name).put("groupName", "office");
    control.post(
        "/crm/v3/properties/contacts", field.put("type", type).put("fieldType", fieldType));
  }

  private Catalog catalog() {
    Path manifests = folder.resolve("manifests");
    Loaded loaded = Manifests.load(manifests, SecretSource.of(SECRETS, manifests));
    if (loaded.hasErrors()) {
      throw new AssertionError(loaded.problems());
    }
    return loaded.catalog();
  }

  Path data(String name) {
    return folder.resolve(name);
  }

  /** Starts a server on a data folder; the portal's webhooks go there from now on. */
  Installation serve(String data) {
    Installation serve =
        Installation.start(catalog(), Installation.Settings.local(data(data)), clock);
    ObjectNode target = NODES.objectNode();
    target.put("url", "http://127.0.0.1:" + serve.port() + "/webhooks/office");
    target.put("signedUrl", "https://leads.example.com/webhooks/office");
    target.put("secret", "a-client-secret");
    control.post("/_sandbox/webhooks", target);
    return serve;
  }

  /** Returns what the server on a data folder tells, at a path of its admin port. */
  JsonNode ask(String data, String path) {
    return AdminAddress.ask(data(data), path).orElseThrow();
  }

  /** Runs a command that must end so; returns what it printed. */
  String run(int expected, String... arguments) {
    return Commands.run(clock, expected, arguments);
  }

  // The portal

  /** Creates a contact as a person; pairs of names and values. */
  String create(String... values) {
    ObjectNode body = NODES.objectNode();
    ObjectNode properties = body.putObject("properties");
    for (int i = 0; i < values.length; i += 2) {
      properties.put(values[i], values[i + 1]);
    }
    return control.post("/crm/v3/objects/contacts", body).path("id").asText();
  }

  /** Changes a contact as a person. */
  void change(String id, String property, String value) {
    change("contacts", id, property, value);
  }

  void change(String type, String id, String property, String value) {
    ObjectNode body = NODES.objectNode();
    body.putObject("properties").put(property, value);
    control.post("/_sandbox/" + type + "/" + id, body);
  }

  void merge(String survivor, String other) {
    control.post(
        "/_sandbox/contacts/" + survivor + "/merge", NODES.objectNode().put("with", other));
  }

  void delete(String id) {
    Commands.delete(behind.resolve("/_sandbox/contacts/" + id));
  }

  /** Returns what every live contact holds, by id. */
  Map<String, Map<String, String>> contacts() {
    Map<String, Map<String, String>> contacts = new TreeMap<>();
    for (JsonNode contact : control.get("/_sandbox/contacts").path("contacts")) {
      Map<String, String> values = new TreeMap<>();
      contact
          .path("properties")
          .properties()
          .forEach(property -> values.put(property.getKey(), property.getValue().asText("")));
      contacts.put(contact.path("id").asText(), values);
    }
    return contacts;
  }

  String held(String id, String property) {
    return contacts().getOrDefault(id, Map.of()).getOrDefault(property, "");
  }

  /** Returns the notes of all tasks, by id. */
  Map<String, String> tasks() {
    Map<String, String> tasks = new TreeMap<>();
    for (JsonNode task : control.get("/_sandbox/tasks").path("tasks")) {
      tasks.put(task.path("id").asText(), task.path("properties").path("hs_task_body").asText(""));
    }
    return tasks;
  }

  // Time

  /** Lets time creep on until nothing is under way: no webhook, no read, no write, no task. */
  void settle(Installation serve) {
    Await.until(
        "nothing is under way",
        () -> {
          clock.advance(60);
          return isSettled(serve);
        });
  }

  /** Looks twice, for one kind of work may turn into another between two looks. */
  private boolean isSettled(Installation serve) {
    for (int look = 0; look < 2; look++) {
      if (!isQuiet(serve)) {
        return false;
      }
    }
    return true;
  }

  private boolean isQuiet(Installation serve) {
    long soon = clock.now() + MOMENT;
    return control.get("/_sandbox/webhooks").path("pending").asLong() == 0
        && serve.reader().countDue(ID, DueWork.FETCH, soon) == 0
        && serve.reader().countDue(ID, DueWork.WRITE, soon) == 0
        && serve.reader().unwritten().dueIntents(ID, soon, 1).isEmpty();
  }

  /** Lets time pass and settles, so that tasks whose contacts have no owner are made. */
  void pass(Installation serve, Duration time) {
    settle(serve);
    clock.advance(time);
    Await.until(
        "no task is open",
        () -> {
          clock.advance(60);
          return serve.reader().unwritten().countOpenIntents(ID) == 0;
        });
    settle(serve);
  }

  @Override
  public void close() {
    control.close();
    api.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
