package io.leadgauge.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadgauge.Await;
import io.leadgauge.MovableClock;
import io.leadgauge.crm.ApiAccess;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.FieldMap;
import io.leadgauge.crm.FieldMap.Field;
import io.leadgauge.crm.FieldMap.FieldType;
import io.leadgauge.crm.Guard;
import io.leadgauge.crm.Mode;
import io.leadgauge.crm.ModelUse;
import io.leadgauge.crm.Outcomes;
import io.leadgauge.crm.StageMap;
import io.leadgauge.crm.WebhookAccess;
import io.leadgauge.crm.WriteBack;
import io.leadgauge.crm.hubspot.HubSpotAdapter;
import io.leadgauge.crm.signature.SignatureScheme;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Output;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.Secret;
import io.leadgauge.sandbox.Limits;
import io.leadgauge.sandbox.Sandbox;
import io.leadgauge.sandbox.SandboxOptions;
import io.leadgauge.sandbox.WebhookTarget;
import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.ScoringModel;
import io.leadgauge.store.DueWork;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * A pipeline over the HubSpot adapter and a sandbox server, webhooks included, on one clock that
 * the test moves.
 */
final class SandboxRig implements AutoCloseable {
  static final ConnectionId PORTAL = new ConnectionId("sandbox");

  /** 21 November 2026, 10:00 UTC. */
  static final long START = 1_795_255_200_000L;

  /** Longer than the least time between two writes, shorter than any wait after a failure. */
  private static final long MOMENT = 3_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  final MovableClock clock = new MovableClock(START);
  final StoreReader reader;
  final Pipeline pipeline;
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Sandbox sandbox;
  private final Store store;

  SandboxRig(Path folder, ModelDefinition model, Duration timeout) {
    store = Store.open(folder);
    reader = store.reader();
    SandboxOptions options =
        SandboxOptions.defaults()
            .withLimits(Limits.OFF)
            .withSearchLag(Duration.ZERO)
            .withSeed(7)
            .withFirstStage(Optional.empty());
    sandbox = done(Sandbox.start(vertx, options, clock));
    pipeline =
        new Pipeline(
            store,
            Map.of(CrmKind.HUBSPOT, new HubSpotAdapter(vertx, clock)),
            new SimpleMeterRegistry(),
            clock,
            1 << 24);
    call(
        "POST",
        "/crm/v3/properties/contacts",
        "{'groupName':'contactinformation','name':'lg_score','label':'Score','type':'number',"
            + "'fieldType':'number'}");
    listen();
    ConnectionScope scope =
        new ConnectionScope(
            connection(timeout), "sandbox", Map.of("plain", ScoringModel.of(model)));
    pipeline.start(List.of(Candidate.of(scope, Map.of("plain", model), List.of())));
  }

  private void listen() {
    int port =
        done(vertx.createHttpServer().requestHandler(this::receive).listen(0, "127.0.0.1"))
            .actualPort();
    String url = "http://127.0.0.1:" + port + "/webhooks/sandbox";
    done(sandbox.sendWebhooksTo(WebhookTarget.of(url, Secret.of("s"))));
  }

  private void receive(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body ->
                pipeline
                    .intake()
                    .receive(
                        new Delivery(
                            PORTAL,
                            clock.now(),
                            "POST",
                            "/webhooks/sandbox",
                            List.of(),
                            body.getBytes()))
                    .thenAccept(
                        receipt ->
                            request
                                .response()
                                .setStatusCode(receipt instanceof Receipt.Kept ? 204 : 503)
                                .end()));
  }

  private Connection connection(Duration timeout) {
    StageMap stages =
        new StageMap(
            "lifecyclestage",
            List.of(
                "subscriber",
                "lead",
                "marketingqualifiedlead",
                "salesqualifiedlead",
                "opportunity",
                "customer",
                "evangelist",
                "other"),
            new TreeMap<>(Map.of("mql", "marketingqualifiedlead")),
            new TreeSet<>(Set.of("customer", "evangelist", "other")));
    return new Connection(
        PORTAL,
        CrmKind.HUBSPOT,
        Long.toString(SandboxOptions.PORTAL_ID),
        new WebhookAccess(
            URI.create("https://leads.example"),
            Set.of(SignatureScheme.HUBSPOT_V3),
            List.of(Secret.of("s")),
            null),
        new ApiAccess(
            sandbox.address(), "2026-03", Secret.of(SandboxOptions.TOKEN), timeout, 10_000),
        List.of(new ModelUse("plain", "plain", Map.of(Output.SCORE, "lg_score"), stages)),
        Mode.FULL,
        new FieldMap(
            new TreeMap<>(
                Map.of("title", Field.of("jobtitle", FieldType.TEXT, List.of(RecordRef.CONTACT))))),
        new TreeMap<>(),
        List.of(),
        Outcomes.NONE,
        Rig.POLL,
        new WriteBack(Duration.ofSeconds(1), 5, Duration.ofHours(24)),
        Guard.DEFAULT);
  }

  /** Asks the sandbox; single quotes stand for double ones. */
  JsonNode call(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(sandbox.address().resolve(path))
            .header("Authorization", "Bearer " + SandboxOptions.TOKEN)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new AssertionError(method + " " + path + ": " + answer.body());
      }
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Creates a contact that nobody was told of, and returns its id. */
  String contact(String properties) {
    String path = "/crm/v3/objects/contacts";
    return call("POST", path, "{'properties':{" + properties + "}}").path("id").asText();
  }

  /** Changes a contact; {@code who} is empty for a person. */
  void change(String id, String property, String value, String who) {
    call(
        "POST",
        "/_sandbox/contacts/" + id,
        "{'properties':{'" + property + "':'" + value + "'}" + who + "}");
  }

  /** Returns the sandbox's record, values and histories. */
  JsonNode record(String type, String id) {
    return call("GET", "/_sandbox/" + type + "/" + id, "");
  }

  /** Lets time creep on until nothing is under way: no webhook, no read, no write, no task. */
  void settle() {
    Await.until(
        "nothing is under way",
        () -> {
          clock.advance(60);
          return isSettled();
        });
  }

  /** Looks twice, for one kind of work may turn into another between two looks. */
  private boolean isSettled() {
    for (int look = 0; look < 2; look++) {
      if (!isQuiet()) {
        return false;
      }
    }
    return true;
  }

  private boolean isQuiet() {
    long soon = clock.now() + MOMENT;
    return call("GET", "/_sandbox/webhooks", "").path("pending").asLong() == 0
        && reader.countDue(PORTAL, DueWork.FETCH, soon) == 0
        && reader.countDue(PORTAL, DueWork.WRITE, soon) == 0
        && reader.unwritten().dueIntents(PORTAL, soon, 1).isEmpty();
  }

  private static <T> T done(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    pipeline.close();
    reader.close();
    store.close();
    done(vertx.close());
  }
}
