package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Found;
import io.leadgauge.MovableClock;
import io.leadgauge.Seeds;
import io.leadgauge.Written;
import io.leadgauge.crm.NoToken;
import io.leadgauge.manifest.Loaded;
import io.leadgauge.manifest.Manifests;
import io.leadgauge.manifest.SecretSource;
import io.leadgauge.model.AppInstall;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.SealedToken;
import io.leadgauge.pipeline.AppInstalls.Install;
import io.leadgauge.pipeline.Candidate;
import io.leadgauge.pipeline.ConnectionScope;
import io.leadgauge.pipeline.Pipeline;
import io.leadgauge.pipeline.Versions;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which version was in force at an entry, told by the data folder alone. */
class KeptConfigurationsTest {
  private static final ConnectionId EAST = new ConnectionId("east");
  private static final ConnectionId WEST = new ConnectionId("west");
  private static final ConnectionId MANY = new ConnectionId("many-222");
  private static final List<ConnectionId> ALL = List.of(EAST, WEST, MANY);
  private static final String SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
  private static final Map<String, String> ENVIRONMENT =
      Map.of("TOKEN", "t", "SECRET", "s", "SIGNING", SECRET, "KEY", AppHouse.KEY);

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final MovableClock clock = new MovableClock(1_790_000_000_000L);

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** A folder of manifests and one of data, and which version was in force after which entry. */
  private final class House {
    final Path manifests;
    final Path data;
    final Map<ConnectionId, TreeMap<Long, String>> inForce = new HashMap<>();

    House(Path root) {
      manifests = root.resolve("manifests");
      data = root.resolve("data");
      ALL.forEach(id -> inForce.put(id, new TreeMap<>()));
      calendar("17:00");
      model("shared", 10, "calendar: office");
      model("own", 20, "");
      connection("east", "shared", "101");
      connection("west", "shared", "102");
      app("own");
    }

    void write(String name, String text) {
      Written.to(manifests, name, text);
    }

    void calendar(String until) {
      write(
          "calendars/office.yaml",
          """
          apiVersion: leadgauge/v1
          kind: Calendar
          metadata: { name: office }
          spec: { zone: Europe/Berlin, hours: { mon-fri: "09:00-%s" } }
          """
              .formatted(until));
    }

    void model(String name, int points, String calendar) {
      write(
          "models/" + name + "/model.yaml",
          """
          apiVersion: leadgauge/v1
          kind: Model
          metadata: { name: %s }
          spec:
            dimensions:
              fit: { rules: [{ id: vp, when: { property: crm:jobtitle, is: VP }, points: %d }] }
              engagement: { rules: [{ id: view, activity: page_view, points: 1 }] }
            stages:
              mql: { enter: "total >= 5", handOff: { task: "Call {reasons}", %s } }
          """
              .formatted(name, points, calendar.isEmpty() ? "due: 1h" : calendar));
    }

    void connection(String name, String model, String portal) {
      write(
          "connections/" + name + ".yaml",
          """
          apiVersion: leadgauge/v1
          kind: Connection
          metadata: { name: %s }
          spec:
            crm: hubspot
            portal: %s
            publicUrl: https://leads.example.com
            api: { base: "http://127.0.0.1:9", version: v3 }
            credentials: { accessToken: "${env:TOKEN}" }
            webhooks: { secrets: ["${env:SECRET}"] }
            model: %s
          """
              .formatted(name, portal, model));
    }

    void app(String model) {
      write(
          "apps/many.yaml",
          """
          apiVersion: leadgauge/v1
          kind: App
          metadata: { name: many }
          spec:
            crm: hubspot
            publicUrl: https://leads.example.com
            oauth:
              clientId: ab-12
              clientSecret: "${env:SECRET}"
              scopes: [oauth]
              tokenKeys: ["${env:KEY}"]
            api: { base: "http://127.0.0.1:9", version: v3 }
            model: shared
            portals: { "222": { model: %s } }
          """
              .formatted(model));
    }

    void source(ConnectionId feeds, String type) {
      write(
          "sources/website.yaml",
          """
          apiVersion: leadgauge/v1
          kind: EventSource
          metadata: { name: website }
          spec: { connection: %s, secrets: ["${env:SIGNING}"], types: { %s: [url] } }
          """
              .formatted(feeds, type));
    }

    /** Brings what the folder says into force, and lets something happen. */
    void serve(int deliveries) {
      clock.advance(1_000);
      Loaded loaded =
          Manifests.load(manifests, SecretSource.of(Map.copyOf(ENVIRONMENT), manifests));
      assertThat(loaded.hasErrors()).as("%s", loaded.problems()).isFalse();
      Install install =
          new Install(
              new AppInstall("many", "222", 1, AppInstall.NEVER, new SealedToken("k", new byte[1])),
              new NoToken("a test"),
              "");
      List<Candidate> candidates = Candidates.of(loaded.catalog(), List.of(install), clock.now());
      try (Store store = Store.open(data);
          StoreReader reader = store.reader();
          Pipeline pipeline = pipeline(store)) {
        pipeline.start(candidates);
        for (int i = 0; i < deliveries; i++) {
          for (Candidate candidate : candidates) {
            deliver(pipeline, candidate.scope().id());
            Found.in(inForce, candidate.scope().id())
                .put(reader.journal().last(), candidate.scope().configuration());
          }
        }
      }
    }

