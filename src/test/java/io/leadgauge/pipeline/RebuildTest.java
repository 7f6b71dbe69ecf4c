package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadgauge.Seeds;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.EventTerms;
import io.leadgauge.crm.EventTerms.SeveralWithEmail;
import io.leadgauge.crm.Guard;
import io.leadgauge.model.Delivery;
import io.leadgauge.replay.Difference;
import io.leadgauge.replay.Rebuilt;
import io.leadgauge.replay.Redecoded;
import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.store.JournalEntry;
import io.leadgauge.store.ScratchStore;
import io.leadgauge.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store is what its journal says, whatever has happened. */
class RebuildTest {
  private static final List<String> TITLES = List.of("VP", "Clerk", "Intern", "");
  private static final List<String> MAILS =
      List.of("ann@x.example", "bob@x.example", "Info@x.example", "");
  private static final List<String> STAGES = List.of("lead", "mql", "customer", "");
  private static final int STEPS = 60;

  @TempDir Path folder;

  /** What was told by which entry. */
  private final Map<String, Long> told = new HashMap<>();

  /** Little is kept of names that lead to nobody. */
  private static Connection connection(SeveralWithEmail several, String... types) {
    EventTerms terms = new EventTerms(new TreeMap<>(), several, 4, 12, Duration.ofDays(20));
    return LinksTest.connection(new Guard(1_000, 100)).with(terms.fedBy(Rig.web(types)));
  }

  @Test
  void store_afterRandomDays_isWhatItsJournalSays() {
    AtomicLong retried = new AtomicLong();
    Seeds.forEach(
        12,
        random -> {
          Life life = new Life(folder.resolve(Long.toString(random.nextLong())), random);
          life.live();
          retried.addAndGet(life.retried);
        });
    assertThat(retried).hasPositiveValue();
  }

  /** A few people whose every fact came by a delivery. */
  private void lived(RebuiltRig rebuilt) {
    Connection connection = connection(SeveralWithEmail.ALL);
    rebuilt.know(connection, LinksTest.model());
    try (Rig rig = Rig.startWith(folder, connection, LinksTest.model())) {
      for (String id : List.of("1", "2", "3")) {
        told.put(id + " Clerk", rig.keep(rig.crm.set(id, "jobtitle", "Clerk")));
        rig.settle();
        told.put(id + " VP", rig.keep(rig.crm.set(id, "jobtitle", "VP")));
        rig.settle();
      }
      long forms =
          rig.tell(
              "{'contact':{'id':'2'},'type':'form','at':%d}".formatted(rig.clock.now()),
              "{'contact':{'email':'ann@x.example'},'type':'form','at':%d}"
                  .formatted(rig.clock.now()));
      told.put("forms", forms);
      rig.settle();
    }
    assertThat(rebuilt.of(folder, NOBODY).isEqual()).isTrue();
  }

  private static final LineCrm NOBODY = new LineCrm(Rig.ACME, 0);

  private Difference tampered(String sql) {
    RebuiltRig rebuilt = new RebuiltRig();
    lived(rebuilt);
    tamper(sql);
    Rebuilt found = rebuilt.of(folder, NOBODY);
    assertThat(found.isEqual()).isFalse();
    assertThat(found.differences()).isOne();
    return found.first().orElseThrow();
  }

  private void tamper(String sql) {
    assertThat(asked(sql)).as("rows changed").isOne();
  }

  /** Returns how many rows a statement changed, or the number that a question gave. */
  private long asked(String sql) {
    try (java.sql.Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("leadgauge.db"));
        Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return statement.getUpdateCount();
      }
      try (ResultSet row = statement.getResultSet()) {
        return row.getLong(1);
      }
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  private static final String OF_TWO = " record = (SELECT id FROM record WHERE object_id = '2')";

  @Test
  void fact_tampered_isFoundWithTheEntryThatBroughtIt() {
    Difference first =
        tampered("UPDATE property_fact SET value = 'CEO' WHERE value = 'VP' AND" + OF_TWO);
    assertThat(first.kind()).isEqualTo(Difference.Kind.FACT);
    assertThat(first.record()).hasToString("acme/contact/2");
    assertThat(first.what()).isEqualTo("property jobtitle");
    assertThat(first.journal()).startsWith("\"VP\" at 2023-11-13T22:13:");
    assertThat(first.store()).startsWith("\"CEO\" at 2023-11-13T22:13:").endsWith("(event)");
    assertThat(first.entry()).isEqualTo(told.get("2 VP"));
  }

