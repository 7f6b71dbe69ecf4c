package io.leadgauge.reliability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.model.Clockwork;
import io.leadgauge.sandbox.Limits;
import io.leadgauge.sandbox.Sandbox;
import io.leadgauge.sandbox.SandboxOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/**
 * A HubSpot portal behind a {@link FaultProxy}: the sandbox, with the fields of {@link House}, that
 * tests look at and change behind the proxy's back.
 */
final class OutagePortal implements AutoCloseable {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SEEDED_AT_ONCE = 1_000;
  private static final int SECONDS = 30;

  /** The stage of the model, with a task for sales. */
  private static final String HAND_OFF =
      "mql: { enter: total >= 40, leave: total < 30, "
          + "handOff: { task: \"Call: {reasons}\", due: 4h, cooldown: 30d } }";

  final FaultProxy proxy;
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Sandbox sandbox;

  private OutagePortal(Limits limits, Clockwork clock, long seed) {
    SandboxOptions options =
        SandboxOptions.defaults()
            .withLimits(limits)
            .withTokens(Map.of(House.ACCESS_TOKEN, SandboxOptions.APP_ID))
            .withSearchLag(Duration.ZERO)
            .withFirstStage(Optional.empty())
            .withSeed(seed);
    sandbox = done(Sandbox.start(vertx, options, clock));
    proxy = FaultProxy.before(sandbox.address(), seed);
  }

  /** Opens a portal without contacts. */
  static OutagePortal open(Limits limits, Clockwork clock, long seed) {
    OutagePortal portal = new OutagePortal(limits, clock, seed);
    portal.field("occupation", "string", "text");
    portal.field("visits", "string", "text");
    portal.field("leadgauge_grade", "string", "text");
    portal.field("leadgauge_label", "string", "text");
    portal.field("leadgauge_reasons", "string", "text");
    portal.field("leadgauge_score", "number", "number");
    return portal;
  }

  /**
   * Writes manifests that serve this portal, through the proxy, with tasks for sales.
   *
   * @param calls the calls in ten seconds
   * @param timeout of a call
   */
  House house(Path folder, int calls, Duration timeout) {
    House house = House.in(folder, proxy.address().toString(), "full", "acme");
    edit(
        house.manifests().resolve("connections/acme.yaml"),
        text ->
            text.replace("callsPerTenSeconds: 10000", pace(calls, timeout))
                .replace("minInterval: 1s", "minInterval: 5s"));
    edit(
        house.manifests().resolve("models/leads/model.yaml"),
        text -> text.replace("mql: { enter: total >= 40, leave: total < 30 }", HAND_OFF));
    return house;
  }

  private static String pace(int calls, Duration timeout) {
    return "callsPerTenSeconds: " + calls + ", timeout: " + timeout.toSeconds() + "s";
  }

