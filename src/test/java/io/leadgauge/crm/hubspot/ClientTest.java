package io.leadgauge.crm.hubspot;

import io.leadgauge.crm.ApiAccess;
import io.leadgauge.crm.HandClock;
import io.leadgauge.crm.RateBudget;
import io.leadgauge.crm.RateBudget.Limit;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.Secret;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** A client before a stand-in that checks its requests; what is common to the tests of calls. */
@Timeout(60)
abstract class ClientTest {
  static final ConnectionId PORTAL = new ConnectionId("acme");

  /** When the contacts of {@link HubSpotStandIn#contact} were last modified. */
  static final long UPDATED_AT = Instant.parse("2026-11-04T12:06:46.802Z").toEpochMilli();

  /** When the answers of {@link HubSpotStandIn#batch} were completed. */
  static final long COMPLETED_AT = Instant.parse("2026-11-06T05:03:12.978Z").toEpochMilli();

  private static Vertx vertx = Vertx.vertx();

  final HubSpotStandIn hubSpot = new HubSpotStandIn();
  final HandClock clock = HandClock.leaping();
  final RateBudget budget =
      new RateBudget(
          clock,
          new Limit(100, Duration.ofSeconds(10)),
          HubSpotAdapter.SEARCHES,
          HubSpotAdapter.ASSOCIATIONS);
  final HubSpotClient client = client("v3");

  @BeforeAll
  static void startVertx() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stopVertx() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @AfterEach
  void checkRequests() {
    client.close();
    try {
      hubSpot.assertRequestsKeepToTheContract();
    } finally {
      hubSpot.close();
    }
  }

  HubSpotClient client(String version) {
    return client(hubSpot.base(), version, Duration.ofSeconds(20));
  }

  HubSpotClient client(URI base, String version, Duration timeout) {
    ApiAccess api = new ApiAccess(base, version, Secret.of(HubSpotStandIn.TOKEN), timeout, 100);
    return new HubSpotClient(vertx, PORTAL, api, budget);
  }

  static RecordRef ref(String id) {
    return RecordRef.contact(PORTAL, id);
  }

  static Fact set(String id, String property, String at, String value) {
    return new Fact.Assigned(
        ref(id), property, new Stamp(Instant.parse(at).toEpochMilli(), SourceRank.EVENT, value));
  }

  static Fact seen(String id, String property, String value) {
    return new Fact.Assigned(ref(id), property, new Stamp(UPDATED_AT, SourceRank.READ, value));
  }

  static Fact there(String id) {
    return Fact.Assigned.presence(ref(id), UPDATED_AT, SourceRank.READ, true);
  }

  static Fact gone(String id) {
    return Fact.Assigned.presence(ref(id), COMPLETED_AT, SourceRank.READ, false);
  }
}
