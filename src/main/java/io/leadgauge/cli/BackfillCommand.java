package io.leadgauge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.model.ConnectionId;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code backfill}: has a running serve read all contacts of a connection, and shows how far. */
@Command(
    name = "backfill",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    header = "Reads all contacts of a connection, behind live work, and scores them.",
    synopsisHeading = "%nUsage: ",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "The server does the work: it goes on when this command ends, and after a restart. Asked "
          + "again, the command shows how far it is. No hand-off comes of it, and where it would "
          + "move more contacts than the guard it waits for approve.",
      "",
      "Exit codes: 0 done (or begun, with --no-wait), 1 waits for approval, 2 used wrongly."
    })
final class BackfillCommand implements Callable<Integer> {
  private static final long LOOK_EVERY_MILLIS = 500;

  private final Terminal terminal;

  @Parameters(paramLabel = "CONNECTION", description = "The connection to be read.")
  private String connection = "";

  @Option(names = "--no-wait", description = "Begins, or looks, and returns at once.")
  private boolean noWait;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      description = "How to print; as JSON only the end. Default: ${DEFAULT-VALUE}",
      defaultValue = "text")
  private Format format = Format.TEXT;

  @Mixin private DataFolder data = new DataFolder();

  BackfillCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    ConnectionId named = GivenConnection.of(connection);
    String path = "/api/connections/" + named + "/backfill";
    JsonNode progress = require(AdminAddress.tell(data.path(), path));
    BackfillBar bar = new BackfillBar(terminal);
    while (!noWait && progress.path("running").asBoolean()) {
      show(bar, progress);
      pause();
      progress = require(AdminAddress.ask(data.path(), path));
    }
    show(bar, progress);
    switch (format) {
      case TEXT -> bar.end(connection, progress);
      case JSON -> terminal.out().println(progress.toPrettyString());
    }
    return progress.path("phase").asText().equals("paused") ? ExitCode.NO : ExitCode.DONE;
  }

  private void show(BackfillBar bar, JsonNode progress) {
    if (format == Format.TEXT) {
      bar.show(progress);
    }
  }

  private JsonNode require(Optional<JsonNode> answer) {
    return answer.orElseThrow(
        () -> new WrongUse("the serve on " + data.path() + " has no connection " + connection));
  }

  private void pause() throws InterruptedException {
    ReentrantLock lock = new ReentrantLock();
    Condition never = lock.newCondition();
    long until = terminal.clock().now() + LOOK_EVERY_MILLIS;
    lock.lock();
    try {
      while (terminal.clock().now() < until) {
        terminal.clock().awaitUntil(never, until);
      }
    } finally {
      lock.unlock();
    }
  }
}
