package io.leadgauge.cli;

import io.leadgauge.crm.Finding;
import io.leadgauge.crm.Finding.Verdict;
import io.leadgauge.crm.hubspot.HubSpotAdapter;
import io.leadgauge.crm.hubspot.HubSpotProject;
import io.leadgauge.crm.hubspot.HubSpotSetup;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code setup}: prepares a portal for a connection, and writes the project that installs it. */
@Command(
    name = "setup",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    header = "Prepares a portal: checks what a connection needs there, makes what is missing.",
    synopsisHeading = "%nUsage: ",
    description = {
      "%nLooks at token, portal, scopes, the types of the properties that are read, the stages and "
          + "their order. Then makes the properties that take the results. What is there already "
          + "is never changed, and nothing is made while anything is wrong. Speaks with the CRM "
          + "itself; serve need not run."
    },
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Exit codes: 0 the portal has all that is needed, 1 it has not (what a dry run",
      "would make is not there), 2 used wrongly."
    })
final class SetupCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "CONNECTION", description = "The connection whose portal it is.")
  private String connection = "";

  @Option(names = "--dry-run", description = "Only tells what would be made.")
  private boolean dryRun;

  @Option(
      names = "--add-options",
      description = "Adds the options that existing properties lack; other options stay.")
  private boolean addOptions;

  @Option(
      names = "--project",
      paramLabel = "DIR",
      description =
          "Writes the HubSpot developer project of the connection, or of an app, there, and nothing"
              + " else. Needs neither secrets nor a network.")
  private @Nullable Path project;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      description = "How to print. Default: ${DEFAULT-VALUE}",
      defaultValue = "text")
  private Format format = Format.TEXT;

  @Mixin private ManifestsFolder manifests = new ManifestsFolder();

  SetupCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (project != null) {
      HubSpotProject planned = ConnectionAtHand.project(manifests.path(), connection, terminal);
      new ProjectFolder(planned, project, terminal, format).write();
      return ExitCode.DONE;
    }
    List<Finding> findings = found(ConnectionAtHand.load(manifests.path(), connection, terminal));
    FindingsTable.print(connection, findings, verdict(findings), format, terminal);
    return switch (FindingsTable.worst(findings)) {
      case OK, DONE, WARNING -> ExitCode.DONE;
      case PLANNED, UNKNOWN, PROBLEM -> ExitCode.NO;
    };
  }

  private List<Finding> found(ConnectionAtHand at) {
    Vertx vertx = Vertx.vertx();
    try (HubSpotSetup setup =
        new HubSpotAdapter(vertx, terminal.clock())
            .setUp(at.connection(), at.needs(), addOptions)) {
      List<Finding> looked = setup.look();
      return dryRun ? looked : setup.make();
    } finally {
      vertx.close();
    }
  }

  private String verdict(List<Finding> findings) {
    int problems = FindingsTable.count(findings, Verdict.PROBLEM);
    int unknown = FindingsTable.count(findings, Verdict.UNKNOWN);
    int made = FindingsTable.count(findings, Verdict.DONE);
    int planned = FindingsTable.count(findings, Verdict.PLANNED);
    if (problems + unknown > 0) {
      String changed = made > 0 ? made + " made before that." : "Nothing was changed.";
      return Style.BAD.of(FindingsTable.wrong(findings), terminal.colour())
          + ", each with its cure above. "
          + changed;
    }
    if (planned > 0) {
      return Tally.counted(planned, "thing") + " would be made. Nothing was changed.";
    }
    String ready = Style.GOOD.of("The portal has all that " + connection, terminal.colour());
    return ready
        + " needs; "
        + (made == 0 ? "nothing was changed." : Tally.counted(made, "thing") + " made just now.");
  }
}
