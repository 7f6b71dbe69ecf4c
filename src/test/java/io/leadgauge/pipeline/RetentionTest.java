package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Seeds;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.EventTerms;
import io.leadgauge.crm.Mode;
import io.leadgauge.model.Activation;
import io.leadgauge.model.Decided;
import io.leadgauge.model.RecordRef;
import io.leadgauge.store.JournalEntry;
import io.leadgauge.store.KeptDelivery;
import io.leadgauge.store.KeptInTests;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Facts outlive the bodies that told them. */
class RetentionTest {
  private static final List<String> TITLES = List.of("VP", "Clerk", "Intern", "CEO");

  @TempDir Path folder;
  @TempDir Path elsewhere;

  private Rig start(Path data) {
    return start(data, Mode.FULL);
  }

  private Rig start(Path data, Mode mode) {
    EventTerms terms =
        new EventTerms(
            new TreeMap<>(), EventTerms.SeveralWithEmail.ALL, 1_000, 1_000, Duration.ofDays(9));
    Connection connection = Rig.connection(mode).with(terms.fedBy(Rig.web()));
    return Rig.startAfter(0, data, connection, Rig.model(), crm -> crm.define("email"));
  }

  /** Contacts that change, are merged, have calls and addresses; visitors who are given up. */
  private static void live(Rig rig, SplittableRandom random, int days) {
    for (int day = 0; day < days; day++) {
      String id = Integer.toString(1 + random.nextInt(5));
      rig.keep(rig.crm.set(id, "jobtitle", TITLES.get(random.nextInt(TITLES.size()))));
      String visitor = "v" + random.nextInt(9);
      switch (random.nextInt(6)) {
        case 0 -> rig.keep(rig.crm.set(id, "~into", Integer.toString(6 + random.nextInt(2))));
        case 1 -> rig.keep(rig.crm.set(id, "email", "x" + id + "@x.example"));
        case 2 -> rig.keep(line(rig, id, "~with", "call/" + random.nextInt(3)));
        case 3 -> rig.keep("garbage " + random.nextInt());
        case 4 -> rig.tell(form(rig, "'anonymousId':'" + visitor + "'"));
        default -> rig.tell(form(rig, "'anonymousId':'v','email':'x" + id + "@x.example'"));
      }
      rig.settle();
      rig.clock.advance(random.nextInt((int) Rig.DAY));
    }
  }

  private static String line(Rig rig, String id, String property, String value) {
    return id + " " + property + " " + rig.clock.now() + " " + value;
  }

  private static String form(Rig rig, String who) {
    return "{'contact':{%s},'type':'form','at':%d}".formatted(who, rig.clock.now());
  }

  @Test
  void snapshotAndTheEntriesAfterIt_giveTheFactsOfTheStore() {
    Seeds.forEach(
        4,
        random -> {
          Path data = folder.resolve(Long.toString(random.nextLong()));
          try (Rig rig = start(data)) {
            for (int round = 0; round < 4; round++) {
              live(rig, random, 8);
              BodyTerms terms =
                  random.nextBoolean()
                      ? RetentionRig.days(random.nextInt(5))
                      : new BodyTerms(null, random.nextInt(2_000));
              RetentionRig.run(rig, terms);
              rig.settle();
              SortedMap<RecordRef, String> after = RetentionRig.retold(rig, data);
              assertThat(RetentionRig.stored(rig, after.keySet())).isEqualTo(after);
            }
            assertThat(rig.reader.snapshot().through()).isPositive();
          }
        });
  }

  @Test
  void snapshot_isWhatFoldingTheEntriesThatItStandsForGives() {
    Seeds.forEach(
        3,
        random -> {
          Path data = folder.resolve(Long.toString(random.nextLong()));
          Path copy = elsewhere.resolve(data.getFileName());
          try (Rig rig = start(data)) {
            live(rig, random, 30);
            DataFolderBytes.copy(data, copy);
            RetentionRig.run(rig, RetentionRig.days(3));
            long through = rig.reader.snapshot().through();
            assertThat(through).isBetween(20L, rig.reader.counts().lastSequence() - 1);
            try (StoreReader whole = Store.read(copy)) {
              assertThat(RetentionRig.snapshot(rig.reader))
                  .isEqualTo(RetentionRig.retold(rig, whole, through));
            }
          }
        });
  }

