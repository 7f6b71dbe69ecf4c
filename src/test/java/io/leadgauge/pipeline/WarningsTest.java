package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Await;
import io.leadgauge.Found;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.EventSource;
import io.leadgauge.crm.EventTerms;
import io.leadgauge.crm.Mode;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.pipeline.Warning.Kind;
import io.leadgauge.store.DueWork;
import io.leadgauge.store.HourlyCount;
import io.leadgauge.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Warnings of a running pipeline over a real store, on a moved clock. */
class WarningsTest {
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long NOW = Rig.START / HOUR;
  private static final int BEATS_AN_HOUR = 12;
  private static final String ACME = Rig.ACME.name();

  @TempDir Path folder;

  private final List<String> told = Collections.synchronizedList(new ArrayList<>());
  private final Handler listener =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          told.add(new SimpleFormatter().formatMessage(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    Logger.getLogger(Warnings.class.getName()).addHandler(listener);
  }

  @AfterEach
  void listenNoMore() {
    Logger.getLogger(Warnings.class.getName()).removeHandler(listener);
  }

  /** So much has come in each hour of five weeks, the one that is on its way included. */
  private void learned(Map<String, LongUnaryOperator> measures) {
    learned(5, measures);
  }

  private void learned(int weeks, Map<String, LongUnaryOperator> measures) {
    try (Store store = Store.open(folder)) {
      for (long hour = NOW - weeks * (long) Usual.WEEK; hour <= NOW; hour++) {
        long then = hour;
        note(store, "beats", then, BEATS_AN_HOUR);
        measures.forEach((measure, count) -> note(store, measure, then, count.applyAsLong(then)));
      }
      store.writer().commit();
    }
  }

  private static void note(Store store, String measure, long hour, long count) {
    if (count != 0) {
      String whose = measure.startsWith("disk") ? "" : ACME;
      store.writer().note(new HourlyCount(whose, measure, hour, count, false));
    }
  }

  private static long beats(Rig rig) {
    return rig
        .reader
        .hours(ACME)
        .getOrDefault("beats", Collections.emptyNavigableMap())
        .values()
        .stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  /** Lets hours pass, beat by beat, and does something before each. */
  private static void pass(Rig rig, int hours, Runnable each) {
    Await.until("it has begun to look", () -> rig.reader.hours("").containsKey("disk-taken"));
    for (int beat = 0; beat < hours * BEATS_AN_HOUR; beat++) {
      each.run();
      long before = beats(rig);
      rig.clock.advance(Warnings.BEAT);
      Await.until("it has looked", Duration.ofSeconds(20), () -> beats(rig) > before);
    }
  }

  private static List<Kind> kinds(Rig rig) {
    return rig.pipeline.warnings(Rig.ACME).stream().map(Warning::kind).toList();
  }

  private List<String> told(String text) {
    synchronized (told) {
      return told.stream().filter(line -> line.contains(text)).toList();
    }
  }

  @Test
  void activityThatStops_isToldWithinThreeHours_once_andTakenBackWhenItReturns() {
    learned(Map.of("deliveries", hour -> 40, "activity:form", hour -> 20));
    try (Rig rig = Rig.start(folder)) {
      pass(rig, 1, () -> rig.keep("1 ~did " + rig.clock.now() + " form"));
      assertThat(rig.pipeline.warnings(Rig.ACME)).isEmpty();
      pass(rig, 3, () -> rig.keep(rig.crm.set("1", "jobtitle", "VP")));
      assertThat(kinds(rig)).containsExactly(Kind.ACTIVITY_STOPPED);
      assertThat(rig.concerns()).contains("activity form: nothing since ", "weeks it was ");
      assertThat(told("activity form")).as("logged once").hasSize(1);
      rig.keep("1 ~did " + rig.clock.now() + " form");
      pass(rig, 1, () -> {});
      assertThat(rig.pipeline.warnings(Rig.ACME)).isEmpty();
      assertThat(told("activity form")).hasSize(2).last().asString().contains("as usual again");
    }
  }

  @Test
  void deliveriesThatStop_areTold_andAgainAfterARestart() {
    learned(Map.of("deliveries", hour -> 40));
    try (Rig rig = Rig.start(folder)) {
      pass(rig, 1, () -> rig.keep(rig.crm.set("1", "jobtitle", "VP")));
      pass(rig, 3, () -> {});
      assertThat(kinds(rig)).containsExactly(Kind.NO_DELIVERIES);
    }
    // The same hours without a process: started again, it goes on from what was written down.
    try (Rig rig = Rig.startAfter(1, folder, Rig.connection(Mode.FULL), Rig.model())) {
      Await.until(
          "it has looked",
          Duration.ofSeconds(20),
          () -> !rig.pipeline.warnings(Rig.ACME).isEmpty());
      assertThat(kinds(rig)).containsExactly(Kind.NO_DELIVERIES);
    }
  }

  /** A day without a process: what did not come then is neither missed nor learned. */
  @Test
  void downtime_isNotWarnedOf_norLearned() {
    learned(Map.of("deliveries", hour -> 40, "activity:form", hour -> 20));
    try (Rig rig = Rig.startAfter(1, folder, Rig.connection(Mode.FULL), Rig.model())) {
      pass(rig, 1, () -> rig.keep("1 ~did " + rig.clock.now() + " form"));
      assertThat(told).isEmpty();
      assertThat(Found.in(rig.reader.hours(ACME), "beats").subMap(NOW + 1, NOW + 24)).isEmpty();
    }
  }

  @Test
  void nightOrWeekend_isNotWarnedOf() {
    learned(Map.of("deliveries", hour -> Math.floorMod(hour - NOW, 24) < 6 ? 0 : 40));
    try (Rig rig = Rig.start(folder)) {
      pass(rig, 6, () -> {});
      assertThat(told).isEmpty();
    }
  }

  /** Two weeks are enough, and it is said that they were two. */
  @Test
  void deliveriesThatStop_afterTwoWeeks_areTold() {
    learned(2, Map.of("deliveries", hour -> 40));
    try (Rig rig = Rig.start(folder)) {
      pass(rig, 3, () -> {});
      assertThat(kinds(rig)).containsExactly(Kind.NO_DELIVERIES);
      assertThat(rig.concerns()).contains("in the same hours of each of the last 2 weeks it was ");
    }
  }

  @Test
  void firstWeeks_areQuiet() {
    try (Rig rig = Rig.start(folder)) {
      pass(rig, 2, () -> rig.keep(rig.crm.set("1", "jobtitle", "VP")));
      pass(rig, 3, () -> {});
      assertThat(told).isEmpty();
    }
  }

  @Test
  void quarantineThatGrows_isTold() {
    learned(Map.of("quarantined", hour -> hour % 24 == 0 ? 1 : 0));
    try (Rig rig = Rig.start(folder)) {
      for (int i = 0; i < 40; i++) {
        rig.keep("no line of ours");
      }
      pass(rig, 1, () -> {});
      assertThat(kinds(rig)).containsExactly(Kind.QUARANTINE);
      assertThat(rig.concerns()).contains("quarantine: 41 deliveries could not be applied");
    }
  }

  @Test
  void contactsOfAStage_farMoreThanUsual_areTold() {
    learned(Map.of("stage:mql", hour -> hour % 24 == 0 ? 3 : 0));
    try (Rig rig = Rig.start(folder)) {
      for (int id = 1; id <= 60; id++) {
        rig.keep(rig.crm.set(Integer.toString(id), "jobtitle", "VP"));
      }
      rig.settle();
      pass(rig, 1, () -> {});
      assertThat(kinds(rig)).containsExactly(Kind.STAGE_ENTRIES);
      assertThat(rig.concerns()).contains("stage mql: 63 contacts came to it");
    }
  }

  @Test
  void contactsOfAStage_farFewerThanUsual_areTold() {
    learned(Map.of("stage:mql", hour -> hour < NOW - 24 ? 3 : 0));
    try (Rig rig = Rig.start(folder)) {
      pass(rig, 1, () -> {});
      assertThat(kinds(rig)).containsExactly(Kind.STAGE_ENTRIES);
    }
  }

  @Test
  void contactThatCannotBeWritten_isToldAfterLongerThanUsual_andTakenBack() {
    learned(Map.of("unwritten-seconds", hour -> 600));
    try (Rig rig = Rig.start(folder)) {
      rig.crm.holdWrites(true);
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.awaitPassing(
          "a write is due",
          () -> rig.reader.countDue(Rig.ACME, DueWork.WRITE, rig.clock.now()) > 0);
      pass(rig, 1, () -> {});
      assertThat(kinds(rig)).doesNotContain(Kind.UNWRITTEN);
      pass(rig, 1, () -> {});
      assertThat(kinds(rig)).contains(Kind.UNWRITTEN);
      assertThat(told("writes: a contact should have been written")).hasSize(1);
      rig.crm.holdWrites(false);
      rig.settle();
      pass(rig, 1, () -> {});
      assertThat(kinds(rig)).isEmpty();
    }
  }

  @Test
  void diskThatFills_isToldInTime() {
    try (Store store = Store.open(folder)) {
      long taken = store.takenBytes() >> 20;
      long free = store.freeBytes() >> 20;
      long twentyDaysAgo = NOW - 20L * Usual.DAY;
      note(store, "disk-taken", twentyDaysAgo, taken - 4 * free);
      store.writer().commit();
    }
    try (Rig rig = Rig.start(folder)) {
      Await.until("it is told", Duration.ofSeconds(20), () -> !rig.pipeline.warnings().isEmpty());
      assertThat(rig.pipeline.warnings().getFirst().kind()).isEqualTo(Kind.DISK);
      assertThat(rig.pipeline.warnings().getFirst().finding()).contains("full in ");
    }
  }

  @Test
  void credentialsThatExpire_areTold_ninetyDaysBefore() {
    Connection plain = Rig.connection(Mode.FULL);
    for (int days : new int[] {89, 91}) {
      told.clear();
      long end = Rig.START + days * Rig.DAY;
      try (Rig rig =
          Rig.startWith(folder.resolve("for-" + days), goodUntil(plain, end), Rig.model())) {
        pass(rig, 1, () -> {});
        assertThat(kinds(rig)).hasSize(days < 90 ? 1 : 0).allMatch(Kind.RUNNING_OUT::equals);
      }
    }
  }

  /** The secrets of its own webhooks, and of a source that feeds it. */
  @Test
  void secretsThatExpire_areTold_eachByItsName() {
    long soon = Rig.START + 10 * Rig.DAY;
    EventSource web = Rig.web("form");
    EventSource shop =
        new EventSource(
            new ConnectionId("shop"), Rig.ACME, web.webhooks().goodUntil(soon), web.types());
    Connection fed =
        goodUntil(Rig.connection(Mode.FULL), Long.MAX_VALUE, soon)
            .with(EventTerms.DEFAULT.fedBy(web).fedBy(shop));
    try (Rig rig = Rig.startWith(folder, fed, Rig.model())) {
      pass(rig, 1, () -> {});
      assertThat(rig.pipeline.warnings(Rig.ACME))
          .extracting(Warning::subject)
          .containsExactly("webhook secrets", "webhook secrets of the source shop");
      assertThat(kinds(rig)).containsOnly(Kind.RUNNING_OUT);
      assertThat(rig.concerns()).contains("webhook secrets: good until ");
    }
  }

  /** What goes wrong with one connection takes nothing from another. */
  @Test
  void faultOfOneConnection_doesNotHideWhatIsWrongWithAnother() {
    learned(Map.of("deliveries", hour -> 40));
    Connection acme = Rig.connection(Mode.FULL);
    Connection faulty = Rig.named("aaa", acme);
    try (Rig rig = Rig.start(folder)) {
      rig.crm.cannotTellExpiriesOf(faulty.id());
      rig.pipeline.replace(
          List.of(Rig.candidate(faulty, Rig.model()), Rig.candidate(acme, Rig.model())));
      pass(rig, 1, () -> rig.keep(rig.crm.set("1", "jobtitle", "VP")));
      pass(rig, 3, () -> {});
      assertThat(kinds(rig)).containsExactly(Kind.NO_DELIVERIES);
      assertThat(told("warnings of aaa failed")).hasSize(1);
      assertThat(Found.in(rig.reader.hours(ACME), "beats").tailMap(NOW + 1).values())
          .as("looked as often as ever")
          .isNotEmpty()
          .allMatch(beats -> beats <= BEATS_AN_HOUR);
    }
  }

  private static Connection goodUntil(Connection plain, long end) {
    return goodUntil(plain, end, Long.MAX_VALUE);
  }

  private static Connection goodUntil(Connection plain, long end, long endOfWebhooks) {
    return new Connection(
        plain.id(),
        plain.kind(),
        plain.tenant(),
        plain.webhooks().goodUntil(endOfWebhooks),
        plain.api().goodUntil(end),
        plain.models(),
        plain.mode(),
        plain.fields(),
        plain.lists(),
        plain.activities(),
        plain.outcomes(),
        plain.poll(),
        plain.writeBack(),
        plain.guard());
  }

  /** What a source tells does not hide that the CRM is silent. */
  @Test
  void sourceThatGoesOn_doesNotHideTheSilenceOfTheCrm() {
    learned(Map.of("deliveries", hour -> 40, "source:web", hour -> 40));
    Connection fed = Rig.connection(Mode.FULL).with(EventTerms.DEFAULT.fedBy(Rig.web("form")));
    try (Rig rig = Rig.startWith(folder, fed, Rig.model())) {
      pass(rig, 1, () -> rig.keep(rig.crm.set("1", "jobtitle", "VP")));
      pass(
          rig,
          3,
          () -> rig.tell("{'contact':{'id':'1'},'type':'form','at':'2023-11-15T00:00:00Z'}"));
      assertThat(rig.pipeline.warnings(Rig.ACME))
          .extracting(Warning::subject)
          .containsExactly("deliveries");
    }
  }
}
