package io.leadgauge.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.crm.signature.RequestSigner;
import io.leadgauge.crm.signature.SignatureScheme;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Secret;
import io.leadgauge.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** A stand-in portal in a process of its own, the manifests that serve it, and its events. */
final class BenchPortal implements AutoCloseable {
  static final ConnectionId ID = new ConnectionId("bench");
  static final String CLIENT_SECRET = "a-client-secret-of-the-bench";
  static final Map<String, String> SECRETS =
      Map.of("BENCH_TOKEN", SandboxOptions.TOKEN, "BENCH_SECRET", CLIENT_SECRET);
  static final String PATH = "/webhooks/bench";
  static final String SIGNED_URL = "https://bench.example.com" + PATH;
  static final RequestSigner SIGNER =
      new RequestSigner(SignatureScheme.HUBSPOT_V3, Secret.of(CLIENT_SECRET));

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int AT_ONCE = 200;
  private static final int BATCH = 100;

  /** What is read of a contact and that nobody has set. */
  static final List<String> EMPTY =
      List.of(
          "bench_opted_out",
          "bench_visits",
          "bench_seconds",
          "hs_analytics_source",
          "recent_conversion_date",
          "recent_conversion_event_name",
          "lifecyclestage",
          "leadgauge_score",
          "leadgauge_grade",
          "leadgauge_label",
          "leadgauge_reasons");

  private static final List<String> FIELDS =
      List.of(
          "bench_occupation",
          "bench_origin",
          "bench_employees",
          "bench_opted_out",
          "bench_visits",
          "bench_seconds",
          "leadgauge_grade",
          "leadgauge_label",
          "leadgauge_reasons");

  private final Program sandbox;
  private final URI api;
  private final List<Long> contacts = new ArrayList<>();
  private final Deliveries deliveries;
  private final RandomGenerator random;

  private BenchPortal(Program sandbox, URI api, Clockwork clock, RandomGenerator random) {
    this.sandbox = sandbox;
    this.api = api;
    this.deliveries = new Deliveries(clock.now(), random);
    this.random = random;
  }

  /** Starts one with so many contacts, and writes manifests. */
  static BenchPortal start(
      Path folder, int port, int contacts, String mode, Clockwork clock, RandomGenerator random)
      throws IOException, InterruptedException {
    Program sandbox =
        Program.start(
            clock,
            folder.resolve("sandbox.log"),
            Map.of(),
            List.of("io.leadgauge.cli.Main", "sandbox", "--port=" + port, "--limits=off"));
    URI api = URI.create("http://127.0.0.1:" + port);
    sandbox.awaitReady(api.resolve("/_sandbox/calls"));
    BenchPortal portal = new BenchPortal(sandbox, api, clock, random);
    new BenchManifests(api, mode, false).write(folder.resolve("manifests"));
    portal.createFields();
    portal.createContacts(contacts);
    return portal;
  }

  private void createFields() throws IOException, InterruptedException {
    post(
        "/crm/v3/properties/contacts/groups",
        NODES.objectNode().put("name", "bench").put("label", "Bench"));
    for (String name : FIELDS) {
      createField(name, "string", "text");
    }
    createField("leadgauge_score", "number", "number");
  }

  private void createField(String name, String type, String fieldType)
      throws IOException, InterruptedException {
    ObjectNode field = NODES.objectNode();
    field.put("name", name).put("label", name).put("groupName", "bench");
    post("/crm/v3/properties/contacts", field.put("type", type).put("fieldType", fieldType));
  }

  private void createContacts(int count) throws IOException, InterruptedException {
    while (contacts.size() < count) {
      ObjectNode body = NODES.objectNode().put("webhooks", false);
      ArrayNode some = body.putArray("contacts");
      for (int i = 0; i < Math.min(AT_ONCE, count - contacts.size()); i++) {
        ObjectNode properties = some.addObject().putObject("properties");
        Person.told(contacts.size() + i, random).forEach(properties::put);
      }
      for (JsonNode id : post("/_sandbox/contacts", body).path("ids")) {
        contacts.add(id.asLong());
      }
    }
  }

  private JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
    return post(path, SandboxOptions.TOKEN, body);
  }

  private JsonNode post(String path, String token, JsonNode body)
      throws IOException, InterruptedException {
    return answered(path, sandbox.post(api.resolve(path), token, body.toString()));
  }

  /** Has another app give a property of contacts the values that events are to tell. */
  void set(String property, Map<Long, Integer> values) throws IOException, InterruptedException {
    Iterator<Map.Entry<Long, Integer>> left = values.entrySet().iterator();
    while (left.hasNext()) {
      ObjectNode body = NODES.objectNode();
      ArrayNode inputs = body.putArray("inputs");
      while (left.hasNext() && inputs.size() < BATCH) {
        Map.Entry<Long, Integer> one = left.next();
        ObjectNode input = inputs.addObject().put("id", one.getKey().toString());
        input.putObject("properties").put(property, one.getValue().toString());
      }
      post("/crm/v3/objects/contacts/batch/update", SandboxOptions.OTHER_TOKEN, body);
    }
  }

  /** Asks the stand-in itself, by a path below its address. */
  JsonNode get(String path) throws IOException, InterruptedException {
    return answered(path, sandbox.get(api.resolve(path)));
  }

  private static JsonNode answered(String path, HttpResponse<String> answer) throws IOException {
    if (answer.statusCode() >= 300) {
      throw new IOException(path + " answered " + answer.statusCode() + ": " + answer.body());
    }
    return MAPPER.readTree(answer.body());
  }

  /** Returns the address of its API. */
  URI api() {
    return api;
  }

  /** Returns the ids of all contacts. */
  List<Long> contacts() {
    return Collections.unmodifiableList(contacts);
  }

  /** Returns how many contacts there are. */
  int size() {
    return contacts.size();
  }

  /** Returns deliveries of one event each, one for every contact. */
  List<byte[]> everyone() {
    return deliveries.about(contacts.size(), 1, contacts.iterator()::next);
  }

  /** Returns deliveries about random contacts, with so many events each. */
  List<byte[]> deliveries(int count, int events) {
    return deliveries.about(count, events, () -> contacts.get(random.nextInt(contacts.size())));
  }

  /** Returns the event that a property of a contact took a value at an instant. */
  String change(long contact, String property, int value, long at) {
    return deliveries.change(contact, property, value, at);
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
