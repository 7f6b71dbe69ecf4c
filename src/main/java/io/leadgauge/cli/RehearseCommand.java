package io.leadgauge.cli;

import io.leadgauge.crm.OutgoingHttp;
import io.leadgauge.sandbox.Sandbox;
import io.leadgauge.sandbox.SandboxOptions;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;

/**
 * {@code rehearse}: a start, deliveries, reads and writes of a stand-in CRM, questions to the admin
 * port, a stop. The launcher has the JVM watch it, to make the cache from which later starts take
 * what they would load and link; the folder is left to whoever gave {@code java.io.tmpdir}.
 */
@Command(name = "rehearse", hidden = true, mixinStandardHelpOptions = true)
final class RehearseCommand implements Callable<Integer> {
  private static final long START_SECONDS = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Terminal terminal;

  RehearseCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call()
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    Vertx vertx = Vertx.vertx();
    try (DemoCrm standIn = new HubSpotDemo(vertx, terminal.clock(), sandbox(vertx))) {
      rehearse(standIn);
      return ExitCode.DONE;
    } finally {
      vertx.close();
    }
  }

  private Sandbox sandbox(Vertx vertx)
      throws InterruptedException, ExecutionException, TimeoutException {
    return Sandbox.start(vertx, SandboxOptions.defaults(), terminal.clock())
        .toCompletionStage()
        .toCompletableFuture()
        .get(START_SECONDS, TimeUnit.SECONDS);
  }

  /** Manifests are read and watched as by {@code serve}. */
  private void rehearse(DemoCrm standIn) throws IOException, InterruptedException {
    DemoFolder folder = DemoFolder.create(standIn.manifests());
    standIn.install(folder.catalog(standIn.secrets()));
    ManifestFolder manifests = new ManifestFolder(folder.manifests(), standIn.secrets());
    Installation.Watched watched =
        new Installation.Watched(manifests, manifests.read(), Duration.ofSeconds(1));
    try (Installation installation =
        Installation.start(watched, Installation.Settings.local(folder.data()), terminal.clock())) {
      standIn.subscribe(installation.port());
      new Demo(standIn, installation.reader(), terminal.clock()).loadSample();
      ask(installation.adminPort());
    }
  }

  private static void ask(int port) throws IOException, InterruptedException {
    try (HttpClient client = OutgoingHttp.client().connectTimeout(PATIENCE).build()) {
      for (String path : new String[] {"/health/live", "/health/ready", "/metrics"}) {
        URI address = URI.create("http://127.0.0.1:" + port + path);
        HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
        client.send(request, BodyHandlers.discarding());
      }
    }
  }
}
