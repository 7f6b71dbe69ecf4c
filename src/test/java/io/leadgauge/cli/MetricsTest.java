package io.leadgauge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.leadgauge.Await;
import io.leadgauge.Scrape;
import io.leadgauge.Seeds;
import io.leadgauge.crm.signature.RequestSigner;
import io.leadgauge.crm.signature.SignatureScheme;
import io.leadgauge.model.Delivery.Header;
import io.leadgauge.model.Due;
import io.leadgauge.model.Secret;
import io.leadgauge.pipeline.StuckIntake;
import io.leadgauge.reliability.Line;
import io.leadgauge.reliability.Line.Reply;
import io.leadgauge.store.DueWork;
import java.io.IOException;
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
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code docs/metrics.md} says of the counters, held against a real server over a sandbox that
 * fails: good, repeated, forged and unreadable deliveries, names that nobody knows, a full queue, a
 * store that cannot be written, a restart.
 */
class MetricsTest {
  private static final boolean LONG = System.getProperty("long") != null;
  private static final int REQUESTS = LONG ? 5_000 : 200;
  private static final int SCRAPE_EVERY = 50;
  private static final int CONTACTS = 20;
  private static final int LARGE = 4 << 20;
  private static final int MORE_THAN_THE_QUEUE_HOLDS = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MOST_SERIES = 600;

  @TempDir Path folder;

  private final Map<Integer, Long> answered = new TreeMap<>();
  private final List<byte[]> sent = new ArrayList<>();
  private List<String> contacts = List.of();
  private long event;
  private School school;
  private Installation serve;
  private @Nullable Scrape last;
  private long before;
  private long waitingBefore;

  @BeforeEach
  void start() {
    school = school();
    for (int id = 1; id <= CONTACTS; id++) {
      school.create(List.of(Map.of("email", "p" + id + "@example.com", "visits", "7")));
    }
    contacts = List.copyOf(school.contacts().keySet());
    serve = started();
    noteBeginning();
  }

  private void noteBeginning() {
    before = serve.reader().counts().lastSequence();
    waitingBefore = serve.reader().unwritten().countOpenIntents(School.ID);
  }

  @AfterEach
  void stop() {
    serve.close();
    school.close();
  }

  private Path data() {
    return folder.resolve("data");
  }

  private Installation started() {
    Map<String, String> environment = new HashMap<>(School.SECRETS);
    environment.put("CLIENT_SECRET", "app-secret");
    environment.put("LEADGAUGE_TOKEN_KEY", AppHouse.KEY);
    ManifestFolder manifests = new ManifestFolder(school.manifests, environment);
    ManifestFolder.Reading reading = manifests.read();
    assertThat(reading.loaded().hasErrors()).as("%s", reading.loaded().problems()).isFalse();
    return Installation.start(
        new Installation.Watched(manifests, reading, Duration.ZERO),
        Installation.Settings.local(data()),
        new SystemClockwork());
  }

