package io.leadgauge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.model.ConnectionId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code install}: prints the link by which a portal lets an app in. */
@Command(
    name = "install",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    header = "Prints the link by which a portal lets an app in.",
    synopsisHeading = "%nUsage: ",
    description = {
      "%nThe link is good once, for ten minutes, while serve runs. Whoever opens it needs the "
          + "right to install apps in the portal."
    },
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footer = {"", "Exit codes: 0 printed, 2 used wrongly."})
final class InstallCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "APP", description = "The app, as its manifest in apps/ is called.")
  private String app = "";

  @Mixin private DataFolder data = new DataFolder();

  InstallCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (!ConnectionId.isValid(app)) {
      throw new WrongUse("'" + app + "' is no name of an app");
    }
    JsonNode link =
        AdminAddress.tell(data.path(), "/api/apps/" + app + "/install")
            .orElseThrow(() -> new WrongUse("the serve on " + data.path() + " has no app " + app));
    terminal.err().println("Open this in a browser until " + link.path("until").asText() + ":");
    terminal.out().println(link.path("url").asText());
    return ExitCode.DONE;
  }
}
