package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadgauge.Await;
import io.leadgauge.Found;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Due;
import io.leadgauge.model.RecordRef;
import io.leadgauge.pipeline.Configuration.State;
import io.leadgauge.store.DueWork;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manifests that change under a running server, over a sandbox portal. */
class ReloadTest {
  private static final OpenApiInteractionValidator DESCRIPTION =
      OpenApiInteractionValidator.createForSpecificationUrl("/openapi/admin.yaml").build();
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Duration OFTEN = Duration.ofMillis(20);
  private static final String STAGES = "total >= 40, leave: total < 30";
  private static final String SLIP = "total >= 4, leave: total < 3";

  @TempDir Path folder;

  private static int contacts() {
    return "true".equals(System.getenv("CI")) ? 10_000 : 1_000;
  }

  /** A server over a portal. */
  private record House(School school, Installation serve, Path data) implements AutoCloseable {
    Path model() {
      return school.manifests.resolve("models/leads/model.yaml");
    }

    /** Returns what the admin port tells, as its description says. */
    JsonNode manifests() {
      JsonNode told = AdminAddress.ask(data, "/api/manifests").orElseThrow();
      SimpleResponse response =
          SimpleResponse.Builder.ok()
              .withContentType("application/json")
              .withBody(told.toString())
              .build();
      assertThat(
              DESCRIPTION
                  .validateResponse("/api/manifests", Request.Method.GET, response)
                  .getMessages())
          .isEmpty();
      return told;
    }

    JsonNode connection() {
      return manifests().path("connections").path(0);
    }

    JsonNode error() {
      for (JsonNode problem : manifests().path("problems")) {
        if (problem.path("severity").asText().equals("error")) {
          return problem;
        }
      }
      throw new AssertionError("no error");
    }

    void await(State state) {
      Await.until(
          state.word(), PATIENCE, () -> connection().path("state").asText().equals(state.word()));
    }

    void awaitQuiet() {
      Await.until(
          "nothing is under way",
          PATIENCE,
          () ->
              serve.reader().countDue(School.ID, DueWork.FETCH, Due.NEVER) == 0
                  && serve.reader().countDue(School.ID, DueWork.WRITE, Due.NEVER) == 0
                  && school.allTold());
    }

    void edit(String from, String to) throws IOException {
      String text = Files.readString(model());
      assertThat(text).contains(from);
      // At once: half of it would be a manifest too.
      Path beside = Files.createTempFile(data.getParent(), "model", ".yaml");
      Files.writeString(beside, text.replace(from, to));
      Files.move(beside, model(), StandardCopyOption.ATOMIC_MOVE);
    }

    int run(TestTerminal terminal, String... arguments) {
      List<String> all = new ArrayList<>(List.of(arguments));
      all.add("--data=" + data);
      return terminal.run(all.toArray(String[]::new));
    }

    @Override
    public void close() {
      serve.close();
      school.close();
    }
  }

  private House start() throws IOException {
    School school = School.start(folder.resolve("manifests"), "2026-03");
    Path connection = school.manifests.resolve("connections/school.yaml");
    String text = Files.readString(connection);
    Files.writeString(connection, text.replace("marketingqualifiedlead", "salesqualifiedlead"));
    return new House(school, serve(school), folder.resolve("data"));
  }

  private Installation serve(School school) {
    ManifestFolder manifests = new ManifestFolder(school.manifests, School.SECRETS);
    return Installation.start(
        new Installation.Watched(manifests, manifests.read(), OFTEN),
        Installation.Settings.local(folder.resolve("data")),
        new SystemClockwork());
  }

