package io.leadgauge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.manifest.Catalog;
import io.leadgauge.manifest.Loaded;
import io.leadgauge.manifest.Manifests;
import io.leadgauge.manifest.SecretSource;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.sandbox.Limits;
import io.leadgauge.sandbox.Sandbox;
import io.leadgauge.sandbox.SandboxOptions;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A school's portal: a sandbox with the school's fields, and the manifests that serve it. */
final class School implements AutoCloseable {
  static final ConnectionId ID = new ConnectionId("school");
  static final String CLIENT_SECRET = "a-client-secret";
  static final Map<String, String> SECRETS =
      Map.of("TOKEN", SandboxOptions.TOKEN, "SECRET", CLIENT_SECRET);
  private static final Clockwork SYSTEM = new SystemClockwork();
  private static final int SEEDED_AT_ONCE = 200;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  final SandboxControl control;
  final Path manifests;
  private final Vertx vertx;
  private final URI api;

  private School(Vertx vertx, URI api, Path manifests) {
    this.vertx = vertx;
    this.api = api;
    this.control = new SandboxControl(api);
    this.manifests = manifests;
  }

  /**
   * Starts a portal.
   *
   * @param folder where its manifests are put
   * @param version the version of the CRM's API that is used
   */
  static School start(Path folder, String version) {
    return start(folder, version, SandboxOptions.defaults().withLimits(Limits.OFF), SYSTEM);
  }

  /** Starts a portal that is set up otherwise, on a clock. */
  static School start(Path folder, String version, SandboxOptions options, Clockwork clock) {
    Vertx vertx = Vertx.vertx();
    Sandbox sandbox =
        Sandbox.start(vertx, options.withSeed(7), clock)
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    try {
      copy("models/leads/model.yaml", folder, "", "");
      copy("connections/school.yaml", folder, sandbox.address().toString(), version);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    School school = new School(vertx, sandbox.address(), folder);
    school.createFields();
    return school;
  }

  /** Returns where its API is, without a path. */
  URI api() {
    return api;
  }

  private static void copy(String name, Path folder, String api, String version)
      throws IOException {
    String text = Files.readString(Path.of("src/test/resources/leads").resolve(name));
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text.replace("@API@", api).replace("@VERSION@", version));
  }

  private void createFields() {
    ObjectNode group = NODES.objectNode();
    control.post(
        "/crm/v3/properties/contacts/groups", group.put("name", "school").put("label", "School"));
    List.of(
            "occupation",
            "lead_origin",
            "lead_source",
            "seconds_on_site",
            "visits",
            "do_not_email",
            "leadgauge_grade",
            "leadgauge_label",
            "leadgauge_reasons")
        .forEach(name -> createField(name, "string", "text"));
    createField("leadgauge_score", "number", "number");
  }

  private void createField(String name, String type, String fieldType) {
    ObjectNode field = NODES.objectNode();
    field.put("name", name).put("label", name).put("groupName", "school");
    control.post(
        "/crm/v3/properties/contacts", field.put("type", type).put("fieldType", fieldType));
  }

  Catalog catalog() {
    Loaded loaded = Manifests.load(manifests, SecretSource.of(SECRETS, manifests));
    if (loaded.hasErrors()) {
      throw new AssertionError(loaded.problems());
    }
    return loaded.catalog();
  }

  /** Tells the sandbox where webhooks go. Every writable property is subscribed, ours too. */
  void subscribe(int port) {
    ObjectNode target = NODES.objectNode();
    target.put("url", "http://127.0.0.1:" + port + "/webhooks/school");
    target.put("signedUrl", "https://leads.example.com/webhooks/school");
    target.put("secret", CLIENT_SECRET);
    control.post("/_sandbox/webhooks", target);
  }

  /** Creates contacts in the CRM, which tells of each. */
  void create(List<Map<String, String>> leads) {
    for (int from = 0; from < leads.size(); from += SEEDED_AT_ONCE) {
      ObjectNode body = NODES.objectNode();
      ArrayNode contacts = body.putArray("contacts");
      for (Map<String, String> lead :
          leads.subList(from, Math.min(leads.size(), from + SEEDED_AT_ONCE))) {
        ObjectNode properties = contacts.addObject().putObject("properties");
        lead.forEach(properties::put);
      }
      control.post("/_sandbox/contacts", body);
    }
  }

  /** Returns what the sandbox is told of faults. */
  static ObjectNode faults(String faults) {
    return NODES.objectNode().put("faults", faults);
  }

  /** Changes a contact as somebody else. */
  void change(String id, String property, String value, boolean byOtherApp) {
    ObjectNode body = NODES.objectNode();
    body.putObject("properties").put(property, value);
    if (byOtherApp) {
      body.put("app", SandboxOptions.OTHER_APP_ID);
    }
    control.post("/_sandbox/contacts/" + id, body);
  }

  /** Returns what every contact holds, by id. */
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

  JsonNode webhooks() {
    return control.get("/_sandbox/webhooks");
  }

  boolean allTold() {
    return webhooks().path("pending").asLong() == 0;
  }

  /** Returns how many write calls our app has made. */
  long writeCalls() {
    for (JsonNode writes : control.get("/_sandbox/calls").path("contactWrites")) {
      if (writes.path("appId").asLong() == SandboxOptions.APP_ID) {
        return writes.path("calls").asLong();
      }
    }
    return 0;
  }

  @Override
  public void close() {
    control.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
