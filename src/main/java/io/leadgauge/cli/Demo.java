package io.leadgauge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Due;
import io.leadgauge.store.DueWork;
import io.leadgauge.store.StoreReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What happens in a demo, once the sandbox and the installation run: contacts come in, a morning
 * goes by. Every step ends when its effect stands in the CRM, not after a time.
 */
final class Demo {
  private static final ConnectionId CONNECTION = new ConnectionId("demo");
  private static final String SHOWN =
      "email,firstname,lastname,jobtitle,lifecyclestage,leadgauge_score,leadgauge_grade,"
          + "leadgauge_label,leadgauge_segment,leadgauge_reasons";
  private static final long LOOK_EVERY_MILLIS = 50;
  private static final long PATIENCE_MILLIS = 60_000;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final SandboxControl sandbox;
  private final StoreReader reader;
  private final Clockwork clock;

  Demo(SandboxControl sandbox, StoreReader reader, Clockwork clock) {
    this.sandbox = sandbox;
    this.reader = reader;
    this.clock = clock;
  }

  /**
   * A contact as it stands in the CRM.
   *
   * @param values its properties; those without a value are absent
   */
  record Row(String id, Map<String, String> values) {
    String value(String property) {
      return values.getOrDefault(property, "");
    }

    String score() {
      return value("leadgauge_score");
    }
  }

  /** Tells the sandbox where webhooks go, and which address they sign. */
  void subscribe(int port) {
    ObjectNode target = JsonNodeFactory.instance.objectNode();
    target.put("url", "http://127.0.0.1:" + port + "/webhooks/" + CONNECTION);
    target.put("signedUrl", "https://leads.example.com/webhooks/" + CONNECTION);
    target.put("secret", DemoFolder.CLIENT_SECRET);
    ArrayNode properties = target.putArray("properties");
    List.of("email", "jobtitle", "country", "industry", "numemployees", "lifecyclestage")
        .forEach(properties::add);
    sandbox.post("/_sandbox/webhooks", target);
  }

  /** Puts the sample in, with a webhook for each change, and waits until all of it is scored. */
  int loadSample() {
    sandbox.post("/_sandbox/sample", JsonNodeFactory.instance.objectNode());
    awaitNone("there is a score for", this::unscored);
    awaitQuiet();
    return contacts().size();
  }

  private List<String> unscored() {
    return contacts().entrySet().stream()
        .filter(contact -> contact.getValue().score().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Lets a morning go by; returns what happened, by e-mail address. */
  Map<String, String> morning(Map<String, Row> before) {
    Map<String, String> happened = new LinkedHashMap<>();
    for (JsonNode step : read("/demo/morning.json")) {
      String email = step.path("email").asText();
      Row row = before.get(email);
      if (row == null) {
        throw new IllegalStateException("not in the sample: " + email);
      }
      happened.put(email, act(row, step));
    }
    awaitNone("a new score stands in the CRM for", () -> unchanged(happened, before));
    awaitQuiet();
    return happened;
  }

  private List<String> unchanged(Map<String, String> happened, Map<String, Row> before) {
    Map<String, Row> now = contacts();
    return happened.keySet().stream()
        .filter(email -> score(now, email).equals(score(before, email)))
        .toList();
  }

  private static String score(Map<String, Row> rows, String email) {
    Row row = rows.get(email);
    return row == null ? "" : row.score();
  }

  private String act(Row row, JsonNode step) {
    String path = "/_sandbox/contacts/" + row.id();
    if (step.has("properties")) {
      ObjectNode change = JsonNodeFactory.instance.objectNode();
      change.set("properties", step.path("properties"));
      sandbox.post(path, change);
      return "a colleague edits " + String.join(", ", names(step.path("properties")));
    }
    sandbox.post(path + "/activities", step.path("activities"));
    StringBuilder text = new StringBuilder();
    for (JsonNode activity : step.path("activities")) {
      text.append(text.isEmpty() ? "" : ", ").append(describe(activity));
    }
    return text.toString();
  }

  private static List<String> names(JsonNode properties) {
    return properties.properties().stream().map(Map.Entry::getKey).toList();
  }

  private static String describe(JsonNode activity) {
    String detail = activity.path("form").asText(activity.path("url").asText());
    String type = activity.path("type").asText().replace('_', ' ');
    return detail.isEmpty()
        ? type
        : type + " \"" + detail.replaceFirst("^https?://[^/]*", "") + "\"";
  }

  /** Returns all contacts as they stand in the CRM, by e-mail address. */
  Map<String, Row> contacts() {
    Map<String, Row> rows = new TreeMap<>();
    for (JsonNode contact :
        sandbox.get("/_sandbox/contacts?properties=" + SHOWN).path("contacts")) {
      Map<String, String> values = new TreeMap<>();
      contact
          .path("properties")
          .properties()
          .forEach(property -> values.put(property.getKey(), property.getValue().asText("")));
      rows.put(values.get("email"), new Row(contact.path("id").asText(), values));
    }
    return rows;
  }

  private static JsonNode read(String resource) {
    try {
      return MAPPER.readTree(DemoFolder.resource(resource));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until no webhook is on its way and nothing is due. */
  private void awaitQuiet() {
    awaitNone("all is done:", this::underWay);
  }

  private List<String> underWay() {
    List<String> open = new ArrayList<>();
    long pending = sandbox.get("/_sandbox/webhooks").path("pending").asLong();
    add(open, pending, "webhooks on their way");
    add(open, reader.countDue(CONNECTION, DueWork.FETCH, Due.NEVER), "contacts to read");
    add(open, reader.countDue(CONNECTION, DueWork.WRITE, Due.NEVER), "contacts to write");
    return open;
  }

  private static void add(List<String> open, long count, String what) {
    if (count > 0) {
      open.add(count + " " + what);
    }
  }

  private void awaitNone(String what, Supplier<List<String>> open) {
    long end = clock.now() + PATIENCE_MILLIS;
    List<String> left = open.get();
    while (!left.isEmpty()) {
      if (clock.now() > end) {
        throw new IllegalStateException(
            "waited a minute in vain until " + what + " " + String.join(", ", left));
      }
      pause();
      left = open.get();
    }
  }

  private void pause() {
    ReentrantLock lock = new ReentrantLock();
    Condition never = lock.newCondition();
    lock.lock();
    try {
      clock.awaitUntil(never, clock.now() + LOOK_EVERY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      lock.unlock();
    }
  }
}