  /** Half of them score 24, half 4. */
  private static void fill(House house, int count) {
    house.school.subscribe(house.serve.port());
    List<Map<String, String>> leads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String occupation = i % 2 == 0 ? "Working Professional" : "Housewife";
      leads.add(Map.of("email", i + "@school.example", "occupation", occupation));
    }
    house.school.create(leads);
    Await.until(
        "all are scored in the CRM",
        PATIENCE,
        () ->
            house.school.contacts().values().stream()
                    .filter(one -> !one.getOrDefault("leadgauge_score", "").isEmpty())
                    .count()
                == count);
    house.awaitQuiet();
  }

  @Test
  void slip_thatQualifiesHalfOfAll_writesNothingAndGoingBackLeavesNoTrace() throws IOException {
    int count = contacts();
    try (House house = start();
        Told told = new Told("io.leadgauge.pipeline.Rollout")) {
      fill(house, count);
      house.await(State.IN_FORCE);
      String written = Files.readString(house.model());
      Map<String, Map<String, String>> before = house.school.contacts();

      house.edit(STAGES, SLIP);
      house.await(State.PAUSED);

      JsonNode paused = house.connection();
      assertThat(paused.at("/moves/salesqualifiedlead").asInt()).isEqualTo(count / 2);
      assertThat(paused.path("contacts").asInt()).isEqualTo(count);
      house.awaitQuiet();
      assertThat(house.school.contacts()).isEqualTo(before);
      assertThat(told.warnings())
          .singleElement()
          .asString()
          .contains(count / 2 + " of " + count, count / 2 + " to salesqualifiedlead", "approve");
      assertThat(health(house)).contains("paused", count / 2 + " of " + count);

      TestTerminal terminal = TestTerminal.plain();
      int code = house.run(terminal, "rollback", "leads", "--manifests=" + house.school.manifests);
      assertThat(code).as(terminal.err()).isZero();
      assertThat(terminal.out()).contains("has taken it");
      assertThat(Files.readString(house.model())).isEqualTo(written);
      house.await(State.IN_FORCE);
      house.awaitQuiet();
      assertThat(house.school.contacts()).isEqualTo(before);
      assertThat(told.warnings()).hasSize(1);
    }
  }

  private static String health(House house) {
    return AdminAddress.ask(house.data, "/health/ready").orElseThrow().path("checks").toString();
  }

  @Test
  void approved_stagesAreWritten() throws IOException {
    try (House house = start()) {
      fill(house, 20);
      TestTerminal early = TestTerminal.plain();
      assertThat(house.run(early, "approve", "school")).isEqualTo(ExitCode.NO);
      house.edit(STAGES, SLIP);
      house.await(State.PAUSED);

      TestTerminal terminal = TestTerminal.plain();
      assertThat(house.run(terminal, "approve", "school")).as(terminal.err()).isZero();
      assertThat(terminal.out()).contains("10 contacts of school will be moved");
      Await.until("moved", PATIENCE, () -> qualified(house) == 10);
      house.await(State.IN_FORCE);
      assertThat(metrics(house))
          .contains("configuration_state{connection=\"school\",state=\"in_force\"} 1");
      assertThat(house.run(TestTerminal.plain(), "approve", "nobody")).isEqualTo(2);
    }
  }

  private static String metrics(House house) throws IOException {
    URI address = URI.create("http://127.0.0.1:" + house.serve.adminPort() + "/metrics");
    try (InputStream in = address.toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static long qualified(House house) {
    return house.school.contacts().values().stream()
        .filter(one -> one.getOrDefault("lifecyclestage", "").equals("salesqualifiedlead"))
        .count();
  }

  @Test
  void deliveries_duringTheSwitch_areAllKeptAndScoredByTheNewVersion() throws IOException {
    int count = 200;
    try (House house = start()) {
      fill(house, count);
      List<String> ids = List.copyOf(house.school.contacts().keySet());
      for (int round = 0; round < 3; round++) {
        house.edit("points: " + (25 + round), "points: " + (26 + round));
        for (String id : ids) {
          house.school.change(id, "occupation", round % 2 == 0 ? "Student" : "Other", true);
        }
        house.await(State.IN_FORCE);
      }
      house.awaitQuiet();
      String hash = house.connection().path("model").asText().replace("leads ", "");
      JsonNode webhooks = house.school.webhooks();
      assertThat(webhooks.path("made").asLong()).isEqualTo(webhooks.path("acknowledged").asLong());
      for (String id : ids) {
        var state = house.serve.reader().load(RecordRef.contact(School.ID, id)).orElseThrow();
        assertThat(Found.in(state.standings(), "leads").modelHash()).isEqualTo(hash);
        assertThat(state.facts().value("occupation")).isEqualTo("Student");
      }
    }
  }

  @Test
  void brokenManifest_leavesTheOldInForceAndSaysWhere() throws IOException {
    try (House house = start();
        Told told = new Told("io.leadgauge.cli.ManifestWatch")) {
      String model = house.connection().path("model").asText();
      house.edit("points: 25", "points: many");
      Await.until("refused", () -> house.manifests().path("state").asText().equals("refused"));

      JsonNode problem = house.error();
      assertThat(problem.path("file").asText()).endsWith("models/leads/model.yaml");
      assertThat(problem.path("line").asInt()).isEqualTo(10);
      assertThat(problem.path("column").asInt()).isPositive();
      assertThat(health(house)).contains("refused", "model.yaml:10:");
      assertThat(house.connection().path("model").asText()).isEqualTo(model);
      assertThat(house.connection().path("state").asText()).isEqualTo("in force");

      TestTerminal terminal = TestTerminal.plain();
      assertThat(
              house.run(
                  terminal,
                  "rollback",
                  "model/leads",
                  "--to=" + model.substring(6, 16),
                  "--manifests=" + house.school.manifests))
          .isEqualTo(ExitCode.NO);
      assertThat(terminal.err()).contains("never been in force", "--force");
      TestTerminal forced = TestTerminal.plain();
      Path manifests = house.school.manifests;
      assertThat(house.run(forced, "rollback", "leads", "--manifests=" + manifests))
          .isEqualTo(ExitCode.NO);
      assertThat(forced.err()).contains("put back " + model.substring(6, 16));
      assertThat(told.warnings()).singleElement().asString().contains("model.yaml:10:");
      house.edit("points: many", "points: 25");
      Await.until("taken", () -> house.manifests().path("state").asText().equals("taken"));
    }
  }

  @Test
  void connections_comeAndGo_andTheirSecretsChange() throws Exception {
    try (House house = start()) {
      Path secret = Files.writeString(folder.resolve("secret"), "first");
      Path second = house.school.manifests.resolve("connections/second.yaml");
      assertThat(status(house, "second")).isEqualTo(404);
      String text =
          Files.readString(house.school.manifests.resolve("connections/school.yaml"))
              .replace("name: school", "name: second")
              .replace("44237313", "4711")
              .replace("${env:SECRET}", "${file:" + secret + "}");
      Files.writeString(second, text);
      Await.until("served", () -> status(house, "second") == 401);

      Files.writeString(secret, "another");
      ConnectionId id = new ConnectionId("second");
      Await.until(
          "the new secret is in force",
          () ->
              house
                  .serve
                  .pipeline()
                  .scopes()
                  .find(id)
                  .filter(
                      one ->
                          one.connection()
                              .webhooks()
                              .secrets()
                              .getFirst()
                              .reveal()
                              .equals("another"))
                  .isPresent());

      Files.delete(second);
      Await.until("served no more", () -> status(house, "second") == 404);
      assertThat(status(house, "school")).isEqualTo(401);
    }
  }

  private static int status(House house, String connection) {
    URI address = URI.create("http://127.0.0.1:" + house.serve.port() + "/webhooks/" + connection);
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("[]"))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void setup_thatIsMissing_isListedUntilItIsThere() throws IOException {
    try (House house = start()) {
      house.edit("property: country, in: [India]", "property: \"crm:favourite\", in: [India]");
      house.await(State.NEEDS_SETUP);
      assertThat(house.connection().path("missing").path(0).asText())
          .isEqualTo("create the property favourite");
      house.edit("property: \"crm:favourite\", in: [India]", "property: country, in: [India]");
      house.await(State.IN_FORCE);
    }
  }

  @Test
  void versions_areListedAndShownAsWritten() throws IOException {
    try (House house = start()) {
      String first = Files.readString(house.model());
      house.edit("points: 25", "points: 26");
      Await.until("a second version", () -> versions(house).lines().count() == 3);
      assertThat(versions(house)).containsPattern("model +leads +[0-9a-f]{12} +\\S+ {2}now");

      TestTerminal json = TestTerminal.plain();
      house.run(json, "versions", "leads", "--format=json");
      JsonNode list = new ObjectMapper().readTree(json.out());
      TestTerminal text = TestTerminal.plain();
      String hash = list.at("/versions/1/hash").asText();
      assertThat(house.run(text, "versions", "leads", "--show", hash)).isZero();
      assertThat(text.out()).isEqualTo(first);
    }
  }

  private static String versions(House house) {
    TestTerminal terminal = TestTerminal.plain();
    assertThat(house.run(terminal, "versions", "leads")).isZero();
    return terminal.out();
  }

  @Test
  void save_inSeveralWrites_isOneChange() throws IOException {
    try (School school = School.start(folder.resolve("manifests"), "v3")) {
      ManifestFolder manifests = new ManifestFolder(school.manifests, School.SECRETS);
      List<Integer> taken = new ArrayList<>();
      ManifestWatch watch =
          new ManifestWatch(
              manifests,
              manifests.read(),
              catalog -> taken.add(catalog.models().size()),
              new SystemClockwork(),
              Duration.ZERO);
      Path model = school.manifests.resolve("models/leads/model.yaml");
      String text = Files.readString(model);
      watch.glance();
      Files.writeString(model, text.substring(0, 300));
      watch.glance();
      Files.writeString(model, text.replace("points: 25", "points: 26"));
      watch.glance();
      assertThat(taken).isEmpty();
      watch.glance();
      watch.glance();
      assertThat(taken).hasSize(1);
      assertThat(watch.look().refusal()).isEmpty();
    }
  }

  @Test
  void takingOver_thatFails_isShownAndTriedAgain() throws IOException {
    try (School school = School.start(folder.resolve("manifests"), "v3")) {
      ManifestFolder manifests = new ManifestFolder(school.manifests, School.SECRETS);
      List<Integer> taken = new ArrayList<>();
      ManifestWatch watch =
          new ManifestWatch(
              manifests,
              manifests.read(),
              catalog -> {
                taken.add(catalog.models().size());
                if (taken.size() == 1) {
                  throw new IllegalStateException("half-way");
                }
              },
              new SystemClockwork(),
              Duration.ZERO);
      Path model = school.manifests.resolve("models/leads/model.yaml");
      Files.writeString(model, Files.readString(model).replace("points: 25", "points: 26"));
      watch.glance();
      watch.glance();
      assertThat(watch.look().refusal()).isEqualTo("could not be taken over: half-way");
      watch.glance();
      watch.glance();
      assertThat(watch.look().refusal()).isEmpty();
      assertThat(taken).hasSize(2);
    }
  }

  /** What one class logs as a warning. */
  private static final class Told extends Handler implements AutoCloseable {
    private final Queue<String> warnings = new ConcurrentLinkedQueue<>();
    private final Logger logger;

    Told(String name) {
      logger = Logger.getLogger(name);
      logger.addHandler(this);
    }

    List<String> warnings() {
      return List.copyOf(warnings);
    }

    @Override
    public void publish(LogRecord event) {
      if (event.getLevel().intValue() >= Level.WARNING.intValue()) {
        warnings.add(new SimpleFormatter().formatMessage(event));
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      logger.removeHandler(this);
    }
  }
}
