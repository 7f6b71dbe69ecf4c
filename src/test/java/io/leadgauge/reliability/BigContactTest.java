package io.leadgauge.reliability;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadgauge.Await;
import io.leadgauge.FastClock;
import io.leadgauge.Found;
import io.leadgauge.cli.OwnInstallation;
import io.leadgauge.crm.signature.RequestSigner;
import io.leadgauge.crm.signature.SignatureScheme;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Due;
import io.leadgauge.model.Output;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.Secret;
import io.leadgauge.pipeline.Configuration;
import io.leadgauge.sandbox.Limits;
import io.leadgauge.store.DueWork;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A contact that does more than anybody, and a company at which everybody works: what is kept of
 * them is bounded, and nobody else's delivery waits for them.
 */
@Tag("alone")
class BigContactTest {
  private static final ConnectionId ACME = new ConnectionId("acme");
  private static final int ACTIVITIES = Figures.isLong() ? 100_000 : 10_000;
  private static final int COLLEAGUES = Figures.isLong() ? 100_000 : 3_000;
  private static final int AT_ONCE = 100;
  private static final int MEASURED = 30;
  private static final String WEBSITE_SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
  private static final Figures FIGURES = new Figures(BigContactTest.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String MODEL =
      """
      apiVersion: leadgauge/v1
      kind: Model
      metadata: { name: leads }
      spec:
        dimensions:
          fit:
            rules:
              - { id: big, property: company.employees, points: { "500..": 30, "0..<500": 5 } }
          engagement:
            rules:
              - { id: views, activity: page_view, points: 0.01, within: 365d, limit: 50 }
              - { id: visits, property: visits, points: { "5..": 10, "0..<5": 0 } }
        labels: { hot: { enter: 30, leave: 20 }, cold: {} }
      """;
  private static final String SOURCE =
      """
      apiVersion: leadgauge/v1
      kind: EventSource
      metadata: { name: website }
      spec:
        connection: acme
        secrets: ["${env:WEBSITE}"]
        types: { page_view: [url] }
      """;

  private final long seed = OutageRig.seed(FIGURES);
  private final FastClock clock = new FastClock(1);
  private final Map<String, String> secrets = new HashMap<>(House.SECRETS);
  private final RequestSigner website =
      new RequestSigner(SignatureScheme.STANDARD, Secret.of(WEBSITE_SECRET));
  private long events;

  @TempDir Path folder;

  private House house(OutagePortal portal) {
    secrets.put("WEBSITE", WEBSITE_SECRET);
    House house = House.in(folder, portal.proxy.address().toString(), "shadow", "acme");
    OutagePortal.edit(house.manifests().resolve("models/leads/model.yaml"), text -> MODEL);
    OutagePortal.edit(
        house.manifests().resolve("connections/acme.yaml"),
        text ->
            text.replace("occupation: occupation", COMPANY)
                .replace("    country: country\n", "")
                .replace("  stages: { map: { mql: marketingqualifiedlead } }\n", ""));
    try {
      Path sources = Files.createDirectories(house.manifests().resolve("sources"));
      Files.writeString(sources.resolve("website.yaml"), SOURCE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return house;
  }

  private static final String COMPANY =
      "company.employees: { property: numberofemployees, type: number, object: company }";

  private OwnInstallation started(House house) {
    OwnInstallation serve = OwnInstallation.start(house.manifests(), house.data(), secrets, clock);
    Await.until(
        "in force",
        () ->
            serve.pipeline().configuration(ACME).orElseThrow().state()
                == Configuration.State.IN_FORCE);
    return serve;
  }

  @Test
  void contact_ofManyActivities_isBoundedSaysSoAndCostsAnEventNoMore() throws Exception {
    try (OutagePortal portal = OutagePortal.open(Limits.OFF, clock, seed)) {
      House house = house(portal);
      List<Long> ids = portal.contacts(2, i -> Map.of("visits", "0"));
      RecordRef big = RecordRef.contact(ACME, Long.toString(ids.get(0)));
      RecordRef small = RecordRef.contact(ACME, Long.toString(ids.get(1)));
      long first = clock.now() - Duration.ofDays(300).toMillis();
      try (OwnInstallation serve = started(house);
          Line line = Line.to(serve.port())) {
        change(line, house, ids.get(0), "1");
        change(line, house, ids.get(1), "1");
        awaitRead(serve, 2);
        long began = System.nanoTime();
        for (int i = 0; i < ACTIVITIES; i += AT_ONCE) {
          views(line, big, first + i * 1_000L, AT_ONCE);
        }
        FIGURES.note(
            "activities a second of one contact",
            ACTIVITIES * 1_000_000_000L / (System.nanoTime() - began));
        views(line, small, first, 3);
        RecordState state = serve.pipeline().states().current(big).orElseThrow();
        assertThat(state.facts().activities("page_view")).hasSize(RecordFacts.MOST_ACTIVITIES);
        assertThat(state.cut()).isEqualTo(ACTIVITIES - RecordFacts.MOST_ACTIVITIES);
        JsonNode told = told(serve, big);
        assertThat(told.at("/contributions/0/points").asText()).isEqualTo("10");
        assertThat(told.at("/cut/facts").asLong()).isEqualTo(state.cut());
        assertThat(told.at("/cut/activities/page_view").asText()).isNotEmpty();
        assertThat(told(serve, small).path("cut").isMissingNode()).isTrue();
      }
      countRows(house.data());
      try (OwnInstallation serve = started(house);
          Line line = Line.to(serve.port())) {
        long ofSmall = rows(house.data(), () -> measure("small", line, small));
        long ofBig = rows(house.data(), () -> measure("big", line, big));
        FIGURES.note("rows for " + MEASURED + " events of a small contact", ofSmall);
        FIGURES.note("rows for " + MEASURED + " events of a big contact", ofBig);
        assertThat(ofBig)
            .as("one more is cut with each, and with it goes how long the score holds")
            .isLessThanOrEqualTo(ofSmall + 2 * MEASURED);
      }
    }
  }

  private void measure(String whose, Line line, RecordRef contact) {
    long[] nanos = new long[MEASURED];
    for (int i = 0; i < MEASURED; i++) {
      long began = System.nanoTime();
      views(line, contact, clock.now() - 2_000 + i, 1);
      nanos[i] = System.nanoTime() - began;
    }
    FIGURES.note(
        "p50 of a delivery for the " + whose + " contact",
        Figures.millis(Figures.quantile(nanos, 0.5)));
  }

  private void views(Line line, RecordRef contact, long at, int count) {
    List<String> told = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      told.add(
          "{\"contact\":{\"id\":\"%s\"},\"type\":\"page_view\",\"at\":%d,\"id\":\"v%d\"}"
              .formatted(contact.id(), at + i * 1_000L, ++events));
    }
    byte[] body = ("[" + String.join(",", told) + "]").getBytes(UTF_8);
    String path = House.path("website");
    try {
      Line.Reply reply =
          line.post(
              path,
              website.sign("POST", House.PUBLIC_URL + path, body, "msg_" + ++events, clock.now()),
              body);
      assertThat(reply.isKept()).as("%s", reply).isTrue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode told(OwnInstallation serve, RecordRef contact) throws IOException {
    String path = "/api/contacts/acme/contact/" + contact.id();
    URI address = URI.create("http://127.0.0.1:" + serve.adminPort() + path);
    try (InputStream answer = address.toURL().openStream()) {
      return JSON.readTree(answer);
    }
  }

  // Rows that are written, counted by triggers that the test adds to a store that nobody has open

  private static final List<String> COUNTED =
      List.of("property_fact", "activity_fact", "link_fact", "record", "standing", "entry_record");

  private static void countRows(Path data) throws SQLException {
    try (Connection store = store(data);
        Statement statement = store.createStatement()) {
      statement.execute("CREATE TABLE counted (rows INTEGER NOT NULL)");
      statement.execute("INSERT INTO counted VALUES (0)");
      for (String table : COUNTED) {
        for (String change : List.of("INSERT", "UPDATE", "DELETE")) {
          statement.execute(
              "CREATE TRIGGER counted_%1$s_%2$s AFTER %2$s ON %1$s BEGIN UPDATE counted SET rows = rows + 1; END"
                  .formatted(table, change));
        }
      }
    }
  }

  private static long rows(Path data, Runnable events) throws SQLException {
    long before = counted(data);
    events.run();
    return counted(data) - before;
  }

  private static long counted(Path data) throws SQLException {
    try (Connection store = store(data);
        Statement statement = store.createStatement();
        ResultSet row = statement.executeQuery("SELECT rows FROM counted")) {
      return row.getLong(1);
    }
  }

  private static Connection store(Path data) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + data.resolve("leadgauge.db"));
  }

  // A company

  @Test
  void company_ofManyContacts_changesBehindLiveWork() throws IOException {
    try (OutagePortal portal = OutagePortal.open(Limits.OFF, clock, seed)) {
      House house = house(portal);
      List<Long> ids = portal.contacts(COLLEAGUES, i -> Map.of("visits", "0"));
      long company = portal.company(ids, "10");
      try (OwnInstallation serve = started(house)) {
        tellOfAll(serve, house, ids);
        awaitRead(serve, COLLEAGUES + 1);
        awaitScores(serve, ids, "5");
        long[] nanos = whileCarriedOn(serve, house, portal, ids, company);
        awaitScores(serve, ids, "30");
        assertThat(nanos.length).as("deliveries kept meanwhile").isGreaterThan(MEASURED);
        assertThat(Figures.quantile(nanos, 0.99))
            .isLessThan(Figures.isLong() ? Duration.ofMillis(50) : Duration.ofSeconds(2));
      }
    }
  }

  private void tellOfAll(OwnInstallation serve, House house, List<Long> ids) throws IOException {
    try (Line line = Line.to(serve.port())) {
      for (int i = 0; i < ids.size(); i += AT_ONCE) {
        List<String> told = new ArrayList<>();
        for (long id : ids.subList(i, Math.min(ids.size(), i + AT_ONCE))) {
          told.add(House.change(++events, id, "visits", "0", clock.now()));
        }
        post(line, house, told);
      }
    }
  }

  /** Returns how long deliveries take while a change of the company reaches its contacts. */
  private long[] whileCarriedOn(
      OwnInstallation serve, House house, OutagePortal portal, List<Long> ids, long company)
      throws IOException {
    try (Line line = Line.to(serve.port())) {
      note("with nothing else to do", live(line, house, ids, () -> false));
      long at = portal.employ(company, "1000");
      String change = House.change(++events, company, "numberofemployees", "1000", at);
      long began = System.nanoTime();
      post(
          line, house, List.of(change.replace("contact.propertyChange", "company.propertyChange")));
      long[] nanos = live(line, house, ids, () -> isOnItsWay(serve));
      note("while the company is carried on", nanos);
      FIGURES.note(
          "contacts a second of one company",
          COLLEAGUES * 1_000_000_000L / (System.nanoTime() - began));
      return nanos;
    }
  }

  private static boolean isOnItsWay(OwnInstallation serve) {
    return !serve.reader().cursors(ACME, "fan-out/").isEmpty();
  }

  /** Delivers one event after another, some of them at least, and as long as something is so. */
  private long[] live(Line line, House house, List<Long> ids, BooleanSupplier still)
      throws IOException {
    List<Long> nanos = new ArrayList<>();
    for (int i = 0; i <= MEASURED || (i % 10 != 0) || still.getAsBoolean(); i++) {
      long began = System.nanoTime();
      change(line, house, ids.get(i % ids.size()), "1");
      nanos.add(System.nanoTime() - began);
    }
    return nanos.stream().mapToLong(Long::longValue).toArray();
  }

  private static void note(String when, long[] nanos) {
    FIGURES.note("deliveries " + when, nanos.length);
    FIGURES.note("p50 " + when, Figures.millis(Figures.quantile(nanos, 0.5)));
    FIGURES.note("p99 " + when, Figures.millis(Figures.quantile(nanos, 0.99)));
  }

  private void change(Line line, House house, long id, String visits) throws IOException {
    post(line, house, List.of(House.change(++events, id, "visits", visits, clock.now())));
  }

  private static void post(Line line, House house, List<String> told) throws IOException {
    byte[] body = House.body(told);
    Line.Reply reply = line.post(House.path("acme"), house.signed("acme", body), body);
    assertThat(reply.isKept()).as("%s", reply).isTrue();
  }

  private static void awaitRead(OwnInstallation serve, long records) {
    Await.until(
        "all is read",
        Duration.ofMinutes(5),
        () ->
            serve.reader().countDue(ACME, DueWork.FETCH, Due.NEVER) == 0
                && serve.reader().counts().records() >= records);
  }

  private static void awaitScores(OwnInstallation serve, List<Long> ids, String score) {
    Await.until(
        "all have " + score,
        Duration.ofMinutes(5),
        () -> !isOnItsWay(serve) && score(serve, ids.getLast()).equals(score));
    assertThat(ids.stream().map(id -> score(serve, id)).distinct()).containsExactly(score);
  }

  private static String score(OwnInstallation serve, long id) {
    return serve
        .reader()
        .load(RecordRef.contact(ACME, Long.toString(id)))
        .map(state -> state.standings().get("leads"))
        .map(standing -> Found.in(standing.outputs(), Output.SCORE))
        .orElse("");
  }
}
