package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.leadgauge.Found;
import io.leadgauge.MovableClock;
import io.leadgauge.Seeds;
import io.leadgauge.crm.CrmAdapter;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.Decoded;
import io.leadgauge.crm.hubspot.HubSpotAdapter;
import io.leadgauge.manifest.Catalog;
import io.leadgauge.manifest.ConnectionManifest;
import io.leadgauge.manifest.Loaded;
import io.leadgauge.manifest.Manifests;
import io.leadgauge.manifest.SecretSource;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.scoring.Score;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A day of webhooks as the sandbox sent them: sample contacts created, a morning of edits, our own
 * writes coming back. Whatever order, grouping and repetition it comes in, the facts and points are
 * the same to the byte.
 */
class RecordedDayTest {
  private static final Path DAY = Path.of("src/test/resources/recorded-day.jsonl");
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final ConnectionId ID = new ConnectionId("demo");
  private static final long NOW = 1_800_000_000_000L;
  private static final int MOST_EVENTS = 100;

  private static Vertx vertx;
  private static CrmAdapter adapter;
  private static ConnectionScope scope;
  private static List<List<JsonNode>> day;

  @TempDir static Path manifests;
  @TempDir Path folder;

  @BeforeAll
  static void read() throws IOException {
    vertx = Vertx.vertx();
    adapter = new HubSpotAdapter(vertx, new MovableClock(NOW));
    scope = scope();
    day = new ArrayList<>();
    for (String line : Files.readAllLines(DAY)) {
      List<JsonNode> events = new ArrayList<>();
      MAPPER.readTree(line).forEach(events::add);
      day.add(events);
    }
    assertThat(day).hasSizeGreaterThan(5);
  }

  @AfterAll
  static void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void day_inAnyOrderGroupingAndRepetition_givesTheSameFactsAndPoints() {
    String recorded = told(folded(day));
    assertThat(recorded).contains("VP Analytics").contains("points");
    Seeds.forEach(1_000, random -> assertThat(told(folded(disturbed(random)))).isEqualTo(recorded));
  }

  @Test
  void day_throughTheStore_givesTheSameFactsAndPoints() {
    String recorded = told(folded(day));
    Seeds.forEach(
        5,
        random ->
            assertThat(told(kept(disturbed(random), folder.resolve("" + random.nextLong()))))
                .isEqualTo(recorded));
  }

  /** Shuffles all events, repeats some, and groups them anew. */
  private static List<List<JsonNode>> disturbed(SplittableRandom random) {
    List<JsonNode> events = new ArrayList<>();
    for (List<JsonNode> delivery : day) {
      for (JsonNode event : delivery) {
        events.add(event);
        if (random.nextInt(5) == 0) {
          events.add(event);
        }
      }
    }
    Collections.shuffle(events, new Random(random.nextLong()));
    List<List<JsonNode>> deliveries = new ArrayList<>();
    int from = 0;
    while (from < events.size()) {
      int to = Math.min(events.size(), from + 1 + random.nextInt(MOST_EVENTS));
      deliveries.add(events.subList(from, to));
      from = to;
    }
    return deliveries;
  }

  private static Map<RecordRef, RecordState> folded(List<List<JsonNode>> deliveries) {
    Map<RecordRef, Working> touched = new TreeMap<>();
    long sequence = 0;
    for (List<JsonNode> events : deliveries) {
      Decoded decoded = adapter.decode(scope.connection(), delivery(events));
      assertThat(decoded).isInstanceOf(Decoded.Events.class);
      sequence++;
      Fold fold = new Fold(scope, ref -> working(touched, ref), sequence, NOW);
      touched.putAll(fold.events(((Decoded.Events) decoded).events()));
    }
    Map<RecordRef, RecordState> states = new TreeMap<>();
    touched.forEach((ref, working) -> states.put(ref, working.state()));
    return states;
  }

  private static Working working(Map<RecordRef, Working> touched, RecordRef ref) {
    Working known = touched.get(ref);
    return known == null ? Working.of(RecordState.unknown(ref, NOW)) : known;
  }

  private static Map<RecordRef, RecordState> kept(List<List<JsonNode>> deliveries, Path place) {
    Map<RecordRef, RecordState> states = new TreeMap<>();
    try (Store store = Store.open(place);
        StoreReader reader = store.reader()) {
      Scopes scopes = new Scopes();
      scopes.put(scope);
      Intake intake =
          new Intake(
              scopes,
              id -> adapter,
              new States(reader, 1 << 20),
              store,
              new DiskWatch(store),
              new PipelineMetrics(new SimpleMeterRegistry()),
              new MovableClock(NOW),
              () -> {},
              id -> {},
              stored -> stored.forEach(state -> states.put(state.ref(), state)));
      intake.start();
      List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
      deliveries.forEach(
          events -> receipts.add(intake.receive(delivery(events)).toCompletableFuture()));
      receipts.forEach(receipt -> assertThat(receipt.join()).isInstanceOf(Receipt.Kept.class));
      intake.close();
      states.replaceAll((ref, state) -> reader.load(ref).orElseThrow());
    }
    return states;
  }

  private static Delivery delivery(List<JsonNode> events) {
    ArrayNode body = JsonNodeFactory.instance.arrayNode();
    events.forEach(body::add);
    return new Delivery(
        ID,
        NOW,
        "POST",
        "/webhooks/demo",
        List.of(),
        body.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static Score points(RecordState state) {
    return Appraisal.of(scope, ContactView.of(scope, state, ref -> Optional.empty()))
        .evaluate(scope.models().getFirst(), NOW)
        .score();
  }

  /** Returns all facts and the points on them as text. */
  private static String told(Map<RecordRef, RecordState> states) {
    StringBuilder text = new StringBuilder();
    states.forEach(
        (ref, state) -> {
          text.append(ref).append('\n').append(state.facts().canonical());
          text.append("points ").append(points(unscored(state))).append('\n');
        });
    return text.toString();
  }

  /** Points do not depend on decisions; the decision is taken from the comparison. */
  private static RecordState unscored(RecordState state) {
    return RecordState.unknown(state.ref(), NOW).withFacts(state.facts(), 0, NOW);
  }

  private static ConnectionScope scope() throws IOException {
    copy(Path.of("manifests/models/b2b-saas/model.yaml"), "models/b2b-saas/model.yaml");
    copy(Path.of("src/main/resources/demo/connection.yaml"), "connections/demo.yaml");
    Loaded loaded =
        Manifests.load(
            manifests,
            SecretSource.of(
                Map.of("DEMO_ACCESS_TOKEN", "t", "DEMO_CLIENT_SECRET", "s"), manifests));
    assertThat(loaded.hasErrors()).as(loaded.problems().toString()).isFalse();
    Catalog catalog = loaded.catalog();
    ConnectionManifest manifest = Found.in(catalog.connections(), ID);
    assertThat(manifest.connection().kind()).isEqualTo(CrmKind.HUBSPOT);
    return new ConnectionScope(manifest.connection(), "", manifest.models());
  }

  private static void copy(Path from, String to) throws IOException {
    Path file = manifests.resolve(to);
    Files.createDirectories(file.getParent());
    Files.writeString(file, Files.readString(from).replace("@API@", "http://127.0.0.1:1"));
  }
}
