package io.leadgauge.crm.hubspot;

import static io.leadgauge.crm.hubspot.HubSpotStandIn.answered;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmClient;
import io.leadgauge.crm.CrmEvent.Meaning;
import io.leadgauge.crm.Decoded;
import io.leadgauge.crm.HandClock;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.RecordRef;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
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
    return Connections.to(hubSpot.base(), "2026-03", name, tenant);
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
      first.read(RecordRef.CONTACT, List.of("7"), Set.of());
      assertThat(hubSpot.calls()).hasSize(1);

      assertThat(second.read(RecordRef.CONTACT, List.of("7"), Set.of()).trouble())
          .isInstanceOf(CallTrouble.Wait.class);
      assertThat(hubSpot.calls()).hasSize(1);

      other.read(RecordRef.CONTACT, List.of("7"), Set.of());
      assertThat(hubSpot.calls()).hasSize(2);
    }
  }
}
