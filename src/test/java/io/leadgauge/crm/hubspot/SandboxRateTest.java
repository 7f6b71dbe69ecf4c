package io.leadgauge.crm.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadgauge.CrowdClock;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmClient;
import io.leadgauge.crm.RecordWrite;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordRef;
import io.leadgauge.sandbox.Limits;
import io.leadgauge.sandbox.Sandbox;
import io.leadgauge.sandbox.SandboxOptions;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The real client against the real sandbox and its limits, on one clock that leaps whenever all
 * callers wait: how much of the budget is used, and how often it is exceeded.
 */
@Timeout(120)
class SandboxRateTest {
  private static final long START = 1_795_255_200_000L;
  private static final long SPAN = Duration.ofMinutes(3).toMillis();
  private static final int ALLOWED = 100;
  private static final int CALLERS = 8;

  private final Vertx vertx = Vertx.vertx();

  private Sandbox sandbox(CrowdClock clock, Limits limits) throws Exception {
    SandboxOptions options = SandboxOptions.defaults().withLimits(limits).withSeed(7);
    Sandbox sandbox = get(Sandbox.start(vertx, options, clock.onlooker()));
    get(sandbox.loadGenerated(20, false));
    return sandbox;
  }

  private static <T> T get(io.vertx.core.Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  /** The manifest says less than the portal allows; the portal's headers correct that. */
  private static Connection connection(String name, Sandbox sandbox) {
    return Connections.to(
        sandbox.address(),
        "2026-03",
        name,
        Long.toString(SandboxOptions.PORTAL_ID),
        SandboxOptions.TOKEN,
        ALLOWED / 2);
  }

  /** Something that a caller does again and again. */
  private interface Call {
    void make(CrmClient client, int number);
  }

  private void crowd(CrowdClock clock, List<CrmClient> clients, Call call)
      throws InterruptedException {
    List<Thread> callers = new ArrayList<>();
    for (CrmClient client : clients) {
      callers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int i = 0; clock.now() < START + SPAN; i++) {
                      call.make(client, i);
                    }
                    clock.leave();
                  }));
    }
    for (Thread caller : callers) {
      caller.join();
    }
  }

  private static Map<String, Long> outcomes(Sandbox sandbox) throws Exception {
    JsonNode calls = calls(sandbox);
    Map<String, Long> outcomes = new TreeMap<>();
    for (JsonNode call : calls.path("calls")) {
      outcomes.merge(call.path("outcome").asText(), call.path("count").asLong(), Long::sum);
    }
    return outcomes;
  }

  private static JsonNode calls(Sandbox sandbox) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(sandbox.address() + "/_sandbox/calls")).build();
      return new ObjectMapper()
          .readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
  }

  private static void readOrWrite(CrmClient client, List<String> ids, int number) {
    String id = ids.get(number % ids.size());
    if (number % 3 == 0) {
      RecordRef ref = RecordRef.contact(new ConnectionId("acme"), id);
      client.write(List.of(new RecordWrite(ref, new TreeMap<>(Map.of("city", "Town " + number)))));
    } else {
      client.read(RecordRef.CONTACT, List.of(id), Set.of("city"));
    }
  }

  @Test
  void readsAndWritesOfSeveralClients_useTheBudgetTogether_andNoneIsAnswered429() throws Exception {
    CrowdClock clock = new CrowdClock(START, CALLERS);
    Sandbox sandbox = sandbox(clock, new Limits(ALLOWED, 0, 5));
    HubSpotAdapter adapter = new HubSpotAdapter(vertx, clock);
    try (CrmClient one = adapter.connect(connection("acme", sandbox));
        CrmClient other = adapter.connect(connection("acme", sandbox))) {
      List<String> ids = one.listed("").contacts().stream().map(RecordRef::id).toList();
      List<CrmClient> clients = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        CrmClient client = i % 2 == 0 ? one : other;
        clients.add(i < CALLERS / 2 ? client : client.inBackground());
      }

      crowd(clock, clients, (client, number) -> readOrWrite(client, ids, number));

      Map<String, Long> outcomes = outcomes(sandbox);
      assertThat(outcomes.keySet()).containsExactly("200");
      long allowed = ALLOWED * SPAN / 10_000;
      assertThat(outcomes.get("200")).isBetween(allowed * 95 / 100, allowed + ALLOWED);
    } finally {
      get(vertx.close());
    }
  }

  @Test
  void searches_useFiveASecond_andNoneIsAnswered429() throws Exception {
    CrowdClock clock = new CrowdClock(START, 2);
    Sandbox sandbox = sandbox(clock, new Limits(ALLOWED, 0, 5));
    HubSpotAdapter adapter = new HubSpotAdapter(vertx, clock);
    try (CrmClient one = adapter.connect(connection("acme", sandbox))) {
      crowd(
          clock,
          List.of(one, one),
          (client, number) -> client.changed(START - 1_000, START, "", Looked.at("city")));

      Map<String, Long> outcomes = outcomes(sandbox);
      assertThat(outcomes.keySet()).containsExactly("200");
      assertThat(outcomes.get("200")).isBetween(5 * SPAN / 1_000 * 95 / 100, 5 * SPAN / 1_000 + 5);
    } finally {
      get(vertx.close());
    }
  }

  @Test
  void day_thatEnds_isWaitedForUntilThePortalsMidnight_withoutATry() throws Exception {
    int daily = 60;
    CrowdClock clock = new CrowdClock(START, 1);
    Sandbox sandbox = sandbox(clock, new Limits(ALLOWED, daily, 5));
    HubSpotAdapter adapter = new HubSpotAdapter(vertx, clock);
    try (CrmClient one = adapter.connect(connection("acme", sandbox))) {
      List<String> ids = one.listed("").contacts().stream().map(RecordRef::id).toList();
      for (int i = 1; i < daily + 10; i++) {
        readOrWrite(one, ids, 1);
      }

      assertThat(outcomes(sandbox)).isEqualTo(Map.of("200", (long) daily));
      Duration left = one.allowance().closedFor();
      assertThat(left).isBetween(Duration.ofHours(13), Duration.ofHours(15));
      assertThat(one.allowance().leftToday()).hasValue(0);
    } finally {
      get(vertx.close());
    }
  }
}
