package io.leadgauge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadgauge.crm.PortalNeeds;
import io.leadgauge.crm.salesforce.SalesforcePackage;
import io.leadgauge.manifest.Catalog;
import io.leadgauge.manifest.Loaded;
import io.leadgauge.manifest.Manifests;
import io.leadgauge.manifest.SecretSource;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordRef;
import io.leadgauge.sandbox.salesforce.ConnectedApp;
import io.leadgauge.sandbox.salesforce.SalesforceOptions;
import io.leadgauge.sandbox.salesforce.SalesforceSandbox;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A stand-in org with our package deployed into it, and the manifests that serve it. */
final class Org implements AutoCloseable {
  static final ConnectionId ID = new ConnectionId("org");
  static final String TOKEN = "a-token-in-the-path-of-messages";
  static final Map<String, String> SECRETS =
      Map.of(
          "CLIENT", ConnectedApp.CLIENT_ID,
          "SECRET", ConnectedApp.CLIENT_SECRET,
          "TOKEN", TOKEN);

  private static final ObjectMapper MAPPER = new ObjectMapper();

  final SandboxControl control;
  final Path manifests;
  private final Vertx vertx = Vertx.vertx();
  private final SalesforceSandbox sandbox;
  private final PortalNeeds needs;

  private Org(Path folder, SalesforceOptions options, Clockwork clock) throws IOException {
    this.sandbox =
        SalesforceSandbox.start(vertx, options, clock)
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    this.control = new SandboxControl(sandbox.address());
    this.manifests = folder;
    write("models/org/model.yaml", "");
    write("models/org/cases.yaml", "");
    write("connections/org.yaml", "      lead: [SystemModstamp]\n");
    Catalog first = catalog();
    this.needs = Candidates.needs(first, first.connections().values().iterator().next());
    write("connections/org.yaml", messages(needs));
    new PackageDeployment(control, made(0)).fields();
  }

  /** Starts an org with our fields in it, whose manifests are put into a folder. */
  static Org start(Path folder, SalesforceOptions options, Clockwork clock) {
    try {
      return new Org(folder, options.withSeed(7), clock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String messages(PortalNeeds needs) {
    StringBuilder text = new StringBuilder();
    SalesforcePackage.messages(needs)
        .forEach(
            (type, fields) ->
                text.append("      ").append(type).append(": ").append(fields).append('\n'));
    return text.toString();
  }

  private void write(String name, String messages) throws IOException {
    String text = Files.readString(Path.of("src/test/resources/org").resolve(name));
    Path file = manifests.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        text.replace("@API@", sandbox.address().toString()).replace("@MESSAGES@\n", messages));
  }

  /** Says something else in the manifest of the connection. */
  void edit(String text, String instead) {
    Path file = manifests.resolve("connections/org.yaml");
    try {
      Files.writeString(file, Files.readString(file).replace(text, instead));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Catalog catalog() {
    Loaded loaded = Manifests.load(manifests, SecretSource.of(SECRETS, manifests));
    if (loaded.hasErrors()) {
      throw new AssertionError(loaded.problems());
    }
    return loaded.catalog();
  }

  private SalesforcePackage made(int port) {
    URI endpoint = URI.create("http://127.0.0.1:" + port + "/webhooks/org/" + TOKEN);
    return new SalesforcePackage(endpoint, ConnectedApp.USERNAME, needs);
  }

  /** Makes the flows, so that messages go to a port from now on. */
  void subscribe(int port) {
    new PackageDeployment(control, made(port)).messages();
  }

  /** Puts generated leads in, which the flows tell of. */
  void create(int leads) {
    sandbox.loadGenerated(leads, true).toCompletionStage().toCompletableFuture().join();
  }

  /** Creates a record; returns its id. */
  String create(String object, String fields) {
    return post("/_sandbox/" + object, "{\"records\":[{\"fields\":{" + fields + "}}]}")
        .at("/ids/0")
        .asText();
  }

  /** Changes a record as a person. */
  void change(String object, String id, String fields) {
    post("/_sandbox/" + object + "/" + id, "{\"fields\":{" + fields + "}}");
  }

  /** Deletes a record as a person. */
  void delete(String object, String id) {
    Commands.delete(sandbox.address().resolve("/_sandbox/" + object + "/" + id));
  }

  JsonNode post(String path, String body) {
    try {
      return control.post(path, MAPPER.readTree(body));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what every lead and contact holds. */
  Map<RecordRef, Map<String, String>> persons() {
    Map<RecordRef, Map<String, String>> persons = new TreeMap<>();
    for (JsonNode person : control.get("/_sandbox/contacts").path("contacts")) {
      String type = person.path("type").asText().equals("Lead") ? "lead" : "contact";
      Map<String, String> fields = new TreeMap<>();
      person
          .path("fields")
          .properties()
          .forEach(field -> fields.put(field.getKey(), field.getValue().asText("")));
      persons.put(new RecordRef(ID, type, person.path("id").asText()), fields);
    }
    return persons;
  }

  /** Returns what a record holds in a field; numbers without their fraction. */
  String field(String object, String id, String name) {
    return control
        .get("/_sandbox/" + object + "/" + id)
        .path("fields")
        .path(name)
        .asText("")
        .replaceFirst("\\.0+$", "");
  }

  boolean allTold() {
    return control.get("/_sandbox/webhooks").path("pending").asLong() == 0;
  }

  /** Returns how many write calls of collections we have made. */
  long writeCalls() {
    long calls = 0;
    for (JsonNode row : control.get("/_sandbox/calls").path("calls")) {
      boolean write = row.path("method").asText().equals("PATCH");
      calls += write && row.path("route").asText().equals("/composite/sobjects") ? count(row) : 0;
    }
    return calls;
  }

  private static long count(JsonNode row) {
    return row.path("count").asLong();
  }

  @Override
  public void close() {
    control.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
