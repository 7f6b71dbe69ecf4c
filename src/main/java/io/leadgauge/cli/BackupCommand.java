package io.leadgauge.cli;

import io.leadgauge.store.Backup;
import io.leadgauge.store.BackupContents;
import io.leadgauge.store.BackupFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code backup}: all that a data folder needs, in one file. Reads beside a running serve. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    header = "Writes all that the data folder needs into one file, beside a running serve.",
    synopsisHeading = "%nUsage: ",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "The file is one state of the store, checked and on the disk when it gets its name. It holds "
          + "personal data and the key of the tombstones: keep it as you keep the data folder. "
          + "restore puts it back.",
      "",
      "Exit codes: 0 done, or the backup is whole; 1 it could not be taken, or is not whole; 2 used"
          + " wrongly."
    })
final class BackupCommand implements Callable<Integer> {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'leadgauge-'uuuuMMdd'T'HHmmss'Z.backup'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Terminal terminal;

  @Parameters(
      paramLabel = "FILE",
      description = "Where the backup is to be; in a folder it is named by its instant.")
  private Path file = Path.of("");

  @Option(
      names = "--check",
      description = "Reads a backup, says whether it is whole, what is in it.")
  private boolean check;

  @Option(
      names = "--force",
      description = "Replaces a file that is there, once the new one is whole.")
  private boolean force;

  @Mixin private DataFolder data = new DataFolder();

  BackupCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (check) {
      tell(BackupFile.of(file).checked());
      return ExitCode.DONE;
    }
    Path target = target();
    ProgressBar bar = ProgressBar.beside(terminal);
    try {
      BackupContents taken =
          Backup.take(data.path(), target, Main.release(), terminal.clock(), Megabytes.on(bar));
      bar.clear();
      terminal.out().println("Backed up " + data.path() + " to " + target + ":");
      tell(taken);
      return ExitCode.DONE;
    } finally {
      bar.clear();
    }
  }

  private Path target() {
    Path target =
        Files.isDirectory(file)
            ? file.resolve(NAME.format(Instant.ofEpochMilli(terminal.clock().now())))
            : file;
    if (Files.exists(target) && !force) {
      throw new WrongUse(target + " is there already; name another file, or pass --force");
    }
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new WrongUse("there is no folder " + folder + "; make it first");
    }
    return target;
  }

  private void tell(BackupContents contents) {
    terminal.out().println("  taken     " + taken(contents));
    terminal.out().println("  entries   " + contents.lastSequence());
    terminal.out().println("  contacts  " + contacts(contents));
    terminal.out().println("  size      " + Megabytes.of(contents.bytes()));
  }

  /** Says when a backup was taken, and by which release. */
  static String taken(BackupContents contents) {
    return Instant.ofEpochMilli(contents.takenAt()) + " by " + contents.release();
  }

  /** Says how many contacts of which connections a backup holds. */
  static String contacts(BackupContents contents) {
    return contents.contacts().isEmpty()
        ? "none"
        : contents.contacts().entrySet().stream()
            .map(one -> one.getValue() + " of " + one.getKey())
            .collect(Collectors.joining(", "));
  }
}
