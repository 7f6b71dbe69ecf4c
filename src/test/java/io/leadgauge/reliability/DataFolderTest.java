package io.leadgauge.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Await;
import io.leadgauge.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A data folder that is moved, removed or replaced while {@code serve} runs on it, and one that two
 * want to write.
 */
class DataFolderTest {
  private static final Figures FIGURES = new Figures(DataFolderTest.class);
  private static final Duration HEALED_WITHIN = Duration.ofSeconds(Figures.isLong() ? 5 : 30);

  @TempDir Path folder;

  @Test
  void folder_movedAwayAndBack_nothingIsAcknowledgedMeanwhile() throws IOException {
    House house = DiskLoad.house(folder);
    try (ServeProcess serve = house.launch().start()) {
      serve.awaitReady();
      DiskLoad load = new DiskLoad(house, serve.port(), 1);
      assertThat(load.send(40)).isEmpty();
      Path away = folder.resolve("away");
      Files.move(house.data(), away);
      assertRefused(load);
      assertTold(serve);
      Files.createDirectory(house.data());
      long failed = failedCommits(serve);
      Await.until("it is tried again", () -> failedCommits(serve) > failed + 1);
      assertThat(house.data()).as("an empty folder of that name").isEmptyDirectory();
      Files.delete(house.data());
      Files.move(away, house.data());
      long back = System.nanoTime();
      Await.until("ready again", HEALED_WITHIN, () -> serve.status("/health/ready") == 200);
      FIGURES.note(
          "ready after the folder is back",
          Figures.millis(Duration.ofNanos(System.nanoTime() - back)));
      assertThat(load.send(40)).isEmpty();
      assertThat(load.lost(house.data())).isEmpty();
    }
  }

  @Test
  void folder_removedOrAnotherPutInItsPlace_isNotWritten() throws IOException {
    House house = DiskLoad.house(folder);
    try (ServeProcess serve = house.launch().start()) {
      serve.awaitReady();
      DiskLoad load = new DiskLoad(house, serve.port(), 1);
      assertThat(load.send(20)).isEmpty();
      PowerCuts.delete(house.data());
      assertTold(serve);
      assertRefused(load);
      Store.open(house.data()).close();
      byte[] other = Files.readAllBytes(house.data().resolve("leadgauge.db"));
      assertRefused(load);
      assertTold(serve);
      assertThat(house.data().resolve("leadgauge.db")).hasBinaryContent(other);
    }
    try (ServeProcess serve = house.launch().start()) {
      serve.awaitReady();
      assertThat(new DiskLoad(house, serve.port(), 1).send(4)).isEmpty();
    }
  }

  @Test
  void log_removed_nothingIsAcknowledged() throws IOException {
    House house = DiskLoad.house(folder);
    try (ServeProcess serve = house.launch().start()) {
      serve.awaitReady();
      DiskLoad load = new DiskLoad(house, serve.port(), 1);
      assertThat(load.send(20)).isEmpty();
      Files.delete(house.data().resolve("leadgauge.db-wal"));
      assertRefused(load);
      serve.terminate();
      serve.awaitEnd();
      assertThat(load.lost(house.data())).as("the end has put the log into the file").isEmpty();
    }
  }

  @Test
  void folder_inUse_hasNoSecondWriterAndAnyReader() throws IOException {
    House house = DiskLoad.house(folder);
    try (ServeProcess serve = house.launch().start()) {
      serve.awaitReady();
      DiskLoad load = new DiskLoad(house, serve.port(), 1);
      assertThat(load.send(20)).isEmpty();
      Command.Ran second = serveAgain(house);
      FIGURES.note("a second serve has ended after", Figures.millis(second.took()));
      assertThat(second.code()).as(second.output()).isEqualTo(1);
      assertThat(second.output()).contains("in use by another running leadgauge", "--data");
      Command.Ran list = run(house, "deliveries", "list");
      assertThat(list.code()).as(list.output()).isZero();
      Command.Ran erased = run(house, "erase", "beta", "1", "--yes");
      assertThat(erased.output()).contains("Erased 1");
      Files.delete(house.data().resolve("admin.json"));
      Command.Ran refused = run(house, "erase", "beta", "4", "--yes");
      assertThat(refused.code()).as(refused.output()).isEqualTo(1);
      assertThat(refused.output()).contains("in use by another running leadgauge");
      assertThat(load.send(4)).isEmpty();
      serve.kill();
    }
    Command.Ran alone = run(house, "erase", "beta", "4", "--yes");
    assertThat(alone.output()).as("a lock of a dead process is none").contains("Erased 4");
  }

  private static long failedCommits(ServeProcess serve) {
    return serve
        .get("/metrics")
        .lines()
        .filter(line -> line.startsWith("journal_commit_failures_total"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.indexOf(' '))))
        .sum();
  }

  private static void assertRefused(DiskLoad load) {
    assertThat(load.send(8)).hasSize(8).allMatch(DiskLoad.Refusal::saysWhenToTryAgain);
  }

  private static void assertTold(ServeProcess serve) {
    Await.until("not ready", () -> serve.status("/health/ready") == 503);
    assertThat(serve.get("/health/ready"))
        .contains("moved, removed or replaced while it is in use", "put back");
  }

  private static Command.Ran run(House house, String... arguments) {
    Map<String, String> environment = new HashMap<>(House.SECRETS);
    environment.put("LEADGAUGE_DATA", house.data().toString());
    return Command.run(environment, arguments);
  }

  private static Command.Ran serveAgain(House house) {
    return run(house, "serve", "--manifests=" + house.manifests(), "--port=0", "--admin-port=0");
  }
}
