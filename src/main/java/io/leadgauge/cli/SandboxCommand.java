package io.leadgauge.cli;

import io.leadgauge.model.Secret;
import io.leadgauge.sandbox.Faults;
import io.leadgauge.sandbox.Limits;
import io.leadgauge.sandbox.Sandbox;
import io.leadgauge.sandbox.SandboxOptions;
import io.leadgauge.sandbox.WebhookPace;
import io.leadgauge.sandbox.WebhookTarget;
import io.leadgauge.sandbox.salesforce.OrgFaults;
import io.leadgauge.sandbox.salesforce.SalesforceOptions;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sandbox}: runs a stand-in CRM alone, until it is interrupted. */
@Command(
    name = "sandbox",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    header = "Runs a stand-in HubSpot or Salesforce on this machine.",
    synopsisHeading = "%nUsage: ",
    description = {
      "%nAnswers like the CRM's API and sends webhooks like the CRM, from memory. "
          + "docs/sandbox.md describes it."
    },
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Stops on SIGTERM and SIGINT; what it holds is then gone.",
      "",
      "Exit codes: 0 stopped, 1 it cannot start, 2 used wrongly."
    })
final class SandboxCommand implements Callable<Integer> {
  private static final long START_SECONDS = 30;

  private static final String SALESFORCE = "salesforce";

  /** What only the stand-in HubSpot has. */
  private static final List<String> HUBSPOT_ONLY =
      List.of("--secret", "--signed-url", "--webhook-retries", "--limits", "--search-lag");

  private final Terminal terminal;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--crm",
      paramLabel = "NAME",
      description = "hubspot or salesforce. Default: ${DEFAULT-VALUE}",
      defaultValue = "hubspot")
  private String crm = "hubspot";

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "Where it listens. Default: ${DEFAULT-VALUE}",
      defaultValue = "127.0.0.1")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The port, 0 for a free one. Default: ${DEFAULT-VALUE}",
      defaultValue = "9090")
  private int port = 9090;

  @Option(
      names = "--webhook",
      paramLabel = "URL",
      description = "Where webhooks are sent. None are made without; can be set later.")
  private @Nullable String webhook;

  @Option(
      names = "--signed-url",
      paramLabel = "URL",
      description =
          "HubSpot: the address that is signed, where it is not the one they are sent to.")
  private @Nullable String signedUrl;

  @Option(
      names = "--secret",
      paramLabel = "SECRET",
      description = "HubSpot: the client secret that signs webhooks; needed with --webhook.")
  private @Nullable String secret;

  @Option(
      names = "--webhook-retries",
      paramLabel = "LIST",
      description = "HubSpot: waits before each further attempt, such as 1s,5s,1m.")
  private @Nullable String webhookRetries;

  @Option(
      names = "--faults",
      paramLabel = "SPEC",
      description = "What goes wrong, such as 429=0.01,500=0.02,slow=200ms:0.05.")
  private @Nullable String faults;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What chance hangs on; drawn and printed unless told.")
  private @Nullable Long seed;

  @Option(
      names = "--contacts",
      paramLabel = "N",
      description = "So many generated contacts to begin with. Default: ${DEFAULT-VALUE}",
      defaultValue = "0")
  private int contacts;

  @Option(names = "--sample", description = "The bundled sample contacts to begin with.")
  private boolean sample;

  @Option(
      names = "--limits",
      paramLabel = "NAME",
      description = "HubSpot: free, professional or off. Default: ${DEFAULT-VALUE}",
      defaultValue = "free")
  private String limits = "free";

  @Option(
      names = "--daily-calls",
      paramLabel = "N",
      description = "Salesforce: so many calls in 24 hours. Default: ${DEFAULT-VALUE}",
      defaultValue = "100000")
  private int dailyCalls = 100_000;

  @Option(
      names = "--search-lag",
      paramLabel = "MS",
      description = "HubSpot: how far search is behind, in milliseconds. Default: ${DEFAULT-VALUE}",
      defaultValue = "2000")
  private long searchLag = 2000;

  SandboxCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    Start start = start();
    Vertx vertx = Vertx.vertx();
    CountDownLatch interrupted = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(interrupted, closed), "stop"));
    try {
      terminal.out().println(start.on(vertx));
      terminal.out().flush();
      interrupted.await();
      return ExitCode.DONE;
    } catch (ExecutionException | TimeoutException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      terminal
          .err()
          .println(
              "leadgauge: the sandbox cannot start on "
                  + host
                  + ":"
                  + port
                  + ": "
                  + Installation.whyNotOpen(cause));
      return ExitCode.NO;
    } finally {
      vertx.close();
      closed.countDown();
    }
  }

  /** Starts a stand-in; the outcome is what to say of it. */
  private interface Start {
    String on(Vertx vertx) throws InterruptedException, ExecutionException, TimeoutException;
  }

  private Start start() {
    return switch (crm) {
      case "hubspot" -> {
        SandboxOptions options = options();
        yield vertx -> greeting(start(vertx, options), options);
      }
      case SALESFORCE -> {
        StandInOrg org = org();
        yield vertx -> await(org.start(vertx, terminal.clock()));
      }
      default ->
          throw new WrongUse("--crm: \"" + crm + "\" is unknown; expected hubspot or salesforce");
    };
  }

  private StandInOrg org() {
    for (String option : HUBSPOT_ONLY) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new WrongUse(option + " is of the stand-in HubSpot; leave it out for Salesforce");
      }
    }
    try {
      SalesforceOptions options =
          SalesforceOptions.defaults()
              .at(host, port)
              .withDailyCalls(dailyCalls)
              .withFaults(OrgFaults.parse(faults == null ? "" : faults));
      return new StandInOrg(
          seed == null ? options : options.withSeed(seed),
          Optional.ofNullable(webhook).map(WebhookTarget::address),
          contacts,
          sample);
    } catch (IllegalArgumentException e) {
      throw new WrongUse(String.valueOf(e.getMessage()));
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
      throw new WrongUse(String.valueOf(e.getMessage()));
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
    Sandbox sandbox = await(Sandbox.start(vertx, options, terminal.clock()));
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

    A connection leads here with
      portal: "%2$d"
      publicUrl: http://127.0.0.1:8080
      api: { base: "%1$s" }

    Look into it, and act as people and contacts would:
      curl %1$s/_sandbox/contacts
      curl %1$s/_sandbox/calls
      curl %1$s/_sandbox/webhooks
      curl -d '{"url":"http://127.0.0.1:8080/webhooks/hubspot","secret":"..."}' %1$s/_sandbox/webhooks
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
}