  static void edit(Path file, UnaryOperator<String> change) {
    try {
      String text = Files.readString(file);
      String changed = change.apply(text);
      if (changed.equals(text)) {
        throw new AssertionError("nothing to change in " + file);
      }
      Files.writeString(file, changed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void field(String name, String type, String fieldType) {
    ObjectNode field = NODES.objectNode();
    field.put("name", name).put("label", name).put("groupName", "contactinformation");
    post("/crm/v3/properties/contacts", field.put("type", type).put("fieldType", fieldType));
  }

  /** Puts so many contacts in; nobody is told. Returns their ids. */
  List<Long> contacts(int count, IntFunction<Map<String, String>> properties) {
    List<Long> ids = new ArrayList<>();
    while (ids.size() < count) {
      ObjectNode body = NODES.objectNode().put("webhooks", false);
      ArrayNode contacts = body.putArray("contacts");
      int until = Math.min(count, ids.size() + SEEDED_AT_ONCE);
      for (int i = ids.size(); i < until; i++) {
        ObjectNode values = contacts.addObject().putObject("properties");
        properties.apply(i).forEach(values::put);
      }
      post("/_sandbox/contacts", body).path("ids").forEach(id -> ids.add(id.asLong()));
    }
    return ids;
  }

  /**
   * Changes a contact as a person does; who is to be told is told by the test.
   *
   * @return when that was, by the CRM
   */
  long set(long id, String property, String value) {
    ObjectNode body = NODES.objectNode().put("webhooks", false);
    body.putObject("properties").put(property, value);
    post("/_sandbox/contacts/" + id, body);
    JsonNode newest =
        get("/_sandbox/contacts/" + id).at("/propertiesWithHistory/" + property + "/0");
    return Instant.parse(newest.path("timestamp").asText()).toEpochMilli();
  }

  /** Puts a company in at which all these contacts work; nobody is told. Returns its id. */
  long company(List<Long> contacts, String employees) {
    ObjectNode body = NODES.objectNode().put("webhooks", false);
    ObjectNode company = body.putArray("companies").addObject();
    company.putObject("properties").put("name", "Big").put("numberofemployees", employees);
    ArrayNode ends = company.putArray("associations");
    contacts.forEach(id -> ends.add("contacts/" + id));
    return post("/_sandbox/companies", body).at("/ids/0").asLong();
  }

  /** Changes how many people work at a company; returns when that was, by the CRM. */
  long employ(long company, String employees) {
    ObjectNode body = NODES.objectNode().put("webhooks", false);
    body.putObject("properties").put("numberofemployees", employees);
    post("/_sandbox/companies/" + company, body);
    String newest = "/propertiesWithHistory/numberofemployees/0/timestamp";
    return Instant.parse(get("/_sandbox/companies/" + company).at(newest).asText()).toEpochMilli();
  }

  /** Returns what every contact holds, by id. */
  Map<Long, Map<String, String>> held() {
    Map<Long, Map<String, String>> held = new TreeMap<>();
    for (JsonNode contact : get("/_sandbox/contacts").path("contacts")) {
      Map<String, String> values = new TreeMap<>();
      contact
          .path("properties")
          .properties()
          .forEach(e -> values.put(e.getKey(), e.getValue().asText()));
      held.put(contact.path("id").asLong(), values);
    }
    return held;
  }

  /** Returns the notes of all tasks that are there. */
  List<String> tasks() {
    List<String> notes = new ArrayList<>();
    get("/_sandbox/tasks")
        .path("tasks")
        .forEach(task -> notes.add(task.path("properties").path("hs_task_body").asText()));
    return notes;
  }

  /** Returns how many values of contacts a contact's field has had. */
  int versions(long id, String property) {
    return get("/_sandbox/contacts/" + id).at("/propertiesWithHistory/" + property).size();
  }

  /** Returns how many calls reached the CRM with an outcome, such as {@code 429}; all by "". */
  long calls(String outcome) {
    long count = 0;
    for (JsonNode call : get("/_sandbox/calls").path("calls")) {
      if (outcome.isEmpty() || call.path("outcome").asText().equals(outcome)) {
        count += call.path("count").asLong();
      }
    }
    return count;
  }

  /** Returns how many contacts all write calls were about. */
  long contactsWritten() {
    long count = 0;
    for (JsonNode writes : get("/_sandbox/calls").path("contactWrites")) {
      count += writes.path("contacts").asLong();
    }
    return count;
  }

  /** Forgets the calls so far. */
  void forgetCalls() {
    send(HttpRequest.newBuilder(sandbox.address().resolve("/_sandbox/calls")).DELETE());
  }

  /**
   * What the CRM should hold of a contact by its own values and {@link House#MODEL}: no class of
   * the product has a part in it.
   */
  record Expected(String score, String grade, String label, boolean qualified) {
    /** Where we bring a contact, and where a person brings it on to. */
    private static final Set<String> BROUGHT = Set.of("marketingqualifiedlead", "customer");

    static Expected of(Map<String, String> held) {
      BigDecimal fit = BigDecimal.ZERO;
      if ("Working Professional".equals(held.get("occupation"))) {
        fit = fit.add(new BigDecimal("25"));
      }
      if ("India".equals(held.get("country"))) {
        fit = fit.add(new BigDecimal("2.5"));
      }
      int visits = Integer.parseInt(held.getOrDefault("visits", "0"));
      String seen = visits >= 5 ? "30" : visits >= 1 ? "14.25" : "0";
      BigDecimal engagement = new BigDecimal(seen);
      BigDecimal total = fit.add(engagement);
      String letter = fit.intValue() >= 25 ? "A" : fit.intValue() >= 2 ? "B" : "C";
      int digit = engagement.intValue() >= 30 ? 1 : engagement.intValue() >= 10 ? 2 : 3;
      String label = total.intValue() >= 50 ? "hot" : total.intValue() >= 25 ? "warm" : "cold";
      return new Expected(
          total.setScale(0, RoundingMode.HALF_EVEN).toPlainString(),
          letter + digit,
          label,
          total.intValue() >= 40);
    }

    /** Tells whether a contact's fields are so. */
    boolean isHeldBy(Map<String, String> held) {
      return score.equals(held.get("leadgauge_score"))
          && grade.equals(held.get("leadgauge_grade"))
          && label.equals(held.get("leadgauge_label"))
          && (!qualified || BROUGHT.contains(held.getOrDefault("lifecyclestage", "")));
    }
  }

  private JsonNode get(String path) {
    return send(HttpRequest.newBuilder(sandbox.address().resolve(path)).GET());
  }

  private JsonNode post(String path, ObjectNode body) {
    return send(
        HttpRequest.newBuilder(sandbox.address().resolve(path))
            .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  private JsonNode send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer =
          http.send(
              request
                  .header("Authorization", "Bearer " + House.ACCESS_TOKEN)
                  .header("Content-Type", "application/json")
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new AssertionError(answer.uri() + ": " + answer.body());
      }
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static <T> T done(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    proxy.close();
    http.close();
    done(vertx.close());
  }
}
