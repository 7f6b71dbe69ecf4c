package io.leadgauge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.model.ConnectionId;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code approve}: lets one change move more contacts than the guard. */
@Command(
    name = "approve",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    header = "Lets be written what the guard holds back of a change.",
    synopsisHeading = "%nUsage: ",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footer = {"", "Exit codes: 0 approved, 1 nothing waits for approval, 2 used wrongly."})
final class ApproveCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "CONNECTION", description = "The connection that is paused.")
  private String connection = "";

  @Mixin private DataFolder data = new DataFolder();

  ApproveCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    ConnectionId named = GivenConnection.of(connection);
    JsonNode answer =
        AdminAddress.tell(data.path(), "/api/connections/" + named + "/approve")
            .orElseThrow(
                () ->
                    new WrongUse(
                        "the serve on " + data.path() + " has no connection " + connection));
    if (!answer.path("approved").asBoolean()) {
      terminal
          .out()
          .println(
              "Nothing of "
                  + connection
                  + " waits for approval: "
                  + answer.at("/connection/detail").asText());
      return ExitCode.NO;
    }
    long moved = answer.path("carriedOn").asLong();
    for (String counted : List.of("/connection/moves", "/backfill/moves")) {
      for (JsonNode stage : answer.at(counted)) {
        moved += stage.asLong();
      }
    }
    terminal.out().println("Approved: " + moved + " contacts of " + connection + " will be moved.");
    return ExitCode.DONE;
  }
}
