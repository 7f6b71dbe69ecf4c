package io.leadgauge.cli;

import io.leadgauge.cli.DemoCrm.Row;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.manifest.Catalog;
import io.leadgauge.sandbox.Sandbox;
import io.leadgauge.sandbox.SandboxOptions;
import io.leadgauge.sandbox.salesforce.SalesforceOptions;
import io.leadgauge.sandbox.salesforce.SalesforceSandbox;
import io.leadgauge.store.StoreReader;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}: the whole loop on this machine, with a stand-in CRM. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    header = "Shows the whole loop on this machine, with a stand-in CRM.",
    synopsisHeading = "%nUsage: ",
    description = {
      "%nStarts the sandbox with sample contacts and an installation that serves it, lets a morning"
          + " go by, and shows what stands in the CRM then. Needs no account and no configuration."
    },
    optionListHeading = "%nOptions:%n",
    footer = {"", "Exit codes: 0 shown, 1 something failed."})
final class DemoCommand implements Callable<Integer> {
  private static final long SEED = 1;
  private static final long START_SECONDS = 20;

  private final Terminal terminal;

  @Option(
      names = "--crm",
      paramLabel = "hubspot|salesforce",
      description = "Which CRM stands in. Default: ${DEFAULT-VALUE}",
      defaultValue = "hubspot")
  private CrmKind crm = CrmKind.HUBSPOT;

  DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws ExecutionException, InterruptedException, TimeoutException {
    Vertx vertx = Vertx.vertx();
    try (DemoCrm standIn = start(vertx)) {
      say("A stand-in " + standIn.name() + " runs at " + standIn.address());
      DemoFolder folder = DemoFolder.create(standIn.manifests());
      Catalog catalog = folder.catalog(standIn.secrets());
      say(standIn.install(catalog));
      try (Installation installation =
          Installation.start(
              catalog, Installation.Settings.local(folder.data()), terminal.clock())) {
        say("Leadgauge serves it, webhooks on port " + installation.port());
        run(standIn, installation, folder);
      }
      return ExitCode.DONE;
    } finally {
      vertx.close();
    }
  }

  private DemoCrm start(Vertx vertx)
      throws ExecutionException, InterruptedException, TimeoutException {
    return switch (crm) {
      case HUBSPOT ->
          new HubSpotDemo(
              vertx,
              terminal.clock(),
              await(
                  Sandbox.start(
                      vertx, SandboxOptions.defaults().withSeed(SEED), terminal.clock())));
      case SALESFORCE ->
          new SalesforceDemo(
              await(
                  SalesforceSandbox.start(
                      vertx, SalesforceOptions.defaults().withSeed(SEED), terminal.clock())),
              terminal.clock());
    };
  }

  private static <T> T await(Future<T> started)
      throws ExecutionException, InterruptedException, TimeoutException {
    return started.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
  }

  private void run(DemoCrm standIn, Installation installation, DemoFolder folder) {
    Demo demo = new Demo(standIn, installation.reader(), terminal.clock());
    standIn.subscribe(installation.port());
    say("Contacts are created in the CRM, a webhook comes for each change …");
    int contacts = demo.loadSample();
    say(contacts + " contacts are read, scored and written");
    Map<String, Row> before = standIn.people();
    say("A morning goes by: forms, visits, a meeting, edits by colleagues …");
    Map<String, String> happened = demo.morning(before);
    happened.forEach((email, what) -> say("  " + email.replaceFirst("@.*", "") + ": " + what));
    table(before, standIn.people(), happened);
    whereToLook(installation.reader(), folder, standIn.name());
  }

  private void table(
      Map<String, Row> before, Map<String, Row> after, Map<String, String> happened) {
    PrintWriter out = terminal.out();
    out.println();
    out.println("What stands in the CRM now:");
    out.println();
    new DemoTable(terminal.width(), terminal.colour())
        .lines(before, after, happened)
        .forEach(out::println);
  }

  private void whereToLook(StoreReader reader, DemoFolder folder, String crmName) {
    StoreReader.Counts counts = reader.counts();
    PrintWriter out = terminal.out();
    String option = crm == CrmKind.HUBSPOT ? "" : " --crm " + crm.name().toLowerCase(Locale.ROOT);
    String alone = "./leadgauge sandbox" + option + " --sample";
    String line = "  %-" + Math.max(33, alone.length()) + "s %s%n";
    out.println();
    out.printf(
        Locale.ROOT,
        "%,d journal entries about %,d records, all kept in %s%n",
        counts.lastSequence(),
        counts.records(),
        folder.path());
    out.println();
    out.println("Next:");
    out.println("  ./leadgauge deliveries list --data " + folder.data());
    out.printf(line, "./leadgauge check", "your manifests and their cases");
    out.printf(line, alone, "the stand-in alone, to play with");
    out.printf(
        line,
        "README.md, \"Connect " + crmName + "\"",
        "your own " + Setups.place(crm) + ", in shadow mode");
    out.flush();
  }

  private void say(String line) {
    terminal.out().println(line);
    terminal.out().flush();
  }
}
