package io.leadgauge.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leadgauge.Await;
import io.leadgauge.reliability.DiskLoad.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk without room, or that cannot be written: refused in time, read as ever, and over by
 * itself.
 */
class FullDiskTest {
  private static final Figures FIGURES = new Figures(FullDiskTest.class);
  private static final Duration HEALED_WITHIN = Duration.ofSeconds(Figures.isLong() ? 5 : 30);
  private static final long ANSWERED_WITHIN =
      Duration.ofSeconds(Figures.isLong() ? 1 : 10).toNanos();

  @TempDir Path folder;

  @Test
  void disk_smallAndFull_isRefusedInTimeReadAsEverAndHeals() throws IOException {
    assumeTrue(SmallDisk.isPermitted(), "skipped: this system lets nobody mount a file system");
    House house = DiskLoad.house(folder);
    SmallDisk disk = SmallDisk.start(house.launch(), 160);
    try (ServeProcess serve = disk.serve()) {
      serve.awaitReady();
      DiskLoad load = new DiskLoad(house, serve.port(), 1);
      assertThat(load.send(60)).isEmpty();
      disk.leave(40);
      Await.until("not ready in reserve", () -> serve.status("/health/ready") == 503);
      assertThat(serve.get("/health/ready")).contains("MiB left", "make room");
      assertRefused("in reserve", load);
      disk.free();
      awaitHealed("of reserve", serve, load);
      disk.leave(0);
      assertRefused("full", load);
      assertRead(house, disk.inside(), serve);
      disk.free();
      awaitHealed("of a full disk", serve, load);
      Path copy = folder.resolve("copy");
      disk.copyTo(copy);
      assertThat(load.lost(copy)).isEmpty();
    }
  }

  @Test
  void room_endsWithinACommit_isRefusedInTimeAndHeals() {
    House house = DiskLoad.house(folder);
    Disk disk = Disk.before(folder);
    try (ServeProcess serve = disk.of(house.launch()).start()) {
      serve.awaitReady();
      DiskLoad load = new DiskLoad(house, serve.port(), 1);
      assertThat(load.send(60)).isEmpty();
      disk.fill();
      assertRefused("no room within a commit", load);
      assertThat(serve.get("/health/ready")).contains("make room on the disk");
      assertRead(house, List.of(), serve);
      disk.mend();
      awaitHealed("of no room", serve, load);
      disk.turnReadOnly();
      assertRefused("read-only", load);
      assertThat(serve.status("/health/ready")).isEqualTo(503);
      assertRead(house, List.of(), serve);
      disk.mend();
      awaitHealed("of read-only", serve, load);
      assertThat(load.lost(house.data())).isEmpty();
    }
  }

  @Test
  void start_noRoom_endsWithWhatToDo() {
    House house = DiskLoad.house(folder);
    Disk disk = Disk.before(folder);
    disk.fill();
    try (ServeProcess serve = disk.of(house.launch()).start()) {
      assertThat(serve.awaitEnd()).isEqualTo(1);
      assertThat(serve.output()).contains("leadgauge: ", "No space left on device");
      assertThat(serve.output()).doesNotContain("\tat ");
    }
  }

  private static void assertRefused(String when, DiskLoad load) {
    List<Refusal> refusals = load.send(40);
    FIGURES.note(
        "slowest refusal, " + when,
        refusals.stream().mapToLong(Refusal::nanos).max().orElse(0) / 1_000_000 + " ms");
    assertThat(refusals).hasSize(40);
    assertThat(refusals).allMatch(Refusal::saysWhenToTryAgain);
    assertThat(refusals).allMatch(refusal -> refusal.nanos() < ANSWERED_WITHIN);
  }

  private static void assertRead(House house, List<String> prefix, ServeProcess serve) {
    assertThat(serve.get("/api/connections/beta")).contains("\"mode\"");
    Command.Ran told =
        Command.run(prefix, House.SECRETS, "replay", "--data=" + house.data(), "--contact=1");
    assertThat(told.code()).as(told.output()).isZero();
    assertThat(told.output()).contains("visits");
  }

  private static void awaitHealed(String what, ServeProcess serve, DiskLoad load) {
    long mended = System.nanoTime();
    Await.until("ready again", HEALED_WITHIN, () -> serve.status("/health/ready") == 200);
    FIGURES.note(
        "ready after the end " + what,
        Figures.millis(Duration.ofNanos(System.nanoTime() - mended)));
    assertThat(load.send(20)).isEmpty();
  }
}
