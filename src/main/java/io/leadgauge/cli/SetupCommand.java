package io.leadgauge.cli;

import io.leadgauge.crm.CrmSetup;
import io.leadgauge.crm.Finding;
import io.leadgauge.crm.Finding.Verdict;
import io.leadgauge.crm.hubspot.HubSpotProject;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code setup}: prepares a portal or org for a connection, and writes what installs it there. */
@Command(
    name = "setup",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    header = "Prepares a portal or org: checks what a connection needs, makes what is missing.",
    synopsisHeading = "%nUsage: ",
    description = {
      "%nLooks at token, portal, scopes, the types of the properties that are read, the stages and "
          + "their order. Then makes the properties that take the results. What is there already "
          + "is never changed, and nothing is made while anything is wrong. In a Salesforce org "
          + "nothing is made at all: an administrator deploys the package. Speaks with the CRM "
          + "itself; serve need not run."
    },
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Exit codes: 0 all that is needed is there, 1 it is not (what a dry run would make",
      "is not there), 2 used wrongly."
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
      names = "--salesforce-package",
      paramLabel = "DIR",
      description =
          "Writes the package that installs a Salesforce connection there, and nothing else. Needs"
              + " no network, and of the secrets only the token of webhooks.")
  private @Nullable Path salesforcePackage;

  @Option(
      names = "--user",
      paramLabel = "USERNAME",
      description =
          "The user in Salesforce that Leadgauge is, for the package. Default: that of the"
              + " credentials, if they name one.")
  private @Nullable String user;

  @Mixin private FormatOption format = new FormatOption();

  @Mixin private ManifestsFolder manifests = new ManifestsFolder();

  SetupCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (project != null) {
      HubSpotProject planned = ConnectionAtHand.project(manifests.path(), connection, terminal);
      new ProjectFolder(planned, project, terminal, format.format()).write();
      return ExitCode.DONE;
    }
    if (salesforcePackage != null) {
      SalesforceParts parts = ConnectionAtHand.salesforce(manifests.path(), connection, terminal);
      new PackageFolder(parts, user, salesforcePackage, terminal, format.format()).write();
      return ExitCode.DONE;
    }
    ConnectionAtHand at = ConnectionAtHand.load(manifests.path(), connection, terminal);
    List<Finding> findings = found(at);
    String place = Setups.place(at.connection().kind());
    FindingsTable.print(connection, findings, verdict(findings, place), format.format(), terminal);
    return switch (FindingsTable.worst(findings)) {
      case OK, DONE, WARNING -> ExitCode.DONE;
      case PLANNED, UNKNOWN, PROBLEM -> ExitCode.NO;
    };
  }

  private List<Finding> found(ConnectionAtHand at) {
    Vertx vertx = Vertx.vertx();
    try (CrmSetup setup = Setups.open(vertx, terminal.clock(), at, addOptions)) {
      List<Finding> looked = setup.look();
      return dryRun ? looked : setup.make();
    } finally {
      vertx.close();
    }
  }

  private String verdict(List<Finding> findings, String place) {
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
    String ready = Style.GOOD.of("The " + place + " has all that " + connection, terminal.colour());
    return ready
        + " needs; "
        + (made == 0 ? "nothing was changed." : Tally.counted(made, "thing") + " made just now.");
  }
}