    private void deliver(Pipeline pipeline, ConnectionId id) {
      byte[] body = {'[', ']'};
      Delivery delivery = new Delivery(id, clock.now(), "POST", "/webhooks/" + id, List.of(), body);
      pipeline.intake().receive(delivery).toCompletableFuture().join();
    }

    private Pipeline pipeline(Store store) {
      return new Pipeline(
          store, Platforms.all(vertx, clock), new SimpleMeterRegistry(), clock, 1 << 20);
    }

    /** Looks at the data folder as a command does. */
    void check() {
      try (StoreReader reader = Store.read(data)) {
        Versions versions = new Versions(reader.journal());
        inForce.forEach(
            (id, known) ->
                known.forEach(
                    (sequence, configuration) -> {
                      Optional<ConnectionScope> found = versions.at(id, sequence);
                      assertThat(versions.trouble(id, sequence)).isEmpty();
                      assertThat(found.map(ConnectionScope::configuration))
                          .as("%s at %d", id, sequence)
                          .contains(configuration);
                    }));
      }
    }
  }

  @Test
  void entry_whateverChangedSince_isOfTheVersionThatWasInForce() {
    Seeds.forEach(4, this::changeOnAndOn);
  }

  private void changeOnAndOn(SplittableRandom random) {
    House house = new House(folder.resolve(Long.toString(random.nextLong())));
    for (int version = 0; version < 8; version++) {
      house.serve(1 + random.nextInt(2));
      change(house, random);
    }
    house.check();
    long versions =
        house.inForce.values().stream().mapToInt(one -> Set.copyOf(one.values()).size()).sum();
    assertThat(versions).isGreaterThan(6);
  }

  private static void change(House house, SplittableRandom random) {
    switch (random.nextInt(7)) {
      case 0 -> house.calendar("1" + (4 + random.nextInt(5)) + ":00");
      case 1 -> house.model("shared", 1 + random.nextInt(3), "calendar: office");
      case 2 -> house.model("own", 1 + random.nextInt(3), "");
      case 3 -> house.connection("east", random.nextBoolean() ? "shared" : "own", "101");
      case 4 -> house.connection("west", random.nextBoolean() ? "shared" : "own", "102");
      case 5 -> house.app(random.nextBoolean() ? "shared" : "own");
      case 6 -> house.source(ALL.get(random.nextInt(3)), random.nextBoolean() ? "visit" : "view");
      default -> throw new AssertionError();
    }
  }

  @Test
  void text_thatOnlyReadsOtherwise_isOfTheSameVersion() throws IOException {
    House house = new House(folder);
    house.serve(1);
    Path model = house.manifests.resolve("models/shared/model.yaml");
    Files.writeString(model, Files.readString(model) + "# nothing new\n");
    house.serve(1);
    house.check();
    assertThat(Set.copyOf(Found.in(house.inForce, EAST).values())).hasSize(1);
  }

  @Test
  void connection_beforeItWasServed_isOfNoVersion() {
    House house = new House(folder);
    house.serve(1);
    try (StoreReader reader = Store.read(house.data)) {
      Versions versions = new Versions(reader.journal());
      assertThat(versions.at(WEST, 1)).isEmpty();
      assertThat(versions.trouble(WEST, 1)).contains("does not say which version");
      assertThat(versions.at(new ConnectionId("north"), reader.journal().last())).isEmpty();
    }
  }

  @Test
  void versions_inTheList_areManifestsAlone() {
    House house = new House(folder);
    house.source(EAST, "view");
    house.serve(1);
    TestTerminal terminal = TestTerminal.plain();
    int code = terminal.run("versions", "--data=" + house.data);
    assertThat(code).as(terminal.err()).isZero();
    assertThat(terminal.out())
        .contains("calendar", "eventsource", "model", "connection", "app")
        .doesNotContain("configuration");
  }

  @Test
  void rollback_ofASourceOrACalendar_writesTheTextThatWasInForce() throws IOException {
    House house = new House(folder);
    house.source(EAST, "view");
    house.serve(1);
    Path source = house.manifests.resolve("sources/website.yaml");
    Path calendar = house.manifests.resolve("calendars/office.yaml");
    String before = Files.readString(source) + Files.readString(calendar);
    house.source(EAST, "visit");
    house.calendar("15:00");
    house.serve(1);
    for (String name : List.of("website", "calendar/office")) {
      TestTerminal terminal = TestTerminal.plain();
      String manifests = "--manifests=" + house.manifests;
      int code = terminal.run("rollback", name, manifests, "--data=" + house.data);
      assertThat(code).as(terminal.err()).isZero();
    }
    assertThat(Files.readString(source) + Files.readString(calendar)).isEqualTo(before);
  }
}
