package io.leadgauge.cli;

import io.leadgauge.crm.EventSource;
import io.leadgauge.manifest.AppManifest;
import io.leadgauge.manifest.Case;
import io.leadgauge.manifest.Case.Mismatch;
import io.leadgauge.manifest.ConnectionManifest;
import io.leadgauge.manifest.Loaded;
import io.leadgauge.manifest.Manifests;
import io.leadgauge.manifest.ModelManifest;
import io.leadgauge.manifest.Problem;
import io.leadgauge.manifest.SecretSource;
import io.leadgauge.manifest.SourceManifest;
import io.leadgauge.model.ConnectionId;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code check}: validates a folder of manifests and runs the cases of its models. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    header = "Validates manifests and runs their cases.",
    synopsisHeading = "%nUsage: ",
    description = {
      "%nReports every problem as file:line:column, runs the cases beside each model, and needs "
          + "neither secrets nor a network: a secret that is not set is only noted."
    },
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Exit codes: 0 all is well, 1 an error, a failed case or an unnoticed change,",
      "2 used wrongly."
    })
final class CheckCommand implements Callable<Integer> {
  /** Stands for every model. */
  private static final String ALL = "";

  private final Terminal terminal;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "DIR",
      descriptionKey = "manifests",
      description = "The folder of manifests. Default: ${DEFAULT-VALUE}",
      defaultValue = "manifests")
  private Path dir = Path.of("manifests");

  @Option(
      names = "--mutate",
      arity = "0..1",
      paramLabel = "MODEL",
      fallbackValue = ALL,
      description = {
        "Leave out each rule and outcome of a model, or of every",
        "model, in turn, and halve each rule: what no case would",
        "miss is named, and the answer is no."
      })
  private @Nullable String mutated;

  CheckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (!Files.isDirectory(dir)) {
      throw new WrongUse("no folder " + dir + "; name the folder that holds models/");
    }
    Loaded loaded = Manifests.load(dir, SecretSource.of(terminal.environment(), dir).optional());
    checkName(loaded);
    Tally tally = new Tally();
    List<Problem> problems = new ArrayList<>(loaded.problems());
    problems.addAll(MessageWarnings.of(dir));
    problems.stream().sorted().forEach(problem -> print(problem, tally));
    List<String> models = new ArrayList<>();
    loaded.catalog().models().forEach((name, model) -> models.add(model(name, model, tally)));
    print("models", models);
    List<String> connections = new ArrayList<>();
    loaded
        .catalog()
        .connections()
        .forEach((id, connection) -> connections.add(connection(connection)));
    loaded.waiting().forEach(id -> connections.add(waiting(id)));
    print("connections", connections);
    print("apps", loaded.catalog().apps().values().stream().map(CheckCommand::app).toList());
    print(
        "event sources",
        loaded.catalog().sources().values().stream()
            .map(SourceManifest::source)
            .map(CheckCommand::source)
            .toList());
    if (mutated != null && tally.isWell()) {
      mutate(mutated, loaded.catalog().models(), tally);
    }
    terminal.out().println(tally.verdict(terminal.colour()));
    return tally.isWell() ? ExitCode.DONE : ExitCode.NO;
  }

  private void checkName(Loaded loaded) {
    Map<String, ModelManifest> models = loaded.catalog().models();
    boolean isKnown = mutated == null || mutated.equals(ALL) || models.containsKey(mutated);
    if (!isKnown && !loaded.hasErrors()) {
      String known = String.join(", ", models.keySet());
      throw new WrongUse(
          "no model " + mutated + " in " + dir + "; name one of " + known + ", or none for all");
    }
  }

  private void mutate(String asked, Map<String, ModelManifest> models, Tally tally) {
    MutantReport report = new MutantReport(terminal);
    models.forEach(
        (name, model) -> {
          if (asked.equals(ALL) || asked.equals(name)) {
            report.add(name, model, tally);
          }
        });
    print("held by cases", report.lines());
  }

  private void print(Problem problem, Tally tally) {
    tally.count(problem);
    Style style =
        switch (problem.severity()) {
          case ERROR -> Style.BAD;
          case WARNING -> Style.DOUBTFUL;
          case NOTE -> Style.FAINT;
        };
    terminal.out().println(style.of(problem.toString(), terminal.colour()));
  }

  private String model(String name, ModelManifest model, Tally tally) {
    int failed = 0;
    for (Case one : model.cases()) {
      List<Mismatch> mismatches = one.run(model);
      mismatches.forEach(mismatch -> print(one, mismatch));
      failed += mismatches.isEmpty() ? 0 : 1;
    }
    int cases = model.cases().size();
    tally.cases(cases, failed);
    String passed = cases - failed + " of " + Tally.counted(cases, "case") + " pass";
    return "  %-24s %10s   %s"
        .formatted(
            name,
            Tally.counted(model.rules(), "rule"),
            cases == 0
                ? "no cases"
                : (failed == 0 ? Style.GOOD : Style.BAD).of(passed, terminal.colour()));
  }

  private void print(Case one, Mismatch mismatch) {
    String line =
        "%s: %s is %s, expected %s (case \"%s\")"
            .formatted(
                mismatch.at(), mismatch.what(), mismatch.actual(), mismatch.expected(), one.name());
    terminal.out().println(Style.BAD.of(line, terminal.colour()));
  }

  private static String connection(ConnectionManifest manifest) {
    return "  %-24s %10s   %s %s %s, scored by %s"
        .formatted(
            manifest.connection().id(),
            word(manifest.connection().mode()),
            word(manifest.connection().kind()),
            Setups.place(manifest.connection().kind()),
            manifest.connection().tenant(),
            String.join(", ", manifest.connection().modelNames()));
  }

  private static String app(AppManifest manifest) {
    return "  %-24s %10s   %s, installed by OAuth"
        .formatted(manifest.app().name(), "", word(manifest.app().kind()));
  }

  private static String source(EventSource source) {
    return "  %-24s %10s   feeds %s%s"
        .formatted(
            source.name(),
            "",
            source.feeds(),
            source.types().isEmpty() ? "" : " with " + String.join(", ", source.types().keySet()));
  }

  private static String waiting(ConnectionId id) {
    return "  %-24s %10s   in order, but its secrets are not set here".formatted(id, "");
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private void print(String heading, List<String> lines) {
    if (!lines.isEmpty()) {
      PrintWriter out = terminal.out();
      out.println(Style.STRONG.of(heading, terminal.colour()));
      lines.forEach(out::println);
    }
  }
}
