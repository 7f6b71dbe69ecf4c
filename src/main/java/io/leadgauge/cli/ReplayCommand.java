package io.leadgauge.cli;

import java.util.concurrent.Callable;
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
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Reads beside a running serve. Never calls the CRM.",
      "",
      "Exit codes: 0 done, 1 it could not be told or sent, 2 used wrongly."
    })
final class ReplayCommand implements Callable<Integer> {
  private final Terminal terminal;

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Way way = new Way();

  @Mixin private ReplayScope scope = new ReplayScope();

  ReplayCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** One of the three things that it can do. */
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