  /** What was taken up late is read where it was taken up, and is no difference. */
  @Test
  void redecoding_tellsWhichDeliveriesTellSomethingElse() {
    RebuiltRig rebuilt = new RebuiltRig();
    rebuilt.know(connection(SeveralWithEmail.ALL, "form"), LinksTest.model());
    rebuilt.know(connection(SeveralWithEmail.ALL, "form", "gift"), LinksTest.model());
    Connection first = connection(SeveralWithEmail.ALL, "form");
    try (Rig rig = Rig.startWith(folder, first, LinksTest.model())) {
      rig.crm.cannotRead("city");
      long late = rig.keep(rig.crm.set("1", "city", "Bonn"));
      long noted = rig.tell("{'contact':{'id':'2'},'type':'gift','at':%d}".formatted(Rig.START));
      rig.crm.cannotRead("");
      rig.pipeline.retries().retry(List.of(late));
      rig.want(connection(SeveralWithEmail.ALL, "form", "gift"), LinksTest.model());
      rig.await(Configuration.State.IN_FORCE);
      rig.settle();
      Redecoded found = rebuilt.rebuild(folder, rig.crm).redecode((sequence, last) -> {});
      assertThat(found.otherwise()).isOne();
      assertThat(found.examples().getFirst().entry()).isEqualTo(noted);
      assertThat(found.examples().getFirst().added()).isNotEmpty();
      assertThat(found.facts()).isPositive();
    }
  }

  @Test
  void fact_missing_isFoundWithTheEntryThatBroughtIt() {
    Difference first = tampered("DELETE FROM activity_fact WHERE" + OF_TWO);
    assertThat(first.what()).isEqualTo("activity form");
    assertThat(first.journal()).startsWith("{} at ");
    assertThat(first.store()).isNull();
    assertThat(first.entry()).isEqualTo(told.get("forms"));
  }

  @Test
  void fact_thatNoEntryTells_isFound() {
    Difference first =
        tampered(
            "INSERT INTO activity_fact SELECT id, 'form', 5, '{}', 5 FROM record WHERE object_id ="
                + " '2'");
    assertThat(first.journal()).isNull();
    assertThat(first.store()).isEqualTo("{} at 1970-01-01T00:00:00.005Z");
    assertThat(first.entry()).isZero();
  }

  @Test
  void record_gone_isFoundByItsEarliestFact() {
    RebuiltRig rebuilt = new RebuiltRig();
    lived(rebuilt);
    tamper("DELETE FROM record WHERE object_id = '3'");
    Rebuilt found = rebuilt.of(folder, NOBODY);
    assertThat(found.differences()).isGreaterThan(2);
    assertThat(found.first().orElseThrow().entry()).isEqualTo(told.get("3 Clerk"));
  }

  @Test
  void firstSight_tampered_isFound() {
    Difference first =
        tampered("UPDATE record SET first_seen_at = first_seen_at + 1 WHERE object_id = '2'");
    assertThat(first.kind()).isEqualTo(Difference.Kind.FIRST_SIGHT);
    assertThat(first.entry()).isEqualTo(told.get("2 Clerk"));
  }

  @Test
  void decision_tampered_isTakenAgain() {
    RebuiltRig rebuilt = new RebuiltRig();
    lived(rebuilt);
    long decision =
        asked("SELECT max(seq) FROM journal WHERE kind = 'decision' AND head ->> 'id' = '1'");
    tamper("UPDATE journal SET received_at = received_at + 1 WHERE seq = " + decision);
    Rebuilt found = rebuilt.of(folder, NOBODY);
    Difference first = found.first().orElseThrow();
    assertThat(first.kind()).isEqualTo(Difference.Kind.DECISION);
    assertThat(first.entry()).isEqualTo(decision);
    assertThat(first.journal()).contains("\"since\":").isNotEqualTo(first.store());
  }

  @Test
  void standing_tampered_isComparedWithTheLastDecision() {
    Difference first =
        tampered("UPDATE standing SET decision = replace(decision, 'warm', 'hot') WHERE" + OF_TWO);
    assertThat(first.kind()).isEqualTo(Difference.Kind.STANDING);
    assertThat(first.what()).isEqualTo("plain");
  }

  @Test
  void entry_ofAnUnknownVersion_isTold() {
    lived(new RebuiltRig());
    Rebuilt found = new RebuiltRig().of(folder, NOBODY);
    assertThat(found.first().orElseThrow().kind()).isEqualTo(Difference.Kind.VERSION);
    assertThat(found.first().orElseThrow().entry())
        .isEqualTo(asked("SELECT min(seq) FROM journal WHERE kind = 'delivery'"));
  }

