package io.leadgauge.crm.hubspot;

import static io.leadgauge.crm.hubspot.HubSpotStandIn.answered;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.ApiAccess;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmClient;
import io.leadgauge.crm.CrmEvent.Meaning;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.Decoded;
import io.leadgauge.crm.FieldMap;
import io.leadgauge.crm.Guard;
import io.leadgauge.crm.HandClock;
import io.leadgauge.crm.Mode;
import io.leadgauge.crm.ModelUse;
import io.leadgauge.crm.Poll;
import io.leadgauge.crm.WebhookAccess;
import io.leadgauge.crm.WriteBack;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Secret;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HubSpotAdapterTest {
  private final Vertx vertx = Vertx.vertx();
  private final HubSpotStandIn hubSpot = new HubSpotStandIn();
  private final HubSpotAdapter adapter = new HubSpotAdapter(vertx, HandClock.leaping());

  @AfterEach
  void stop() throws Exception {
    hubSpot.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private Connection connection(String name, String tenant) {
    Secret token = Secret.of(HubSpotStandIn.TOKEN);
    return new Connection(
        new ConnectionId(name),
        CrmKind.HUBSPOT,
        tenant,
        new WebhookAccess(URI.create("https://hooks.example"), Set.of(), List.of(token), null),
        new ApiAccess(hubSpot.base(), "2026-03", token, Duration.ofSeconds(20), 100),
        List.of(new ModelUse("b2b", "b2b", Map.of(), null)),
        Mode.SHADOW,
        new FieldMap(new TreeMap<>()),
        new TreeMap<>(),
        List.of(),
        Poll.DEFAULT,
        new WriteBack(Duration.ZERO, 1, Duration.ZERO),
        Guard.DEFAULT);
  }

  @Test
  void decode_readsTheBodyForTheConnectionsPortal() {
    String body =
        "[{\"subscriptionType\":\"contact.deletion\",\"objectId\":7,\"portalId\":4711,"
            + "\"occurredAt\":1788000000123}]";
    Delivery delivery =
        new Delivery(
            new ConnectionId("acme"),
            1,
            "POST",
            "/webhooks/acme",
            List.of(),
            body.getBytes(StandardCharsets.UTF_8));

    for (String tenant : List.of("4711", "4712")) {
      Decoded decoded = adapter.decode(connection("acme", tenant), delivery);
      assertThat(((Decoded.Events) decoded).events().getFirst().meaning())
          .isEqualTo(tenant.equals("4711") ? Meaning.FACTS : Meaning.FOREIGN);
    }
  }

  @Test
  void clientsOfOnePortal_shareItsBudget_otherPortalsDoNot() {
    hubSpot.answer(
        answered(429, "{'message':'You have reached your daily limit.','policyName':'DAILY'}"));
    try (CrmClient first = adapter.connect(connection("acme", "4711"));
        CrmClient second = adapter.connect(connection("acme-too", "4711"));
        CrmClient other = adapter.connect(connection("other", "4712"))) {
      assertThat(first.batchSize()).isEqualTo(100);
      first.read(List.of("7"), Set.of());
      assertThat(hubSpot.calls()).hasSize(1);

      assertThat(second.read(List.of("7"), Set.of()).trouble())
          .isInstanceOf(CallTrouble.Wait.class);
      assertThat(hubSpot.calls()).hasSize(1);

      other.read(List.of("7"), Set.of());
      assertThat(hubSpot.calls()).hasSize(2);
    }
  }
}
