package io.leadgauge.cli;

import io.leadgauge.manifest.Catalog;
import io.leadgauge.manifest.Loaded;
import io.leadgauge.model.Secret;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code serve}: takes webhooks, scores, writes back, until it is told to stop. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    header = "Takes webhooks, scores contacts and writes the result back.",
    synopsisHeading = "%nUsage: ",
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Stops on SIGTERM and SIGINT: no longer ready, after --drain no new request, then the end of "
          + "what is under way; within seven seconds more. A second signal cuts --drain short.",
      "",
      "Exit codes: 0 stopped; 1 the manifests have errors, or the data folder cannot be used; 2 "
          + "used wrongly, or a port is taken."
    })
final class ServeCommand implements Callable<Integer> {
  private static final long MEBI = 1 << 20;

  /**
   * With the usual drain a stop ends within ten seconds, which is what Docker gives before it kills
   * (Kubernetes gives 30, systemd 90).
   */
  private static final Duration END_WITHIN = Duration.ofMillis(6_500);

  private final Terminal terminal;

  @Mixin private ManifestsFolder manifests = new ManifestsFolder();

  @Mixin private DataFolder data = new DataFolder();

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "Where webhooks are taken. Default: ${DEFAULT-VALUE}",
      defaultValue = "0.0.0.0")
  private String host = "0.0.0.0";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The port for webhooks, 0 for a free one. Default: ${DEFAULT-VALUE}",
      defaultValue = "8080")
  private int port = 8080;

  @Option(
      names = "--admin-host",
      paramLabel = "ADDRESS",
      description =
          "Where health, metrics and questions are answered; from elsewhere than this machine a "
              + "token is needed. Default: ${DEFAULT-VALUE}",
      defaultValue = "127.0.0.1")
  private String adminHost = "127.0.0.1";

  @Option(
      names = "--admin-port",
      paramLabel = "PORT",
      description = "The admin port, 0 for a free one. Default: ${DEFAULT-VALUE}",
      defaultValue = "8081")
  private int adminPort = 8081;

  @Option(
      names = "--admin-token",
      paramLabel = "TOKEN",
      description =
          "What others than this machine must bring to the admin port. Better set as "
              + "LEADGAUGE_ADMIN_TOKEN, since arguments can be seen.")
  private @Nullable String adminToken;

  @Option(
      names = "--cache",
      paramLabel = "MIB",
      description = "Memory for contacts in use, in MiB. Default: ${DEFAULT-VALUE}",
      defaultValue = "128")
  private int cacheMebibytes = 128;

  @Mixin private KeepBodies bodies = new KeepBodies();

  @Option(
      names = "--reload",
      paramLabel = "SECONDS",
      description =
          "How often the manifests are looked at for changes, 0 for only when told. "
              + "Default: ${DEFAULT-VALUE}",
      defaultValue = "2")
  private int reload = 2;

  @Option(
      names = "--drain",
      paramLabel = "SECONDS",
      description =
          "How long deliveries are still taken after the signal to stop, while /health/ready says "
              + "no, so that a balancer sends them elsewhere. Default: ${DEFAULT-VALUE}",
      defaultValue = "3")
  private int drain = 3;

  ServeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (reload < 0) {
      throw new WrongUse("--reload " + reload + ", expected seconds, or 0 for only when told");
    }
    if (drain < 0) {
      throw new WrongUse("--drain " + drain + ", expected seconds, or 0 for none");
    }
    Installation.Settings settings = settings();
    ManifestFolder folder = new ManifestFolder(manifests.path(), terminal.environment());
    ManifestFolder.Reading reading = reading(folder);
    if (reading == null) {
      return ExitCode.NO;
    }
    Installation.Watched watched =
        new Installation.Watched(folder, reading, Duration.ofSeconds(reload));
    try (StopSignals signals = StopSignals.heard(Duration.ofSeconds(drain).plus(END_WITHIN))) {
      Installation installation = Installation.start(watched, settings, terminal.clock());
      tell(installation, reading.loaded().catalog());
      signals.await();
      stop(installation, signals);
    }
    return ExitCode.DONE;
  }

  private void stop(Installation installation, StopSignals signals) throws InterruptedException {
    if (drain > 0) {
      terminal
          .out()
          .println("leadgauge stops; deliveries are taken for " + drain + " s more (--drain)");
    }
    installation.drain();
    signals.awaitAnother(Duration.ofSeconds(drain));
    installation.close();
  }

  private Installation.Settings settings() {
    Secret token = adminToken == null || adminToken.isBlank() ? null : Secret.of(adminToken);
    if (token == null && !AdminAddress.isOpenToThisMachine(adminHost)) {
      throw new WrongUse(
          "--admin-host "
              + adminHost
              + " without a token lets nobody in, not even this machine; set"
              + " LEADGAUGE_ADMIN_TOKEN, or an address of all (0.0.0.0)");
    }
    return new Installation.Settings(
        data.path(),
        host,
        port,
        adminHost,
        adminPort,
        token,
        cacheMebibytes * MEBI,
        bodies.terms());
  }

  /** Returns the manifests; null if they have errors, which are printed. */
  private ManifestFolder.@Nullable Reading reading(ManifestFolder folder) {
    if (!Files.isDirectory(manifests.path())) {
      throw new WrongUse("no folder " + manifests.path() + "; name the one that holds models/");
    }
    ManifestFolder.Reading reading = folder.read();
    Loaded loaded = reading.loaded();
    loaded.problems().forEach(problem -> terminal.err().println(problem));
    if (loaded.hasErrors()) {
      terminal.err().println("leadgauge: not started, the manifests have errors");
      return null;
    }
    if (loaded.catalog().isIdle()) {
      throw new WrongUse(
          "no connection in "
              + manifests.path().resolve("connections")
              + " and no app in "
              + manifests.path().resolve("apps")
              + "; copy one from "
              + manifests.path().resolve("examples")
              + ", or try the demo");
    }
    return reading;
  }

  private void tell(Installation installation, Catalog catalog) {
    PrintWriter out = terminal.out();
    out.println("leadgauge takes webhooks on port " + installation.port() + ":");
    catalog
        .connections()
        .forEach(
            (id, manifest) ->
                out.println(
                    "  "
                        + manifest.connection().webhooks().publicUrl()
                        + "/webhooks/"
                        + id
                        + (manifest.connection().webhooks().token() == null ? "" : "/TOKEN")
                        + "  ("
                        + manifest.connection().mode().name().toLowerCase(Locale.ROOT)
                        + ", scored by "
                        + String.join(", ", manifest.connection().modelNames())
                        + ")"));
    catalog
        .apps()
        .forEach(
            (name, manifest) ->
                out.println(
                    "  "
                        + manifest.app().webhooks().publicUrl()
                        + "/webhooks/"
                        + name
                        + "  (an app; its portals come by leadgauge install "
                        + name
                        + ")"));
    out.println("Health and metrics: " + installation.adminUrl());
    out.flush();
  }
}