  @Test
  void decision_byAModelThatIsReadOtherwiseNow_isCountedAndNotTakenAgain() {
    lived(new RebuiltRig());
    RebuiltRig later = new RebuiltRig();
    later.knowOtherwise(connection(SeveralWithEmail.ALL), LinksTest.model(), Rig.model());
    Rebuilt found = later.of(folder, NOBODY);
    assertThat(found.isEqual()).isTrue();
    assertThat(found.ofOtherRelease()).isPositive().isEqualTo(found.decisions());
  }

  @Test
  void leftover_ofARebuildThatWasKilled_isRemoved() throws IOException {
    RebuiltRig rebuilt = new RebuiltRig();
    lived(rebuilt);
    Path leftover = Files.createDirectory(folder.resolve("rebuild.tmp"));
    Files.writeString(leftover.resolve("leadgauge.db"), "what was left");
    assertThat(rebuilt.of(folder, NOBODY).isEqual()).isTrue();
    assertThat(leftover).doesNotExist();
    Files.createDirectory(leftover);
    Files.writeString(leftover.resolve("leadgauge.db"), "what was left");
    Store.open(folder).close();
    assertThat(leftover).doesNotExist();
  }

  @Test
  void another_atTheSameTime_isRefused() {
    RebuiltRig rebuilt = new RebuiltRig();
    lived(rebuilt);
    try (ScratchStore other = ScratchStore.open(folder)) {
      assertThat(other.writer().nextSequence()).isOne();
      assertThatThrownBy(() -> rebuilt.of(folder, NOBODY))
          .hasMessageContaining("another rebuild is at work on");
      Store.open(folder).close();
      assertThat(folder.resolve("rebuild.tmp")).exists();
    }
  }

  /** Random days of a few people, told in any order, several times, to one installation. */
  private static final class Life {
    private final Path place;
    private final SplittableRandom random;
    private final RebuiltRig rebuilt = new RebuiltRig();
    private final List<String> told = new ArrayList<>();
    private final SeveralWithEmail several;
    private Connection connection;
    private ModelDefinition model = LinksTest.model();
    private final int[] generations = new int[6];
    private long decisions;
    private boolean erased;
    private int restarts;

    /** How many properties were unreadable at first, and no longer are. */
    private int learned;

    /** How many types of events are no longer unknown. */
    private int gifts;

    private long retried;

    Life(Path place, SplittableRandom random) {
      this.place = place;
      this.random = random;
      this.several = one(List.of(SeveralWithEmail.values()));
      this.connection = connection(several, types());
    }

    void live() {
      for (int life = 0; life < 2; life++) {
        try (Rig rig = start()) {
          for (int step = 0; step < STEPS; step++) {
            step(rig);
          }
          rig.settle();
          assertEqual(rebuilt.of(place, rig.crm));
        }
      }
      assertThat(decisions).isPositive();
    }

    private void assertEqual(Rebuilt found) {
      assertThat(found.first()).as(found.toString()).isEmpty();
      assertThat(found.differences()).isZero();
      decisions += found.decisions();
      assertThat(found.ofOtherRelease()).isZero();
      if (!erased) {
        assertThat(found.lost()).isZero();
      }
    }

    private Rig start() {
      rebuilt.know(connection, model);
      return Rig.startAfter(
          200 * restarts++,
          place,
          connection,
          model,
          crm -> {
            crm.define("email");
            crm.cannotRead(later());
          });
    }

    private String contact() {
      int slot = random.nextInt(generations.length);
      return Integer.toString(1 + slot + 10 * generations[slot]);
    }

    private <T> T one(List<T> of) {
      return of.get(random.nextInt(of.size()));
    }

    private void step(Rig rig) {
      rig.crm.passTo(rig.clock.now() - 1_000);
      switch (random.nextInt(29)) {
        case 0, 1, 2 -> tell(rig, rig.crm.set(contact(), "jobtitle", one(TITLES)));
        case 3, 4 -> tell(rig, rig.crm.set(contact(), "email", one(MAILS)));
        case 5 -> tell(rig, rig.crm.set(contact(), "lifecyclestage", one(STAGES)));
        case 6 -> tell(rig, rig.crm.set(contact(), "form_date", "" + rig.clock.now()));
        case 7 ->
            tell(rig, rig.crm.set(contact(), "~works-at", one(List.of("company/7", "company/8"))));
        case 8 ->
            tell(
                rig,
                rig.crm.set(
                    "company/" + (7 + random.nextInt(2)), "size", one(List.of("big", "small"))));
        case 9 -> tell(rig, rig.crm.set(contact(), one(List.of("~into", "~out-of")), contact()));
        case 10 -> {
          String meeting = "meeting/" + (1 + random.nextInt(3));
          rig.crm.set(meeting, "start", "" + rig.clock.now());
          tell(rig, rig.crm.set(contact(), one(List.of("~with", "~with", "~left")), meeting));
        }
        case 11, 12, 13 -> rig.tell(event(rig, "form"), event(rig, "form"));
        case 14 -> again(rig);
        case 15 -> rig.keep("garbage");
        case 16 -> rig.clock.advance(random.nextLong(4 * Rig.DAY));
        case 17 -> rarely(rig);
        case 24 ->
            rig.keep(
                rig.crm.set(contact(), later(), "" + random.nextInt(3)),
                rig.crm.set(contact(), "city", "c" + random.nextInt(3)),
                rig.crm.set(contact(), "~with", "contact/" + contact()));
        case 25, 26 -> rig.tell(event(rig, "gift" + random.nextInt(gifts + 1)), event(rig, "form"));
        case 27 -> retry(rig);
        case 18, 19, 20, 21, 22 -> rig.settle();
        default -> rig.crm.set(contact(), "jobtitle", one(TITLES));
      }
    }

