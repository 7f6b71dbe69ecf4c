package io.leadgauge.cli;

import io.leadgauge.model.Secret;
import io.leadgauge.sandbox.Faults;
import io.leadgauge.sandbox.Limits;
import io.leadgauge.sandbox.Sandbox;
import io.leadgauge.sandbox.SandboxOptions;
import io.leadgauge.sandbox.WebhookPace;
import io.leadgauge.sandbox.WebhookTarget;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the stand-in HubSpot alone, until it is interrupted. */
@Command(
    name = "sandbox",
    mixinStandardHelpOptions = true,
    description = "Runs a stand-in HubSpot on this machine; docs/sandbox.md describes it.")
public final class SandboxCommand implements Callable<Integer> {
  private static final long START_SECONDS = 30;

  @Option(
      names = "--host",
      defaultValue = "${env:LEADGAUGE_SANDBOX_HOST:-127.0.0.1}",
      description = "Address to listen on; ${DEFAULT-VALUE} unless told.")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      defaultValue = "${env:LEADGAUGE_SANDBOX_PORT:-9090}",
      description = "Port to listen on, 0 for a free one; ${DEFAULT-VALUE} unless told.")
  private int port;

  @Option(
      names = "--webhook",
      defaultValue = "${env:LEADGAUGE_SANDBOX_WEBHOOK}",
      paramLabel = "URL",
      description = "Where webhooks are sent. None are made without; can be set later.")
  private @Nullable String webhook;

  @Option(
      names = "--signed-url",
      defaultValue = "${env:LEADGAUGE_SANDBOX_SIGNED_URL}",
      paramLabel = "URL",
      description = "The address that is signed, where it is not the one they are sent to.")
  private @Nullable String signedUrl;

  @Option(
      names = "--secret",
      defaultValue = "${env:LEADGAUGE_SANDBOX_SECRET}",
      description = "The client secret that signs webhooks; needed with --webhook.")
  private @Nullable String secret;

  @Option(
      names = "--webhook-retries",
      defaultValue = "${env:LEADGAUGE_SANDBOX_WEBHOOK_RETRIES}",
      paramLabel = "LIST",
      description = "Waits before each further attempt, such as 1s,5s,1m.")
  private @Nullable String webhookRetries;

  @Option(
      names = "--faults",
      defaultValue = "${env:LEADGAUGE_SANDBOX_FAULTS}",
      paramLabel = "SPEC",
      description = "What goes wrong, such as 429=0.01,500=0.02,slow=200ms:0.05.")
  private @Nullable String faults;

  @Option(
      names = "--seed",
      defaultValue = "${env:LEADGAUGE_SANDBOX_SEED}",
      description = "What chance hangs on; drawn and printed unless told.")
  private @Nullable Long seed;

  @Option(
      names = "--contacts",
      defaultValue = "${env:LEADGAUGE_SANDBOX_CONTACTS:-0}",
      description = "So many generated contacts to begin with.")
  private int contacts;

  @Option(names = "--sample", description = "The bundled sample contacts to begin with.")
  private boolean sample;

  @Option(
      names = "--limits",
      defaultValue = "${env:LEADGAUGE_SANDBOX_LIMITS:-free}",
      description = "free, professional or off; ${DEFAULT-VALUE} unless told.")
  private String limits = "free";

  @Option(
      names = "--search-lag",
      defaultValue = "${env:LEADGAUGE_SANDBOX_SEARCH_LAG:-2000}",
      paramLabel = "MS",
      description = "How far search is behind; ${DEFAULT-VALUE} ms unless told.")
  private long searchLag;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    SandboxOptions options = options();
    Vertx vertx = Vertx.vertx();
    CountDownLatch interrupted = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(interrupted, closed)));
    try {
      Sandbox sandbox = start(vertx, options);
      print(sandbox, options);
      interrupted.await();
      return 0;
    } catch (ExecutionException | TimeoutException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      out(spec().commandLine().getErr(), "The sandbox cannot start: " + cause.getMessage());
      return 1;
    } finally {
      vertx.close();
      closed.countDown();
    }
  }

  private SandboxOptions options() {
    try {
      SandboxOptions options =
          SandboxOptions.defaults()
              .at(host, port)
              .withLimits(limitsNamed(limits))
              .withFaults(Faults.parse(faults == null ? "" : faults))
              .withSearchLag(Duration.ofMillis(searchLag));
      options = seed == null ? options : options.withSeed(seed);
      options = webhookRetries == null ? options : options.withPace(pace(webhookRetries));
      return webhook == null ? options : options.withWebhooks(target(webhook));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec().commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private static WebhookPace pace(String retries) {
    return WebhookPace.QUICK.withRetries(WebhookPace.schedule(retries));
  }

  private WebhookTarget target(String url) {
    if (secret == null) {
      throw new IllegalArgumentException("--webhook needs --secret, which signs the webhooks");
    }
    WebhookTarget target = WebhookTarget.of(url, Secret.of(secret));
    return signedUrl == null ? target : target.signedAs(signedUrl);
  }

  private static Limits limitsNamed(String name) {
    return switch (name) {
      case "free" -> Limits.FREE;
      case "professional" -> Limits.PROFESSIONAL;
      case "off" -> Limits.OFF;
      default ->
          throw new IllegalArgumentException(
              "--limits: \"" + name + "\" is unknown; expected free, professional or off");
    };
  }

  private Sandbox start(Vertx vertx, SandboxOptions options)
      throws InterruptedException, ExecutionException, TimeoutException {
    Sandbox sandbox = await(Sandbox.start(vertx, options, new SystemClockwork()));
    if (sample) {
      await(sandbox.loadSample(true));
    }
    if (contacts > 0) {
      await(sandbox.loadGenerated(contacts, true));
    }
    return sandbox;
  }

  private static <T> T await(io.vertx.core.Future<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
  }

  private void print(Sandbox sandbox, SandboxOptions options) {
    out(spec().commandLine().getOut(), greeting(sandbox, options));
  }

  private String greeting(Sandbox sandbox, SandboxOptions options) {
    String shownFaults = options.faults().toString();
    return """
    A stand-in HubSpot serves %1$s
      account %2$d, app %3$d, access token %4$s (another app: %5$s)
      limits %6$s, faults %7$s, seed %8$d

    Try it:
      curl -H 'Authorization: Bearer %4$s' %1$s/crm/objects/2026-03/contacts
      curl -H 'Authorization: Bearer %4$s' -H 'Content-Type: application/json' \\
        -d '{"properties":{"email":"someone@acme.example","jobtitle":"VP Sales"}}' \\
        %1$s/crm/v3/objects/contacts

    Look into it, and act as people and contacts would:
      curl %1$s/_sandbox/contacts
      curl %1$s/_sandbox/calls
      curl %1$s/_sandbox/webhooks
      curl -d '{"url":"http://127.0.0.1:8080/webhooks/main","secret":"..."}' %1$s/_sandbox/webhooks
      curl -X POST %1$s/_sandbox/sample
      curl -d '{"type":"form_submission","form":"Demo request"}' %1$s/_sandbox/contacts/ID/activities

    Stop it with Ctrl-C; what it holds is then gone.\
    """
        .formatted(
            sandbox.address(),
            options.portalId(),
            options.appId(),
            SandboxOptions.TOKEN,
            SandboxOptions.OTHER_TOKEN,
            limits,
            shownFaults.isEmpty() ? "none" : shownFaults,
            sandbox.seed());
  }

  private static void out(PrintWriter writer, String text) {
    writer.println(text);
    writer.flush();
  }

  private static void stop(CountDownLatch interrupted, CountDownLatch closed) {
    interrupted.countDown();
    try {
      if (!closed.await(5, TimeUnit.SECONDS)) {
        Thread.currentThread().interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private CommandSpec spec() {
    if (spec == null) {
      throw new IllegalStateException("not run by picocli");
    }
    return spec;
  }
}
