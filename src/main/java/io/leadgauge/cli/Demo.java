package io.leadgauge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadgauge.cli.DemoCrm.Row;
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
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What happens in a demo, once the sandbox and the installation run: contacts come in, a morning
 * goes by. Every step ends when its effect stands in the CRM, not after a time.
 */
final class Demo {
  private static final ConnectionId CONNECTION = new ConnectionId("demo");
  private static final long LOOK_EVERY_MILLIS = 50;
  private static final long PATIENCE_MILLIS = 60_000;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final DemoCrm crm;
  private final StoreReader reader;
  private final Clockwork clock;

  Demo(DemoCrm crm, StoreReader reader, Clockwork clock) {
    this.crm = crm;
    this.reader = reader;
    this.clock = clock;
  }

  /** Puts the sample in, and waits until all of it is scored; returns how many people they are. */
  int loadSample() {
    crm.loadSample();
    awaitNone("there is a score for", this::unscored);
    awaitQuiet();
    return crm.people().size();
  }

  private List<String> unscored() {
    return crm.people().entrySet().stream()
        .filter(person -> person.getValue().score().isEmpty())
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
      happened.put(email, crm.act(row, step));
    }
    awaitNone("a new score stands in the CRM for", () -> unchanged(happened, before));
    awaitQuiet();
    return happened;
  }

  private List<String> unchanged(Map<String, String> happened, Map<String, Row> before) {
    Map<String, Row> now = crm.people();
    return happened.keySet().stream()
        .filter(email -> score(now, email).equals(score(before, email)))
        .toList();
  }

  private static String score(Map<String, Row> rows, String email) {
    Row row = rows.get(email);
    return row == null ? "" : row.score();
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
    add(open, crm.pending(), "webhooks on their way");
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
