package io.leadgauge.cli;

import io.leadgauge.bench.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench}: what this machine allows, and how near the product comes. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    header = "Measures how fast deliveries are kept, beside the least that it could cost.",
    synopsisHeading = "%nUsage: ",
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Takes about twelve minutes and both of two processors; nothing else should be at work. "
          + "docs/performance.md says what each line is.",
      "",
      "Exit codes: 0 measured, whatever was found; 1 it could not be, or not to its end; "
          + "2 used wrongly."
    })
final class BenchCommand implements Callable<Integer> {
  private static final int MOST_ROUNDS = 100;
  private static final double MOST_SECONDS = 60;

  private final Terminal terminal;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "A folder on the disk that is measured, empty or not there yet; removed at the end, "
              + "unless something failed. Default: ${DEFAULT-VALUE}",
      defaultValue = "target/bench")
  private Path data = Path.of("target", "bench");

  @Option(
      names = "--only",
      paramLabel = "SECTION",
      split = ",",
      description = "Measures only this, or several, separated by commas.")
  private List<String> only = List.of();

  @Option(
      names = "--contacts",
      paramLabel = "N",
      description = "How many contacts there are. Default: ${DEFAULT-VALUE}",
      defaultValue = "20000")
  private int contacts = 20_000;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How many rounds count. Default: ${DEFAULT-VALUE}",
      defaultValue = "5")
  private int rounds = 5;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "How long a measurement of a round takes. Default: ${DEFAULT-VALUE}",
      defaultValue = "1")
  private double seconds = 1;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What chance hangs on. Default: ${DEFAULT-VALUE}",
      defaultValue = "1")
  private long seed = 1;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Writes all of it to a file as well, with every round.")
  private @Nullable Path json;

  @Option(names = "--floor", hidden = true, description = "Serves floor A on a port.")
  private @Nullable Integer floor;

  BenchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (floor != null) {
      Suite.floorA(data, floor, terminal.clock());
      return ExitCode.DONE;
    }
    Suite.Settings settings = settings();
    Set<String> sections = sections();
    BenchFolder folder = BenchFolder.require(data, contacts);
    ProgressBar bar = ProgressBar.beside(terminal);
    try (Suite suite = new Suite(settings, terminal.clock())) {
      Suite.Result result = suite.run(sections, (done, of, text) -> bar.show(text, done, of, text));
      bar.clear();
      print(result, settings);
      if (result.isFaulty()) {
        terminal.err().println("leadgauge: what was written is left in " + data);
        return ExitCode.NO;
      }
    }
    folder.delete();
    return ExitCode.DONE;
  }

  private void print(Suite.Result result, Suite.Settings settings) throws IOException {
    if (json != null) {
      Files.writeString(json, BenchTable.json(result, settings).toPrettyString() + "\n");
    }
    int width = terminal.width();
    BenchTable table = new BenchTable(result, width, terminal.colour());
    BenchTable.head(result.machine(), settings, width).forEach(terminal.out()::println);
    table.lines().forEach(terminal.out()::println);
    terminal.out().println();
    terminal.out().println(table.verdict());
  }

  private Suite.Settings settings() {
    if (contacts < 2) {
      throw new WrongUse("--contacts " + contacts + ", expected at least 2");
    }
    if (rounds < 1 || rounds > MOST_ROUNDS) {
      throw new WrongUse("--rounds " + rounds + ", expected 1 to " + MOST_ROUNDS);
    }
    if (!(seconds > 0 && seconds <= MOST_SECONDS)) {
      throw new WrongUse("--seconds " + seconds + ", expected more than 0, at most 60");
    }
    return new Suite.Settings(data, contacts, rounds, seconds, seed);
  }

  private Set<String> sections() {
    for (String name : only) {
      if (!Suite.sections().contains(name)) {
        throw new WrongUse(
            "--only " + name + ", expected one of " + String.join(", ", Suite.sections()));
      }
    }
    return new LinkedHashSet<>(only.isEmpty() ? Suite.sections() : only);
  }
}