  private School school() {
    School begun = School.start(folder.resolve("manifests"), "2026-03");
    try {
      Path app = Path.of("src/test/resources/apps/acme.yaml");
      Path copy = begun.manifests.resolve("apps/acme.yaml");
      Files.createDirectories(copy.getParent());
      Files.writeString(
          copy,
          Files.readString(app)
              .replace("@API@", begun.api().toString())
              .replace("@VERSION@", "2026-03"));
      Path model = begun.manifests.resolve("models/leads/model.yaml");
      String text = Files.readString(model);
      String handing =
          text.replace(
              "mql: { enter: total >= 40,",
              "mql: { handOff: { task: \"Call {reasons}\", due: 4h }, enter: total >= 40,");
      assertThat(handing).isNotEqualTo(text);
      Files.writeString(model, handing);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return begun;
  }

  private void faults(String faults) {
    school.control.post(
        "/_sandbox/faults", JsonNodeFactory.instance.objectNode().put("faults", faults));
  }

  private Scrape scrape() {
    URI address = URI.create("http://127.0.0.1:" + serve.adminPort() + "/metrics");
    try (var in = address.toURL().openStream()) {
      Scrape next = Scrape.of(new String(in.readAllBytes(), UTF_8));
      if (last != null) {
        assertThat(next.wrong(last)).isEmpty();
      }
      last = next;
      return next;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long stored(String query) {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + data().resolve("leadgauge.db"));
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() ? row.getLong(1) : 0;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  // What is sent

  private static List<Header> signed(String name, String secret, byte[] body, long at) {
    String address = "https://leads.example.com/webhooks/" + name;
    return new RequestSigner(SignatureScheme.HUBSPOT_V3, Secret.of(secret))
        .sign("POST", address, body, "", at);
  }

  private void post(Line line, String name, String secret, byte[] body, long at) {
    try {
      Reply reply = line.post("/webhooks/" + name, signed(name, secret, body, at), body);
      synchronized (answered) {
        answered.merge(reply.status(), 1L, Long::sum);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] change(SplittableRandom random) {
    String[] values = {"Working Professional", "Student", "Unemployed"};
    String property = random.nextInt(4) == 0 ? "made_up_" + random.nextInt() : "occupation";
    String type = random.nextInt(20) == 0 ? "made.up" + random.nextInt() : "contact.propertyChange";
    return """
    [{"eventId":%d,"subscriptionId":7,"portalId":44237313,"appId":2930857,"occurredAt":%d,\
    "subscriptionType":"%s","attemptNumber":0,"objectId":%s,\
    "propertyName":"%s","propertyValue":"%s","changeSource":"CRM_UI"}]\
    """
        .formatted(
            ++event,
            System.currentTimeMillis(),
            type,
            contacts.get(random.nextInt(contacts.size())),
            property,
            values[random.nextInt(values.length)])
        .getBytes(UTF_8);
  }

  private void sendOne(SplittableRandom random, Line line) {
    long now = System.currentTimeMillis();
    String secret = School.CLIENT_SECRET;
    switch (random.nextInt(10)) {
      case 0 -> post(line, "school", "forged", change(random), now);
      case 1 -> post(line, "school", secret, change(random), now - 3_600_000);
      case 2 -> post(line, "nobody-" + random.nextInt(1 << 20), secret, change(random), now);
      case 3 -> post(line, "school", secret, ("{" + random.nextInt()).getBytes(UTF_8), now);
      case 4 -> post(line, "acme", "app-secret", change(random), now);
      case 5, 6 -> {
        byte[] body = sent.isEmpty() ? change(random) : sent.get(random.nextInt(sent.size()));
        post(line, "school", secret, body, now);
      }
      default -> {
        byte[] body = change(random);
        sent.add(body);
        post(line, "school", secret, body, now);
      }
    }
  }

  /** More than the queue takes, while nothing leaves it. */
  private void fill() throws InterruptedException {
    byte[] large = new byte[LARGE];
    Arrays.fill(large, (byte) ' ');
    List<Thread> senders = new ArrayList<>();
    StuckIntake stuck = StuckIntake.of(serve.pipeline(), School.ID);
    try {
      for (int i = 0; i < MORE_THAN_THE_QUEUE_HOLDS; i++) {
        senders.add(Thread.ofVirtual().start(() -> onALine(large)));
      }
      Await.until("it is full", PATIENCE, () -> scrape().sum("intake_full_total") > 0);
      assertThat(scrape().sum("intake_waiting_bytes")).isGreaterThanOrEqualTo(LARGE);
    } finally {
      stuck.close();
    }
    for (Thread sender : senders) {
      sender.join();
    }
  }

  private void onALine(byte[] body) {
    try (Line line = Line.to(serve.port())) {
      post(line, "school", School.CLIENT_SECRET, body, System.currentTimeMillis());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Somebody else holds the file for longer than we wait for it. */
  private void failTheStore(Line line, SplittableRandom random) throws SQLException {
    try (Connection other =
            DriverManager.getConnection("jdbc:sqlite:" + data().resolve("leadgauge.db"));
        Statement statement = other.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 10000");
      statement.execute("BEGIN IMMEDIATE");
      post(line, "school", School.CLIENT_SECRET, change(random), System.currentTimeMillis());
      statement.execute("ROLLBACK");
    }
    assertThat(scrape().sum("journal_commit_failures_total")).isPositive();
    Await.until("it is healed", PATIENCE, () -> serve.pipeline().intake().trouble().isEmpty());
  }

  // How they relate

  private void settle() {
    faults("");
    Await.until(
        "nothing is due",
        PATIENCE,
        () ->
            serve.reader().countDue(School.ID, DueWork.FETCH, Due.NEVER) == 0
                && serve.reader().countDue(School.ID, DueWork.WRITE, System.currentTimeMillis())
                    == 0
                && serve.reader().unwritten().countOpenIntents(School.ID) == 0);
  }

  /** Counters are read one after another, so what relates them is true while nothing happens. */
  private Scrape scrapeAtRest() {
    List<Scrape> looks = new ArrayList<>(List.of(scrape()));
    Await.until(
        "nothing is committed from one look to the next",
        () -> {
          long before = looks.getLast().sum("journal_commit_seconds_count");
          looks.add(scrape());
          return looks.getLast().sum("journal_commit_seconds_count") == before;
        });
    return looks.getLast();
  }

  private void assertEquations() {
    Scrape at = scrapeAtRest();
    SoftAssertions softly = new SoftAssertions();
    long requests = answered.values().stream().mapToLong(Long::longValue).sum();
    softly.assertThat(at.sum("webhook_requests_total")).as("requests").isEqualTo(requests);
    long kept = at.sum("webhook_requests_total", "outcome", "kept");
    softly.assertThat(kept).as("kept").isEqualTo(answered.getOrDefault(204, 0L)).isPositive();
    softly.assertThat(at.sum("webhook_ack_seconds_count")).isEqualTo(kept);
    softly
        .assertThat(at.sum("webhook_refused_total"))
        .as("refused")
        .isEqualTo(answered.getOrDefault(401, 0L) + answered.getOrDefault(404, 0L))
        .isPositive();
    long deliveries = at.sum("journal_deliveries_total");
    softly.assertThat(deliveries).isEqualTo(kept + at.sum("webhook_kept_late_total"));
    softly
        .assertThat(deliveries)
        .as("rows of the journal")
        .isEqualTo(
            stored("SELECT count(*) FROM journal WHERE kind = 'delivery' AND seq > " + before));
    softly
        .assertThat(deliveries)
        .as("applied or quarantined")
        .isEqualTo(at.sum("journal_applied_total") + at.sum("journal_quarantined_total"));
    softly
        .assertThat(at.sum("journal_quarantined_total"))
        .isEqualTo(
            stored(
                "SELECT count(*) FROM journal WHERE outcome = 'quarantined' AND kind = 'delivery'"
                    + " AND seq > "
                    + before))
        .isPositive();
    softly
        .assertThat(at.sum("quarantined", "connection", "school"))
        .isEqualTo(
            stored(
                "SELECT count(*) FROM journal WHERE outcome = 'quarantined'"
                    + " AND connection = 'school'"));
    softly
        .assertThat(at.sum("events_total"))
        .isEqualTo(
            stored(
                "SELECT coalesce(sum(events), 0) FROM journal WHERE kind = 'delivery'"
                    + " AND outcome = 'applied' AND seq > "
                    + before));
    softly.assertThat(at.sum("facts_new_total")).isBetween(1L, at.sum("facts_told_total") - 1);
    softly
        .assertThat(at.sum("journal_commit_seconds_count"))
        .isEqualTo(at.sum("journal_batch_entries_count"));
    for (String purpose : List.of("read", "write", "backfill")) {
      softly
          .assertThat(at.sum("crm_call_contacts_total", "purpose", purpose))
          .as("contacts of a %s", purpose)
          .isEqualTo(at.sum("crm_contacts_total", "purpose", purpose));
    }
    softly.assertThat(at.sum("crm_contacts_total", "purpose", "write")).isPositive();
    softly
        .assertThat(at.sum("hand_offs_waiting"))
        .isEqualTo(waitingBefore + at.sum("hand_offs_planned_total") - at.sum("hand_offs_total"));
    for (String atRest :
        List.of("intake_oldest_seconds", "intake_waiting_bytes", "webhook_in_flight_bytes")) {
      softly.assertThat(at.sum(atRest)).as(atRest).isZero();
    }
    softly.assertThat(at.sum("crm_contacts_waiting", "purpose", "read")).isZero();
    softly.assertThat(at.values("connection")).isEqualTo(Set.of("school", "acme", "-"));
    softly.assertThat(at.samples()).as("bounded").hasSizeLessThan(MOST_SERIES);
    softly.assertAll();
  }

  @Test
  void counters_addUp_whateverFails_andAfterARestart() {
    Seeds.forEach(1, this::countersAddUp);
  }

  private void countersAddUp(SplittableRandom random) {
    try {
      run(random);
      overloadAndFail(random);
      assertAtRest();
      assertPage(scrape());
      restart();
      run(random);
      assertAtRest();
    } catch (IOException | SQLException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private void run(SplittableRandom random) throws IOException {
    faults("503=0.05,429=0.05,reset=0.03,500=0.03");
    try (Line line = Line.to(serve.port())) {
      for (int i = 1; i <= REQUESTS; i++) {
        sendOne(random, line);
        if (i % SCRAPE_EVERY == 0) {
          scrape();
        }
      }
    }
  }

  private void overloadAndFail(SplittableRandom random)
      throws IOException, SQLException, InterruptedException {
    fill();
    try (Line line = Line.to(serve.port())) {
      failTheStore(line, random);
    }
    serve.pipeline().beginBackfill(School.ID);
  }

  private void restart() {
    serve.close();
    answered.clear();
    last = null;
    serve = started();
    noteBeginning();
  }

  private void assertAtRest() {
    settle();
    assertEquations();
  }

  // The page

  private static final Pattern ROW =
      Pattern.compile("^\\| ((?:`[a-z_]+`(?:, )?)+) \\|[^|]+\\|([^|]*)\\|.*");
  private static final Pattern WORD = Pattern.compile("`([a-z_]+)`");

  private static Map<String, Set<String>> page() {
    try {
      String text = Files.readString(Path.of("docs/metrics.md"));
      int from = text.indexOf("## All of them");
      Map<String, Set<String>> rows = new TreeMap<>();
      for (String line :
          text.substring(from, text.indexOf("## How they relate")).lines().toList()) {
        Matcher row = ROW.matcher(line);
        if (row.matches()) {
          for (String name : words(row.group(1))) {
            assertThat(rows.put(name, words(row.group(2)))).as("once: " + name).isNull();
          }
        }
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> words(String text) {
    Set<String> words = new TreeSet<>();
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      words.add(matcher.group(1));
    }
    return Collections.unmodifiableSet(words);
  }

  private static void assertPage(Scrape scrape) {
    Map<String, Set<String>> page = page();
    Set<String> missing = new TreeSet<>(scrape.families());
    missing.removeAll(page.keySet());
    Set<String> gone = new TreeSet<>(page.keySet());
    gone.removeAll(scrape.families());
    assertThat(missing).as("in /metrics and not in docs/metrics.md").isEmpty();
    assertThat(gone).as("in docs/metrics.md and not in /metrics").isEmpty();
    page.forEach(
        (name, labels) ->
            assertThat(labels).as("labels of %s", name).containsAll(scrape.labels(name)));
  }
}
