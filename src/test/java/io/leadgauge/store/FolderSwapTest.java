package io.leadgauge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadgauge.MovableClock;
import io.leadgauge.model.ConnectionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A restore is cut short at any of its steps: the next start finds one store, the whole of it. */
class FolderSwapTest {
  private static final ConnectionId ACME = new ConnectionId("acme");

  @TempDir Path folder;
  private Path data;
  private Path backup;

  @BeforeEach
  void prepare() {
    data = folder.resolve("data");
    backup = folder.resolve("file");
    note("early");
    Backup.take(data, backup, "1", new MovableClock(1), (step, done, total) -> {});
    note("late");
  }

  private void note(String what) {
    try (Store store = Store.open(data)) {
      store.writer().moveCursor(ACME, "it is", what);
      store.writer().commit();
    }
  }

  private static Optional<String> noted(Path folder) {
    try (Store store = Store.open(folder);
        StoreReader reader = store.reader()) {
      return reader.cursor(ACME, "it is");
    }
  }

  private Restoring begin() {
    return Restoring.begin(backup, data, new MovableClock(1), (step, done, total) -> {});
  }

  @Test
  void newStoreThatHasNotTakenInItsLog_isRefused_andTheOldOneStays() throws IOException {
    try (Restoring restoring = begin()) {
      Files.writeString(restoring.prepared().resolve("leadgauge.db-wal"), "commits");
      assertThatThrownBy(restoring::commit)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("could not take in its write-ahead log");
    }
    assertThat(noted(data)).contains("late");
  }

  @Test
  void restoreThatIsGivenUp_changesNothing() throws IOException {
    begin().close();
    assertThat(noted(data)).contains("late");
    try (Stream<Path> files = Files.list(data)) {
      assertThat(files).noneMatch(one -> one.getFileName().toString().contains("rest"));
    }
  }

  @Test
  void restoreCutShortBeforeItIsDecided_isNoneAndItsCopyGoes() throws IOException {
    Path part = FolderSwap.begin(data, "s");
    Files.writeString(part.resolve(FolderSwap.NEW).resolve(Store.FILE), "half a st");
    assertThat(noted(data)).contains("late");
    assertThat(part).doesNotExist();
  }

  /** The files in the order in which they go. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
  void restoreCutShortAfterwards_isEndedByTheNextStart(int steps) throws IOException {
    Path ready = data.resolve("restore-s.ready");
    byte[] oldKey = Files.readAllBytes(data.resolve(TombstoneKey.FILE));
    byte[] newKey = new byte[oldKey.length];
    newKey[0] = 1;
    Path made;
    try (Restoring restoring = begin()) {
      made = folder.resolve("made");
      Files.move(restoring.prepared(), made);
    }
    Files.write(made.resolve(TombstoneKey.FILE), newKey);
    Files.createDirectory(ready);
    Path fresh = Files.move(made, ready.resolve(FolderSwap.NEW));
    Files.writeString(data.resolve(Store.FILE + "-wal"), "");
    List<Path[]> moves =
        List.of(
            of(data.resolve(Store.FILE + "-wal"), ready.resolve(Store.FILE + "-wal")),
            of(data.resolve(Store.FILE), ready.resolve(Store.FILE)),
            of(data.resolve(TombstoneKey.FILE), ready.resolve(TombstoneKey.FILE)),
            of(fresh.resolve(TombstoneKey.FILE), data.resolve(TombstoneKey.FILE)),
            of(fresh.resolve(Store.FILE), data.resolve(Store.FILE)),
            of(fresh, folder.resolve("gone")));
    for (Path[] move : moves.subList(0, steps)) {
      Files.move(move[0], move[1]);
    }

    assertThatThrownBy(() -> Store.read(data)).hasMessageContaining("a restore into");
    assertThat(noted(data)).contains("early");
    assertThat(data.resolve(TombstoneKey.FILE)).hasBinaryContent(newKey);
    Path replaced = data.resolve("replaced-s");
    assertThat(replaced.resolve(TombstoneKey.FILE)).hasBinaryContent(oldKey);
    assertThat(noted(replaced)).contains("late");
    assertThat(ready).doesNotExist();
  }

  private static Path[] of(Path from, Path to) {
    return new Path[] {from, to};
  }
}