  @Test
  void bodies_goOldestFirst_quarantinedOnesStay() {
    try (Rig rig = start(folder)) {
      long old = rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      long garbage = rig.keep("garbage");
      rig.settle();
      rig.clock.advance(2 * Rig.DAY);
      long young = rig.keep(rig.crm.set("1", "jobtitle", "CEO"));
      RetentionRig.run(rig, RetentionRig.days(1));

      KeptDelivery gone = KeptInTests.at(rig.reader, old);
      assertThat(gone.hasBody()).isFalse();
      assertThat(gone.delivery().body()).isEmpty();
      assertThat(gone.line().bytes()).isPositive();
      assertThat(gone.delivery().path()).isEqualTo("/webhooks/acme");
      assertThat(KeptInTests.at(rig.reader, garbage).hasBody()).isTrue();
      assertThat(KeptInTests.at(rig.reader, young).hasBody()).isTrue();
      assertThat(rig.reader.snapshot().through()).isLessThan(young);
      for (JournalEntry entry : rig.reader.journal().after(0, 1_000)) {
        boolean isKept = entry.sequence() >= young || entry.outcome().quarantined() != null;
        boolean isDecision = entry.entry() instanceof Decided;
        boolean isVersion = entry.entry() instanceof Activation;
        assertThat(entry.hasBody()).isEqualTo(isKept || isDecision || isVersion);
      }
    }
  }

  @Test
  void size_isBounded_andCountedAsItIs() {
    try (Rig rig = start(folder)) {
      live(rig, new SplittableRandom(1), 30);
      RetentionRig.run(rig, new BodyTerms(null, 3_000));
      assertThat(rig.reader.snapshot().bodies().bytes()).isEqualTo(bodyBytes()).isPositive();
      assertThat(rig.reader.snapshot().bodies().bytes()).isLessThanOrEqualTo(3_000);
      RetentionRig.all(rig);
      live(rig, new SplittableRandom(2), 3);
      RetentionRig.run(rig, BodyTerms.FOREVER);
      assertThat(rig.reader.snapshot().bodies().bytes()).isEqualTo(bodyBytes()).isPositive();
    }
  }

  private long bodyBytes() {
    return DataFolderBytes.number(folder, "SELECT sum(length(packed)) FROM packed_body");
  }

  @Test
  void kill_atAnyStep_isGoneOnWith() {
    List<Path> crashes = new ArrayList<>();
    SortedMap<RecordRef, String> facts;
    try (Rig rig = start(folder, Mode.SHADOW)) {
      live(rig, new SplittableRandom(3), 60);
      facts = RetentionRig.retold(rig, folder);
      try (RetentionRig running = new RetentionRig(rig, RetentionRig.days(0))) {
        AtomicInteger reads = new AtomicInteger();
        running.beforeReading(
            () -> {
              if (reads.incrementAndGet() % 20 == 0) {
                Path crash = elsewhere.resolve("crash-" + reads.get());
                DataFolderBytes.copy(folder, crash);
                crashes.add(crash);
              }
            });
        running.retention.start();
        running.awaitRest();
      }
    }
    assertThat(crashes).hasSizeGreaterThan(2);
    for (Path crash : crashes) {
      try (Rig rig = start(crash, Mode.SHADOW)) {
        assertThat(RetentionRig.retold(rig, crash)).isEqualTo(facts);
        RetentionRig.all(rig);
        assertThat(rig.reader.snapshot().bodies().oldestAt()).isZero();
        assertThat(RetentionRig.snapshot(rig.reader)).isEqualTo(facts);
      }
    }
  }

  @Test
  void deliveries_thatComeMeanwhile_areKeptBetweenTwoSteps() {
    try (Rig rig = start(folder)) {
      for (int i = 0; i < 400; i++) {
        rig.keep(rig.crm.set(Integer.toString(i % 50), "phone", Integer.toString(i)));
      }
      List<Long> live = new ArrayList<>();
      List<Long> reached = new ArrayList<>();
      try (RetentionRig running = new RetentionRig(rig, RetentionRig.days(0))) {
        AtomicInteger reads = new AtomicInteger();
        running.beforeReading(
            () -> {
              // At each delivery, for a step may hold few among readings and decisions.
              reached.add(rig.reader.snapshot().through());
              if (reads.incrementAndGet() % 40 == 0 && reads.get() <= 400) {
                live.add(rig.keep(rig.crm.set("1", "city", Integer.toString(reads.get()))));
              }
            });
        running.retention.start();
        running.awaitRest();
      }
      assertThat(live).hasSizeGreaterThanOrEqualTo(9);
      assertThat(reached).isSorted();
      assertThat(reached.getLast()).isGreaterThan(reached.getFirst());
      for (int i = 1; i < reached.size(); i++) {
        assertThat(reached.get(i) - reached.get(i - 1)).as("entries of a step").isBetween(0L, 100L);
      }
    }
  }

