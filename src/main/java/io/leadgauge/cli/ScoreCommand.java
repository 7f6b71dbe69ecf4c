package io.leadgauge.cli;

import io.leadgauge.manifest.ContactReader;
import io.leadgauge.manifest.ContactReader.ReadContact;
import io.leadgauge.manifest.Instants;
import io.leadgauge.manifest.Loaded;
import io.leadgauge.manifest.Manifests;
import io.leadgauge.manifest.ModelManifest;
import io.leadgauge.manifest.Problem;
import io.leadgauge.manifest.SampleContact;
import io.leadgauge.manifest.SecretSource;
import io.leadgauge.manifest.Spelling;
import io.leadgauge.pipeline.ScoreJson;
import io.leadgauge.scoring.Evaluation;
import io.leadgauge.scoring.Outlook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code score}: scores one contact file and explains the result. */
@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    header = "Scores one contact file and explains it.",
    synopsisHeading = "%nUsage: ",
    description = {
      "%nThe file is JSON: properties and activities in the model's names, and what was decided "
          + "before, if anything. All but properties may be left out.",
      "",
      "  {\"properties\": {\"title\": \"VP Sales\", \"company.employees\": \"250\"},",
      "   \"activities\": [{\"type\": \"page_view\", \"at\": \"2026-11-01T10:00:00Z\",",
      "                   \"url\": \"https://x.example/pricing\"}],",
      "   \"previous\": {\"label\": \"warm\", \"since\": \"2026-10-01T00:00:00Z\"}}"
    },
    optionListHeading = "%nOptions:%n",
    footer = {"", "Exit codes: 0 scored, 2 used wrongly."})
final class ScoreCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      required = true,
      description = "The model that scores.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String model;

  @Option(
      names = "--contact",
      paramLabel = "FILE",
      required = true,
      description = "The contact file; - reads standard input.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path contact;

  @Option(
      names = "--at",
      paramLabel = "INSTANT",
      description = "When to score, such as 2026-11-01T10:00:00Z. Default: now")
  private @Nullable String at;

  @Mixin private FormatOption format = new FormatOption();

  @Mixin private ManifestsFolder manifests = new ManifestsFolder();

  ScoreCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    long now = now();
    ModelManifest manifest = manifest();
    SampleContact sample = contact(manifest);
    Evaluation evaluation = sample.evaluate(manifest, now);
    Outlook outlook =
        manifest.model().read(sample.subject(now)).outlook(evaluation.decision(), now);
    terminal
        .out()
        .println(
            switch (format.format()) {
              case JSON ->
                  ScoreJson.text(ScoreJson.of(model, manifest.model().hash(), evaluation, outlook));
              case TEXT ->
                  new ScoreText(
                          manifest,
                          sample,
                          evaluation,
                          outlook,
                          terminal.width(),
                          terminal.colour())
                      .text();
            });
    return ExitCode.DONE;
  }

  private long now() {
    if (at == null) {
      return terminal.clock().now();
    }
    String given = at;
    return Instants.parse(given)
        .map(Instant::toEpochMilli)
        .orElseThrow(
            () ->
                new WrongUse(
                    "--at " + given + " is no instant, expected one such as 2026-11-01T10:00:00Z"));
  }

  private ModelManifest manifest() {
    if (!Files.isDirectory(manifests.path())) {
      throw new WrongUse(
          "no folder " + manifests.path() + "; name the one that holds models/ by --manifests");
    }
    Loaded loaded = Manifests.load(manifests.path(), SecretSource.none());
    ModelManifest found = loaded.catalog().models().get(model);
    if (found != null) {
      return found;
    }
    Path folder = manifests.path().resolve("models").resolve(model);
    if (Files.isDirectory(folder)) {
      throw refused("the model " + model + " has errors", errorsIn(loaded, folder));
    }
    String hint = Spelling.hint(model, loaded.catalog().models().keySet());
    throw new WrongUse("no model \"" + model + "\" in " + manifests.path() + hint);
  }

  private static List<Problem> errorsIn(Loaded loaded, Path folder) {
    String prefix = folder.toString().replace('\\', '/') + "/";
    return loaded.problems().stream()
        .filter(problem -> problem.isError() && problem.at().file().startsWith(prefix))
        .toList();
  }

  private SampleContact contact(ModelManifest manifest) throws IOException {
    ReadContact read =
        contact.toString().equals("-")
            ? ContactReader.read("(standard input)", terminal.in(), manifest.definition())
            : ContactReader.read(contact, manifest.definition());
    if (read.contact() == null) {
      throw refused("the contact file has errors", read.problems());
    }
    return read.contact();
  }

  /** Prints problems; what is thrown then is the last line. */
  private WrongUse refused(String message, List<Problem> problems) {
    problems.forEach(terminal.err()::println);
    return new WrongUse(message);
  }
}
