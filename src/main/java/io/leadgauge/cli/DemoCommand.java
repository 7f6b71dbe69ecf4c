package io.leadgauge.cli;

import io.leadgauge.cli.DemoCrm.Row;
import io.leadgauge.manifest.Catalog;
import io.leadgauge.sandbox.Sandbox;
import io.leadgauge.sandbox.SandboxOptions;
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

  DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws ExecutionException, InterruptedException, TimeoutException {
    Vertx vertx = Vertx.vertx();
    try (DemoCrm crm = start(vertx)) {
      say("A stand-in " + crm.name() + " runs at " + crm.address());
      DemoFolder folder = DemoFolder.create(crm.manifests());
      Catalog catalog = folder.catalog(crm.secrets());
      say(crm.install(catalog));
      try (Installation installation =
          Installation.start(
              catalog, Installation.Settings.local(folder.data()), terminal.clock())) {
        say("Leadgauge serves it, webhooks on port " + installation.port());
        run(crm, installation, folder);
      }
      return ExitCode.DONE;
    } finally {
      vertx.close();
    }
  }

  private DemoCrm start(Vertx vertx)
      throws ExecutionException, InterruptedException, TimeoutException {
    SandboxOptions options = SandboxOptions.defaults().withSeed(SEED);
    return new HubSpotDemo(
        vertx, terminal.clock(), await(Sandbox.start(vertx, options, terminal.clock())));
  }

  private static <T> T await(Future<T> started)
      throws ExecutionException, InterruptedException, TimeoutException {
    return started.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
  }

  private void run(DemoCrm crm, Installation installation, DemoFolder folder) {
    Demo demo = new Demo(crm, installation.reader(), terminal.clock());
    crm.subscribe(installation.port());
    say("Contacts are created in the CRM, a webhook comes for each change …");
    int contacts = demo.loadSample();
    say(contacts + " contacts are read, scored and written");
    Map<String, Row> before = crm.people();
    say("A morning goes by: forms, visits, a meeting, edits by colleagues …");
    Map<String, String> happened = demo.morning(before);
    happened.forEach((email, what) -> say("  " + email.replaceFirst("@.*", "") + ": " + what));
    table(before, crm.people(), happened);
    whereToLook(installation.reader(), folder);
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

  private void whereToLook(StoreReader reader, DemoFolder folder) {
    StoreReader.Counts counts = reader.counts();
    PrintWriter out = terminal.out();
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
    out.println("  ./leadgauge check                 your manifests and their cases");
    out.println("  ./leadgauge sandbox --sample      the stand-in CRM alone, to play with");
    out.println("  README.md, \"Connect HubSpot\"      your own portal, in shadow mode first");
    out.flush();
  }

  private void say(String line) {
    terminal.out().println(line);
    terminal.out().flush();
  }
}