  @Test
  void step_thatIsUnderWay_holdsUpNobody() throws InterruptedException {
    try (Rig rig = start(folder)) {
      rig.keep(rig.crm.set("1", "phone", "1"));
      CountDownLatch reading = new CountDownLatch(1);
      CountDownLatch goOn = new CountDownLatch(1);
      try (RetentionRig running = new RetentionRig(rig, RetentionRig.days(0))) {
        running.beforeReading(
            () -> {
              reading.countDown();
              await(goOn);
            });
        running.retention.start();
        reading.await();
        long live = rig.keep(rig.crm.set("1", "phone", "2"));
        assertThat(rig.reader.keptDeliveries().find(live)).isPresent();
        assertThat(rig.reader.snapshot().through()).isZero();
        goOn.countDown();
        running.awaitRest();
        assertThat(rig.reader.snapshot().through()).isPositive();
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What was read before somebody was erased must not be stored after. */
  @Test
  void erasure_duringAStep_isNotUndoneByIt() {
    try (Rig rig = start(folder)) {
      rig.keep(rig.crm.set("71000001", "email", "ann@needle.example"));
      rig.keep(line(rig, "1", "~with", "contact/71000001"), rig.crm.set("1", "phone", "1"));
      rig.settle();
      AtomicReference<Runnable> once =
          new AtomicReference<>(
              () -> {
                rig.pipeline.erasures().erase(RecordRef.contact(Rig.ACME, "71000001")).join();
                rig.awaitPassing("erased", () -> rig.pipeline.erasures().progress().isDone());
              });
      try (RetentionRig running = new RetentionRig(rig, RetentionRig.days(0))) {
        running.beforeReading(() -> once.getAndSet(() -> {}).run());
        running.retention.start();
        running.awaitRest();
      }
      assertThat(rig.reader.snapshot().through()).isPositive();
      assertThat(DataFolderBytes.find(folder, "71000001", "ann@needle.example")).isEmpty();
      SortedMap<RecordRef, String> after = RetentionRig.retold(rig, folder);
      assertThat(RetentionRig.stored(rig, after.keySet())).isEqualTo(after);
    }
  }

  @Test
  void entry_thatCannotBeReadAgain_isNeverEmptiedAndThatIsTold() {
    try (Rig rig = start(folder)) {
      rig.keep(rig.crm.set("1", "phone", "1"));
      rig.keep(rig.crm.set("1", "phone", "2"));
      rig.keep(rig.crm.set("1", "phone", "3"));
      AtomicInteger reads = new AtomicInteger();
      AtomicReference<String> fault = new AtomicReference<>("a release that reads it otherwise");
      try (RetentionRig running = new RetentionRig(rig, RetentionRig.days(0))) {
        running.beforeReading(
            () -> {
              if (reads.incrementAndGet() >= 2 && fault.get() != null) {
                throw new IllegalStateException(fault.get());
              }
            });
        running.retention.start();
        rig.awaitPassing("it is told", () -> !running.retention.progress().trouble().isEmpty());
        assertThat(running.retention.progress().trouble())
            .contains("was applied and cannot be read again")
            .endsWith(Intake.FAULT)
            .doesNotContain("a release that reads it otherwise");
        long reached = running.retention.progress().through();
        assertThat(reached).isPositive().isLessThan(rig.reader.counts().lastSequence());
        assertThat(running.retention.progress().bodies().bytes()).isPositive();

        fault.set(null);
        rig.awaitPassing("it goes on", () -> running.retention.progress().through() > reached);
        rig.awaitPassing("it is over", () -> running.retention.progress().trouble().isEmpty());
      }
    }
  }
}
