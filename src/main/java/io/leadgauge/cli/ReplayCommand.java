package io.leadgauge.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code replay}: what happened, what would have happened, and the same once more. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    header = "Tells what happened, or what would have happened, or has it happen again elsewhere.",
    synopsisHeading = "%nUsage: ",
    customSynopsis = {
      "leadgauge replay --contact=[TYPE/]ID [--at=INSTANT | --limit=N] [OPTIONS]",
      "       leadgauge replay --model=FILE [--capacity=N] [--csv=FILE] [OPTIONS]",
      "       leadgauge replay --send=URL [--from=FILE] [--order=shuffled] [OPTIONS]"
    },
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Reads beside a running serve. Never calls the CRM.",
      "",
      "Exit codes: 0 done, 1 it could not be told or sent, 2 used wrongly."
    })
final class ReplayCommand implements Callable<Integer> {
  private final Terminal terminal;

  @ArgGroup(exclusive = false, multiplicity = "0..1")
  private Way way = new Way();

  @Mixin private ReplayScope scope = new ReplayScope();

  ReplayCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** One of the three things that it can do; more than one is refused by name. */
  private static final class Way {
    @ArgGroup(exclusive = false, heading = "%nThe life of one contact:%n")
    private @Nullable ReplayContact contact;

    @ArgGroup(exclusive = false, heading = "%nWhat another model would change:%n")
    private @Nullable ReplayModel model;

    @ArgGroup(exclusive = false, heading = "%nThe deliveries again, over HTTP:%n")
    private @Nullable ReplaySend send;
  }

  @Override
  public Integer call() {
    if (Stream.of(way.contact, way.model, way.send).filter(Objects::nonNull).count() > 1) {
      throw new WrongUse("--contact, --model and --send: one of them at a time, with its options");
    }
    if (way.contact != null) {
      return way.contact.run(terminal, scope);
    }
    if (way.model != null) {
      return way.model.run(terminal, scope);
    }
    if (way.send != null) {
      return way.send.run(terminal, scope);
    }
    throw new WrongUse("nothing to replay, expected --contact, --model or --send");
  }
}
