package io.leadgauge.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.Await;
import io.leadgauge.sandbox.SandboxOptions;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every event ten times, in any order, in other deliveries than at first, leaves what it left once
 * and in order: the same facts to the byte, the points that follow from them, and a CRM that is
 * written no oftener. What events tell is what the portal holds. {@code -Dseed=N} repeats a run.
 */
class RepeatedTest {
  private static final int TIMES = 10;
  private static final int CONTACTS = Figures.isLong() ? 1_000 : 60;
  private static final int CHANGES = 25;
  private static final int MOST_EVENTS = 20;
  private static final int LINES = 8;
  private static final String EVENT = "2";

  private static final Map<String, List<String>> VALUES =
      Map.of(
          "occupation", List.of("Working Professional", "Other", "Chef"),
          "country", List.of("India", "Deutschland", "France"),
          "visits", List.of("0", "3", "12.5", "1,200", "many"),
          "company_size", List.of("1-10", "501-1000", "1000+", "lots"),
          "do_not_email", List.of("Yes", "no", "perhaps"));

  @TempDir Path folder;

  private final long seed = Long.getLong("seed", System.nanoTime() % 1_000_000);
  private final Random random = new Random(seed);
  private final Figures figures = new Figures(RepeatedTest.class);
  private final long from = System.currentTimeMillis() - Duration.ofDays(60).toMillis();

  /** A portal, and a serve of its own. */
  private record Side(LivePortal portal, House house, ServeProcess serve, Comparison comparison)
      implements AutoCloseable {
    static Side in(Path folder) {
      LivePortal portal = LivePortal.of(CONTACTS);
      House house = House.scoring(folder, portal.api(), "1s");
      ServeProcess serve = house.launch().environment("TOKEN", SandboxOptions.TOKEN).start();
      return new Side(portal, house, serve, new Comparison(house, portal));
    }

    /** Waits until all is settled; facts and points are then what the journal says. */
    Oracle settled() {
      Oracle oracle = new Oracle(House.scoringModel());
      Audit audit = new Audit(List.of(), oracle);
      comparison.factsAndPoints(() -> read(audit), oracle, serve);
      return oracle;
    }

    private void read(Audit audit) {
      try (StoreReader reader = Store.read(house.data())) {
        audit.catchUp(reader);
      }
    }

    @Override
    public void close() {
      serve.close();
      portal.close();
    }
  }

  /** A change in the portal, and the event that tells of it. */
  private record Change(String contact, String property, String value, long at) {
    String event(int number) {
      return House.change(number, Long.parseLong(contact), property, value, at);
    }
  }

  @Test
  void everyEventTenTimes_shuffledAndRegrouped_leavesWhatItLeftOnce() {
    figures.note("seed", seed);
    try (Side once = Side.in(folder.resolve("once"));
        Side often = Side.in(folder.resolve("often"))) {
      List<String> contacts = List.copyOf(once.portal().contacts().keySet());
      assertThat(often.portal().contacts().keySet()).containsExactlyElementsOf(contacts);
      List<Change> changes = changes(contacts);
      List<String> events =
          IntStream.range(0, changes.size())
              .mapToObj(i -> changes.get(i).event(i + 1_000))
              .toList();

      once.serve().awaitReady();
      happen(once, changes, events);
      Oracle expected = once.settled();
      long contactsWritten = once.portal().contactsWritten();
      long calls = once.portal().writeCalls();
      post(once, grouped(shuffled(events, TIMES - 1)));
      Oracle repeated = once.settled();
      assertThat(told(repeated)).isEqualTo(told(expected));
      figures.note("contacts written once", contactsWritten + " in " + calls + " calls");
      figures.note(
          "written more by nine repetitions",
          (once.portal().contactsWritten() - contactsWritten)
              + " in "
              + (once.portal().writeCalls() - calls)
              + " calls");
      assertThat(once.portal().contactsWritten()).isLessThanOrEqualTo(contactsWritten * 101 / 100);
      assertThat(once.portal().writeCalls()).isLessThanOrEqualTo(calls * 101 / 100);

      changes.forEach(change -> apply(often.portal(), change));
      often.serve().awaitReady();
      post(often, grouped(shuffled(events, TIMES)));
      assertThat(told(often.settled())).isEqualTo(told(expected));
      figures.note(
          "contacts written where all ten came shuffled", often.portal().contactsWritten());
      assertThat(written(often.portal())).isEqualTo(written(once.portal()));
    }
  }

