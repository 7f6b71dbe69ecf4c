package io.leadgauge.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.leadgauge.Await;
import io.leadgauge.MovableClock;
import io.leadgauge.crm.hubspot.HubSpotAdapter;
import io.leadgauge.naive.NaiveScore;
import io.leadgauge.pipeline.Versions;
import io.leadgauge.reliability.StoredRows.HandOff;
import io.leadgauge.replay.InForce;
import io.leadgauge.replay.Rebuild;
import io.leadgauge.replay.Rebuilt;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Holds what a serve says, its store and its CRM against an oracle, while nobody sends. */
final class Comparison {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int SOON_MILLIS = 3_000;
  private static final int MOST_TIMES = 20;

  private final House house;
  private final LivePortal portal;
  private final StoredRows rows;

  Comparison(House house, LivePortal portal) {
    this.house = house;
    this.portal = portal;
    this.rows = new StoredRows(house.data());
  }

  /** Waits until nothing is to be read or written any more. */
  void drained() {
    Await.until(
        "all is read and written",
        PATIENCE,
        () -> rows.due(System.currentTimeMillis() + SOON_MILLIS) == 0);
  }

  /**
   * Waits until all is drained, and compares the facts of every record, and the points and grade of
   * every contact. Serve goes on polling: where an entry comes in between, all is compared anew,
   * but not for ever.
   *
   * @param read has the oracle read the journal to its end
   */
  void factsAndPoints(Runnable read, Oracle oracle, ServeProcess serve) {
    for (int time = 1; ; time++) {
      drained();
      long last = rows.lastEntry();
      read.run();
      try {
        factsAndPoints(oracle, serve);
        return;
      } catch (AssertionError e) {
        if (rows.lastEntry() == last || time == MOST_TIMES) {
          throw e;
        }
      }
    }
  }

  private void factsAndPoints(Oracle oracle, ServeProcess serve) {
    SortedMap<String, SortedSet<String>> stored = rows.facts();
    for (String record : union(oracle.records(), stored.keySet())) {
      SortedSet<String> held = stored.getOrDefault(record, new TreeSet<>());
      if (!held.equals(oracle.facts(record))) {
        assertThat(held).as(record).containsExactlyElementsOf(oracle.facts(record));
      }
    }
    for (String contact : oracle.contacts()) {
      points(oracle, contact, read(serve.get(path(contact))));
    }
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    Set<String> union = new TreeSet<>(one);
    union.addAll(other);
    return union;
  }

  private static String path(String contact) {
    return "/api/contacts/" + House.PORTAL_CONNECTION + "/contact/" + contact;
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
  }

  private static void points(Oracle oracle, String contact, JsonNode answer) {
    if (oracle.isGone(contact)) {
      assertThat(answer.toString()).as(contact).contains("it was deleted");
      return;
    }
    assertThat(answer.has("total")).as("%s: %s", contact, answer).isTrue();
    long at = Instant.parse(answer.path("at").asText()).toEpochMilli();
    NaiveScore score = oracle.score(contact, at);
    String expected =
        "total %d grade %s disqualified %s %s %s"
            .formatted(
                score.total(),
                score.grade().orElse("-"),
                score.disqualified(),
                score.dimensions(),
                score.contributions());
    Map<String, Long> contributions = new TreeMap<>();
    answer
        .path("contributions")
        .forEach(line -> contributions.put(line.path("rule").asText(), millionths(line, "points")));
    Map<String, Long> dimensions = new TreeMap<>();
    answer
        .path("dimensions")
        .fieldNames()
        .forEachRemaining(
            name -> dimensions.put(name, millionths(answer.path("dimensions"), name)));
    List<String> disqualified = new ArrayList<>();
    answer.path("disqualified").forEach(reason -> disqualified.add(reason.asText()));
    String actual =
        "total %d grade %s disqualified %s %s %s"
            .formatted(
                answer.path("total").asLong(),
                answer.path("grade").asText(),
                disqualified,
                dimensions,
                contributions);
    assertThat(actual).as("%s at %d: %s", contact, at, oracle.file(contact)).isEqualTo(expected);
  }

  private static long millionths(JsonNode holder, String name) {
    return holder.path(name).decimalValue().movePointRight(6).longValueExact();
  }

  /** Folds the journal once more by the product's own rebuild: facts, first sights, decisions. */
  void rebuilds(Figures figures) {
    Vertx vertx = Vertx.vertx();
    try {
      HubSpotAdapter adapter = new HubSpotAdapter(vertx, new MovableClock(0));
      Rebuilt rebuilt =
          new Rebuild(
                  house.data(),
                  reader -> InForce.of(new Versions(reader.journal())),
                  kind -> adapter,
                  null)
              .run((sequence, last) -> {});
      assertThat(rebuilt.isEqual()).as("%s", rebuilt).isTrue();
      figures.note(
          "rebuilt alike", rebuilt.facts() + " facts, " + rebuilt.decisions() + " decisions");
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  /** Waits for the end of all hand-offs: each that was decided has one task, or was withdrawn. */
  void handOffs(Set<String> decided, Figures figures) {
    Await.until(
        "no task is to be made",
        PATIENCE,
        () ->
            rows.handOffs().values().stream()
                .noneMatch(one -> Set.of("planned", "sent").contains(one.state())));
    SortedMap<String, HandOff> handOffs = rows.handOffs();
    Map<String, List<String>> tasks = portal.tasks();
    assertThat(handOffs.keySet()).containsExactlyInAnyOrderElementsOf(decided);
    tasks.forEach((key, ids) -> assertThat(ids).as("tasks of %s", key).hasSize(1));
    Map<String, List<String>> expected = new TreeMap<>();
    handOffs.forEach(
        (key, one) -> {
          assertThat(one.state()).isIn("done", "withdrawn");
          if (one.state().equals("done")) {
            expected.put(key, List.of(String.valueOf(one.task())));
          }
        });
    assertThat(new TreeMap<>(tasks)).isEqualTo(expected);
    figures.note("hand-offs", handOffs.size() + ", " + tasks.size() + " of them with a task");
  }
}
