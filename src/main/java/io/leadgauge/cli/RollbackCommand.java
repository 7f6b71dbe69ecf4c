package io.leadgauge.cli;

import io.leadgauge.manifest.ManifestKind;
import io.leadgauge.model.Activation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rollback}: puts an earlier version of a manifest back into its file. */
@Command(
    name = "rollback",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    header = "Puts an earlier version of a manifest back, as it was written.",
    synopsisHeading = "%nUsage: ",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "A running serve takes it over at once.",
      "",
      "Exit codes: 0 put back, 1 not done and why, 2 used wrongly."
    })
final class RollbackCommand implements Callable<Integer> {
  private static final int SHOWN_DIGITS = 12;

  private final Terminal terminal;

  @Parameters(
      paramLabel = "NAME",
      description = "The model or connection; model/NAME where both have the name.")
  private String name = "";

  @Option(
      names = "--to",
      paramLabel = "HASH",
      description = {
        "The version to go back to. Default: the one before the one in force, or the one in force",
        "where the file has edits that have never been"
      })
  private @Nullable String to;

  @Option(names = "--force", description = "Also over edits that have never been in force.")
  private boolean force;

  @Mixin private ManifestsFolder manifests = new ManifestsFolder();

  @Mixin private DataFolder data = new DataFolder();

  RollbackCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (!Files.isDirectory(manifests.path())) {
      throw new WrongUse("no folder " + manifests.path() + "; name the one that serve reads");
    }
    List<Activation> versions = KeptVersions.ofOne(data.path(), name);
    Path file = file(versions.getFirst());
    String there = text(file);
    Activation target = target(versions, there);
    if (there.equals(target.text())) {
      terminal.out().println(file + " is this version already.");
      return ExitCode.DONE;
    }
    if (!force && isEdited(there, versions)) {
      return refuse(
          file
              + " has edits that have never been in force; keep them elsewhere and use --force to"
              + " put back "
              + target.hash().substring(0, SHOWN_DIGITS)
              + ", "
              + since(target));
    }
    try {
      write(file, target.text());
    } catch (IOException e) {
      return refuse(
          "cannot write "
              + file
              + " ("
              + e.getClass().getSimpleName()
              + "); where manifests are deployed from elsewhere, put back there what this prints: "
              + "leadgauge versions "
              + name
              + " --show "
              + target.hash());
    }
    terminal.out().println(file + " is again as it was " + since(target) + ".");
    tellServe();
    return ExitCode.DONE;
  }

  /** Edits that have never been in force are gone back from to what is; else to what was. */
  private Activation target(List<Activation> versions, String there) {
    if (to != null) {
      return KeptVersions.find(versions, to);
    }
    if (isEdited(there, versions)) {
      return versions.getFirst();
    }
    String now = versions.getFirst().hash();
    return versions.stream()
        .filter(version -> !version.hash().equals(now))
        .findFirst()
        .orElseThrow(
            () ->
                new WrongUse(
                    name + " has only ever been in force as it is; nothing to go back to"));
  }

  private Path file(Activation version) {
    return ManifestKind.ofWord(version.kind())
        .map(kind -> kind.file(manifests.path(), version.name()))
        .orElseThrow(() -> new WrongUse("cannot put back a manifest of kind " + version.kind()));
  }

  private static String text(Path file) {
    try {
      String text = Files.exists(file) ? Files.readString(file) : "";
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (IOException e) {
      throw new WrongUse("cannot read " + file + ": " + FileTrouble.of(e));
    }
  }

  private static boolean isEdited(String there, List<Activation> versions) {
    return !there.isEmpty() && versions.stream().noneMatch(one -> one.text().equals(there));
  }

  /** Nobody ever sees half of it: written beside, then moved over. */
  private static void write(Path file, String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path target = Files.exists(file) ? file.toRealPath() : file;
    Path fresh = target.resolveSibling("." + target.getFileName() + ".new");
    if (Files.exists(target)) {
      Files.copy(
          target, fresh, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
    }
    try {
      Files.writeString(fresh, text, StandardCharsets.UTF_8);
      try {
        Files.move(
            fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static String since(Activation target) {
    return "in force from " + Instant.ofEpochMilli(target.receivedAt());
  }

  private void tellServe() {
    try {
      AdminAddress.tell(data.path(), "/api/manifests/reload")
          .ifPresentOrElse(
              answer ->
                  terminal
                      .out()
                      .println(
                          answer.path("state").asText().equals("refused")
                              ? "The running serve refuses it: " + answer.path("refusal").asText()
                              : "The running serve has taken it."),
              () -> terminal.out().println("The running serve does not reload; start it anew."));
    } catch (AdminAddress.NoServe e) {
      terminal.out().println("No serve runs on " + data.path() + "; the next start takes it.");
    } catch (WrongUse e) {
      terminal.out().println("The running serve has not confirmed it: " + e.getMessage() + ".");
    }
  }

  private int refuse(String why) {
    terminal.err().println("leadgauge: " + why);
    return ExitCode.NO;
  }
}
