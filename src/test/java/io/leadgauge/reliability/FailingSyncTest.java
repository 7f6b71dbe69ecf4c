package io.leadgauge.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Await;
import io.leadgauge.reliability.DiskLoad.Refusal;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sync that fails acknowledges nothing, and what it has lost is not taken for kept later: after
 * it the kernel has the pages for written, so that they can be read, by a process that is started
 * anew as well, and never reach the disk.
 */
class FailingSyncTest {
  private static final Figures FIGURES = new Figures(FailingSyncTest.class);
  private static final long SEED = Long.getLong("seed", 1);
  private static final int CUTS = Figures.isLong() ? 2_500 : 150;
  private static final Duration HEALED_WITHIN = Duration.ofSeconds(Figures.isLong() ? 5 : 30);
  private static final long ANSWERED_WITHIN =
      Duration.ofSeconds(Figures.isLong() ? 1 : 10).toNanos();

  @TempDir Path folder;
  private Path memory = Path.of("");

  @BeforeEach
  void prepare() {
    memory = PowerCuts.inMemory(folder.resolve("cuts"));
  }

  @AfterEach
  void clear() {
    PowerCuts.delete(memory);
  }

  @Test
  void syncs_someFail_theirBatchesAreRefusedAndNothingAcknowledgedIsLost() {
    House house = DiskLoad.house(folder);
    Disk disk = Disk.before(folder);
    Path trace = memory.resolve("trace");
    try (ServeProcess serve = disk.traced(house.launch(), trace).start()) {
      serve.awaitReady();
      DiskLoad load = new DiskLoad(house, serve.port(), 1);
      disk.failSyncs(20);
      List<Refusal> refusals = load.send(400);
      disk.mend();
      assertThat(disk.failed()).as("failed calls").isPositive();
      assertRefusedInTime(refusals);
      Await.until("ready again", HEALED_WITHIN, () -> serve.status("/health/ready") == 200);
      assertThat(load.send(40)).isEmpty();
      assertThat(load.lost(house.data())).isEmpty();
      FIGURES.note("syncs failed at random", disk.failed());
      FIGURES.note("deliveries kept, refused", load.kept() + ", " + refusals.size());
    }
    assertNothingLost(trace, 0);
  }

  @Test
  void syncs_allFailThenKilledAndStartedAgain_nothingAcknowledgedIsLost() {
    House house = DiskLoad.house(folder);
    Disk disk = Disk.before(folder);
    Path trace = memory.resolve("trace");
    ServeProcess.Launch launch = disk.traced(house.launch(), trace);
    int before;
    try (ServeProcess serve = launch.start()) {
      serve.awaitReady();
      DiskLoad load = new DiskLoad(house, serve.port(), 1);
      assertThat(load.send(100)).isEmpty();
      disk.failAllSyncs();
      List<Refusal> refusals = load.send(40);
      assertThat(refusals).hasSize(40);
      assertRefusedInTime(refusals);
      assertThat(serve.status("/health/ready")).isEqualTo(503);
      assertThat(serve.get("/health/ready")).contains("the disk of the data folder fails");
      serve.kill();
    }
    disk.mend();
    // Somebody who reads keeps the log from being put into the file at the start.
    try (StoreReader beside = Store.read(house.data());
        ServeProcess serve = launch.start()) {
      assertThat(beside.counts().lastSequence()).isPositive();
      before = DiskTrace.read(trace).size();
      serve.awaitReady();
      assertThat(new DiskLoad(house, serve.port(), 10_001).send(200)).isEmpty();
      serve.kill();
    }
    assertNothingLost(trace, before);
  }

  @Test
  void syncs_allFailForAWhile_heals() {
    House house = DiskLoad.house(folder);
    Disk disk = Disk.before(folder);
    try (ServeProcess serve = disk.of(house.launch()).start()) {
      serve.awaitReady();
      DiskLoad load = new DiskLoad(house, serve.port(), 1);
      assertThat(load.send(20)).isEmpty();
      disk.failAllSyncs();
      assertThat(load.send(20)).hasSize(20);
      int failed = disk.failed();
      Await.until("it is tried again", () -> disk.failed() >= failed + 3);
      assertThat(serve.status("/health/ready")).isEqualTo(503);
      disk.mend();
      long mended = System.nanoTime();
      Await.until("ready again", HEALED_WITHIN, () -> serve.status("/health/ready") == 200);
      FIGURES.note("ready after the disk has healed", since(mended));
      assertThat(load.send(20)).isEmpty();
      assertThat(load.lost(house.data())).isEmpty();
    }
  }

  private static String since(long nanos) {
    return Figures.millis(Duration.ofNanos(System.nanoTime() - nanos));
  }

  private static void assertRefusedInTime(List<Refusal> refusals) {
    FIGURES.note(
        "slowest refusal",
        refusals.stream().mapToLong(Refusal::nanos).max().orElse(0) / 1_000_000
            + " ms of "
            + refusals.size());
    assertThat(refusals).allMatch(Refusal::saysWhenToTryAgain);
    assertThat(refusals).allMatch(refusal -> refusal.nanos() < ANSWERED_WITHIN);
  }

  private void assertNothingLost(Path trace, int from) {
    DiskTrace told = DiskTrace.read(trace);
    List<Integer> moments =
        PowerCuts.moments(told, from, told.size(), CUTS, new SplittableRandom(SEED));
    List<String> losses = new ArrayList<>(new PowerCuts(told, memory, SEED).at(moments));
    losses.addAll(new PowerCuts(told, memory, SEED).whereFailedSyncsLoseAll().at(moments));
    FIGURES.note("cuts after failed syncs, with losses", 2 * CUTS + ", " + losses.size());
    assertThat(losses.stream().limit(20)).isEmpty();
  }
}
