package io.leadgauge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.cli.AdminAddress.NoServe;
import io.leadgauge.crm.CrmSetup;
import io.leadgauge.crm.Finding;
import io.leadgauge.crm.Finding.Verdict;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreException;
import io.leadgauge.store.StoreReader;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code doctor}: looks at everything between a portal and a running server. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    header = "Looks at a connection from end to end: a table, with a cure for what is wrong.",
    synopsisHeading = "%nUsage: ",
    description = {
      "%nCalls the public address from outside, asks the CRM what setup asks, and the running "
          + "serve what came in and what became of it. Changes nothing."
    },
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Exit codes: 0 all is well, or works with a warning, 1 something is wrong or could",
      "not be looked at, 2 used wrongly."
    })
final class DoctorCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "CONNECTION", description = "The connection to look at.")
  private String connection = "";

  @Option(
      names = "--all",
      description = "Lists every property that is looked at, and not only those to look into.")
  private boolean all;

  @Mixin private FormatOption format = new FormatOption();

  @Mixin private ManifestsFolder manifests = new ManifestsFolder();

  @Mixin private DataFolder data = new DataFolder();

  DoctorCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    ConnectionAtHand at = ConnectionAtHand.load(manifests.path(), connection, terminal);
    List<Finding> findings = new ArrayList<>();
    findings.addAll(new PublicProbe(at.connection(), data.path(), terminal.clock().now()).look());
    findings.addAll(portal(at));
    findings.addAll(report(at));
    FindingsTable.print(connection, findings, verdict(findings), format.format(), terminal);
    return switch (FindingsTable.worst(findings)) {
      case OK, DONE, WARNING -> ExitCode.DONE;
      case PLANNED, UNKNOWN, PROBLEM -> ExitCode.NO;
    };
  }

  private List<Finding> portal(ConnectionAtHand at) {
    Vertx vertx = Vertx.vertx();
    try (CrmSetup setup = Setups.open(vertx, terminal.clock(), at, false)) {
      List<Finding> found = setup.look();
      return new PortalSummary(connection, found).findings(all || format.format() == Format.JSON);
    } finally {
      vertx.close();
    }
  }

  private List<Finding> report(ConnectionAtHand at) {
    ConnectionId id = at.connection().id();
    try {
      Optional<JsonNode> told = AdminAddress.ask(data.path(), "/api/connections/" + id);
      return told.map(report -> findings(at, report, true)).orElseGet(() -> List.of(notServed()));
    } catch (NoServe e) {
      return stored(at);
    }
  }

  private Finding notServed() {
    return Finding.problem(
        "serve",
        "running",
        "the serve on " + data.path() + " does not have this connection",
        "put its manifest into the folder that serve reads; ./leadgauge check looks at it");
  }

  private List<Finding> stored(ConnectionAtHand at) {
    try (StoreReader reader = Store.read(data.path())) {
      ConnectionId id = at.connection().id();
      return findings(at, ConnectionReport.stored(reader, id, terminal.clock().now()), false);
    } catch (StoreException e) {
      return List.of(
          Finding.problem(
              "serve",
              "running",
              "no serve has run on " + data.path(),
              "./leadgauge serve, or name its folder by --data"));
    }
  }

  private List<Finding> findings(ConnectionAtHand at, JsonNode report, boolean running) {
    return new ReportFindings(
            connection,
            report,
            running,
            PlatformWords.of(at.connection().kind()),
            Setups.subscribed(at),
            terminal.clock().now())
        .all();
  }

  private String verdict(List<Finding> findings) {
    int problems = FindingsTable.count(findings, Verdict.PROBLEM);
    int unknown = FindingsTable.count(findings, Verdict.UNKNOWN);
    int warnings = FindingsTable.count(findings, Verdict.WARNING);
    if (problems + unknown > 0) {
      return Style.BAD.of(FindingsTable.wrong(findings), terminal.colour())
          + ", each with its cure above.";
    }
    return Style.GOOD.of(connection + " is well", terminal.colour())
        + (warnings == 0 ? "." : ", with " + Tally.counted(warnings, "warning") + " above.");
  }
}