  /** Returns changes of all contacts in the order of time, no two of one instant. */
  private List<Change> changes(List<String> contacts) {
    List<Change> changes = new ArrayList<>();
    Map<String, String> held = new TreeMap<>();
    long at = from;
    for (int i = 0; i < CHANGES * contacts.size(); i++) {
      at += 1 + random.nextInt(1_000);
      String contact = contacts.get(random.nextInt(contacts.size()));
      List<String> names = List.copyOf(new TreeSet<>(VALUES.keySet()));
      String property = names.get(random.nextInt(names.size()));
      List<String> values = VALUES.getOrDefault(property, List.of());
      String value = values.get(random.nextInt(values.size()));
      if (!value.equals(held.put(contact + property, value))) {
        changes.add(new Change(contact, property, value, at));
      }
    }
    return changes;
  }

  /** Lets the portal change, and tells of it at once. */
  private void happen(Side side, List<Change> changes, List<String> events) {
    for (int start = 0; start < changes.size(); ) {
      int end = groupEnd(start, changes.size());
      changes.subList(start, end).forEach(change -> apply(side.portal(), change));
      post(side, List.of(House.body(events.subList(start, end))));
      start = end;
    }
  }

  private int groupEnd(int start, int size) {
    return Math.min(size, start + 1 + random.nextInt(MOST_EVENTS));
  }

  private static void apply(LivePortal portal, Change change) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("webhooks", false);
    body.put("at", Instant.ofEpochMilli(change.at()).toString());
    body.putObject("properties").put(change.property(), change.value());
    portal.tell("/_sandbox/contacts/" + change.contact(), body);
  }

  private List<String> shuffled(List<String> events, int times) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      all.addAll(events);
    }
    Collections.shuffle(all, random);
    return all;
  }

  private List<byte[]> grouped(List<String> events) {
    List<byte[]> bodies = new ArrayList<>();
    for (int start = 0; start < events.size(); ) {
      int end = groupEnd(start, events.size());
      bodies.add(House.body(events.subList(start, end)));
      start = end;
    }
    return bodies;
  }

  private static void post(Side side, List<byte[]> bodies) {
    try (ExecutorService lines = Executors.newFixedThreadPool(LINES)) {
      List<CompletableFuture<Void>> done = new ArrayList<>();
      for (int i = 0; i < LINES; i++) {
        int first = i;
        done.add(CompletableFuture.runAsync(() -> post(side, bodies, first), lines));
      }
      done.forEach(CompletableFuture::join);
    }
  }

  private static void post(Side side, List<byte[]> bodies, int first) {
    try (Line line = Line.to(side.serve().port())) {
      for (int i = first; i < bodies.size(); i += LINES) {
        byte[] body = bodies.get(i);
        Await.until("it is kept", () -> isKept(line, side, body));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the disk hangs for seconds, whoever comes is told to come again. */
  private static boolean isKept(Line line, Side side, byte[] body) {
    String connection = House.PORTAL_CONNECTION;
    try {
      Line.Reply reply =
          line.post(House.path(connection), side.house().signed(connection, body), body);
      assertThat(reply.status()).as("%s", reply).isIn(204, 503);
      return reply.isKept();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what was told since then; what was read carries the hour of its reading. */
  private SortedSet<String> told(Oracle oracle) {
    SortedSet<String> told = new TreeSet<>();
    for (String contact : oracle.contacts()) {
      for (String fact : oracle.facts("contact/" + contact)) {
        String[] words = fact.split(" ", 4);
        if (VALUES.containsKey(words[0])
            && Long.parseLong(words[1]) >= from
            && words[2].equals(EVENT)) {
          told.add(contact + " " + fact);
        }
      }
    }
    return told;
  }

  private static Map<String, String> written(LivePortal portal) {
    Map<String, String> written = new TreeMap<>();
    portal
        .contacts()
        .forEach(
            (id, properties) ->
                written.put(
                    id,
                    properties.path("leadgauge_score").asText()
                        + " "
                        + properties.path("leadgauge_grade").asText()));
    return written;
  }
}