    private void tell(Rig rig, String line) {
      told.add(line);
      if (random.nextInt(4) > 0) {
        rig.keep(line);
      }
    }

    /** Late, and what was told already. */
    private void again(Rig rig) {
      if (!told.isEmpty()) {
        rig.keep(one(told), one(told), one(told));
      }
    }

    private String later() {
      return "later" + learned;
    }

    /** Takes up all that was quarantined or noted, now that it can be read. */
    private void retry(Rig rig) {
      learned++;
      rig.crm.cannotRead(later());
      gifts++;
      connection = connection(several, types());
      want(rig);
      takeUp(rig);
    }

    /** No type is ever taken back: an erasure reads by the version that is in force. */
    private String[] types() {
      List<String> types = new ArrayList<>(List.of("form"));
      for (int gift = 0; gift < gifts; gift++) {
        types.add("gift" + gift);
      }
      return types.toArray(String[]::new);
    }

    private void takeUp(Rig rig) {
      List<Long> numbers =
          rig.reader.journal().after(0, 100_000).stream()
              .filter(entry -> entry.entry() instanceof Delivery)
              .filter(entry -> entry.outcome().quarantined() != null || entry.outcome().noted() > 0)
              .map(JournalEntry::sequence)
              .toList();
      retried +=
          rig.pipeline.retries().retry(numbers).stream()
              .filter(Retrial.Applied.class::isInstance)
              .count();
    }

    private void want(Rig rig) {
      rebuilt.know(connection, model);
      rig.want(connection, model);
      rig.await(Configuration.State.IN_FORCE);
    }

    /** While bodies are emptied, deliveries may be taken up. */
    private void retain(Rig rig) {
      BodyTerms terms = RetentionRig.days(random.nextInt(15));
      Retelling.Decoder decoder = rebuilt.decoder(rig.reader, rig.crm);
      try (RetentionRig running = new RetentionRig(rig, terms, decoder)) {
        AtomicInteger reads = new AtomicInteger(random.nextInt(30));
        if (random.nextBoolean()) {
          learned++;
          rig.crm.cannotRead(later());
          running.beforeReading(
              () -> {
                if (reads.getAndDecrement() == 0) {
                  takeUp(rig);
                }
              });
        }
        running.retention.start();
        running.awaitRest();
      }
    }

    private String event(Rig rig, String type) {
      List<String> keys = new ArrayList<>();
      if (random.nextBoolean()) {
        keys.add("'email':'" + one(MAILS.subList(0, 3)) + "'");
      }
      if (random.nextInt(3) == 0) {
        keys.add("'id':'" + contact() + "'");
      }
      if (keys.isEmpty() || random.nextBoolean()) {
        keys.add("'anonymousId':'v" + random.nextInt(8) + "'");
      }
      long at = rig.clock.now() - random.nextInt(3) * 1_000L;
      return "{'contact':{%s},'type':'%s','at':%d}".formatted(String.join(",", keys), type, at);
    }

    private void rarely(Rig rig) {
      switch (random.nextInt(4)) {
        case 0 -> erase(rig);
        case 2 -> retain(rig);
        case 1 -> {
          model = random.nextBoolean() ? LinksTest.model() : Rig.model();
          want(rig);
        }
        default -> rig.clock.advance(25 * Rig.DAY);
      }
    }

    private void erase(Rig rig) {
      erased = true;
      String gone = contact();
      generations[(Integer.parseInt(gone) - 1) % 10]++;
      rig.pipeline.erasures().erase(rig.crm.ref(gone)).join();
      rig.awaitPassing("erased", () -> rig.pipeline.erasures().progress().isDone());
    }
  }
}
