package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups are taken, looked into and refused. */
class BackupCommandTest {
  @TempDir Path folder;
  private Office office;
  private Path data;
  private Path file;

  @BeforeEach
  void open() {
    office = new Office(folder);
    data = office.data("data");
    file = folder.resolve("one.backup");
    try (Installation serve = office.serve("data")) {
      office.create("email", "ann@person.example", "occupation", "Student");
      office.settle(serve);
    }
  }

  @AfterEach
  void close() {
    office.close();
  }

  private String backUp(int expected, String... more) {
    String[] arguments =
        Stream.concat(Stream.of("backup", file.toString(), "--data=" + data), Stream.of(more))
            .toArray(String[]::new);
    return office.run(expected, arguments);
  }

  private String check(int expected) {
    return office.run(expected, "backup", "--check", file.toString());
  }

  /** Restores into an empty folder, which stays empty where that is refused. */
  private String refusal() throws IOException {
    Path empty = office.data("empty");
    String told = office.run(ExitCode.NO, "restore", file.toString(), "--data=" + empty);
    if (Files.isDirectory(empty)) {
      try (Stream<Path> left = Files.list(empty)) {
        assertThat(left.filter(one -> !one.endsWith("lock"))).isEmpty();
      }
    }
    return told;
  }

  @Test
  void backup_ofAStore_saysWhatIsInIt_andIsItsOwnersAlone() throws IOException {
    assertThat(backUp(ExitCode.DONE)).contains("1 of office", "2026-11-21T1", "(not packaged)");
    assertThat(check(ExitCode.DONE)).contains("1 of office", "2026-11-21T1");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (Stream<Path> beside = Files.list(folder)) {
      assertThat(beside.map(one -> one.getFileName().toString()))
          .contains("one.backup")
          .noneMatch(name -> name.startsWith("one.backup") && !name.equals("one.backup"));
    }
  }

  @Test
  void fileThatIsThere_isReplacedOnlyByForce() throws IOException {
    Files.writeString(file, "mine");
    assertThat(backUp(ExitCode.WRONG_USE)).contains("is there already", "--force");
    assertThat(file).hasContent("mine");
    backUp(ExitCode.DONE, "--force");
    check(ExitCode.DONE);
  }

  @Test
  void storeItself_isNotReplaced_alsoByForce() {
    file = data.resolve("leadgauge.db");
    assertThat(backUp(ExitCode.NO, "--force")).contains("nothing is replaced", file.toString());
    file = folder.resolve("one.backup");
    assertThat(backUp(ExitCode.DONE)).contains("1 of office");
  }

  @Test
  void folder_isGivenAFileNamedByItsInstant() {
    String told = office.run(ExitCode.DONE, "backup", folder.toString(), "--data=" + data);
    assertThat(told).containsPattern("leadgauge-20261121T\\d{6}Z.backup");
  }

  @Test
  void folderWithoutStore_andFolderThatIsNotThere_areRefused() {
    assertThat(office.run(ExitCode.NO, "backup", file.toString(), "--data=" + folder))
        .contains("there is no store in");
    assertThat(office.run(ExitCode.WRONG_USE, "backup", folder.resolve("no/x").toString()))
        .contains("there is no folder");
    assertThat(file).doesNotExist();
  }

  @Test
  void filesThatAreNoBackup_areRefusedByName() throws IOException {
    assertThat(refusal()).contains("there is no file " + file);
    Files.writeString(file, "a letter");
    assertThat(refusal()).contains(file + " is no backup");
    Files.copy(data.resolve("leadgauge.db"), folder.resolve("copied.db"));
    file = folder.resolve("copied.db");
    assertThat(refusal()).contains("is a store and no backup");
  }

  @Test
  void backupThatIsTornOrDamaged_isRefused() throws IOException {
    backUp(ExitCode.DONE);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 4_096));
    assertThat(refusal()).contains("is torn");
    assertThat(check(ExitCode.NO)).contains("is torn");
    byte[] damaged = whole.clone();
    for (int i = 4_096; i < damaged.length; i += 4_096) {
      damaged[i] = 77;
    }
    Files.write(file, damaged);
    assertThat(check(ExitCode.NO)).contains(file.toString());
    assertThat(refusal()).contains(file.toString());
  }

  @Test
  void backupOfANewerRelease_isRefused() throws IOException {
    backUp(ExitCode.DONE);
    sql(file, "PRAGMA user_version = 999", "UPDATE backup SET release = 'leadgauge 9'");
    assertThat(refusal()).contains("was taken by a newer release, leadgauge 9");
  }

  @Test
  void restoredStore_isTheSame_andTellsNothingOfTheKey() throws IOException {
    backUp(ExitCode.DONE);
    Path other = office.data("other");
    assertThat(office.run(ExitCode.DONE, "restore", file.toString(), "--data=" + other))
        .contains("1 of office", "erase them again");
    assertThat(office.run(ExitCode.DONE, "rebuild", "--data=" + other))
        .contains("is what its journal says");
    assertThat(other.resolve("erasure.key")).hasSameBinaryContentAs(data.resolve("erasure.key"));
    byte[] key = Files.readAllBytes(data.resolve("erasure.key"));
    assertThat(indexOf(Files.readAllBytes(other.resolve("leadgauge.db")), key)).isNegative();
    assertThat(indexOf(Files.readAllBytes(file), key)).isNotNegative();
  }

  private static int indexOf(byte[] all, byte[] part) {
    return Collections.indexOfSubList(list(all), list(part));
  }

  private static List<Byte> list(byte[] bytes) {
    Byte[] all = new Byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      all[i] = bytes[i];
    }
    return List.of(all);
  }

  private static void sql(Path file, String... statements) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
