package io.leadgauge.crm.hubspot;

import static io.leadgauge.crm.hubspot.HubSpotStandIn.batch;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.contact;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.ApiAccess;
import io.leadgauge.crm.CrmEvent.Meaning;
import io.leadgauge.crm.Decoded;
import io.leadgauge.model.Fact;
import io.leadgauge.model.Secret;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who else wrote a field of ours, as events and histories tell it. */
class HubSpotWritersTest extends ClientTest {
  private static final Set<String> OURS = Set.of("lead_score");

  private final Vertx vertx = Vertx.vertx();
  private final HubSpotClient watching =
      new HubSpotClient(
          vertx,
          PORTAL,
          new ApiAccess(
              hubSpot.base(), "v3", Secret.of(HubSpotStandIn.TOKEN), Duration.ofSeconds(20), 100),
          budget,
          OURS);

  @AfterEach
  void stop() {
    watching.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private static List<Fact> event(String property, String source) {
    String body =
        ("[{'subscriptionType':'contact.propertyChange','portalId':4711,'appId':9,'objectId':7,"
                + "'occurredAt':1788000000123,'propertyName':'"
                + property
                + "','propertyValue':'99',"
                + source
                + "}]")
            .replace('\'', '"');
    Decoded decoded =
        HubSpotEvents.decode(PORTAL, "4711", OURS, body.getBytes(StandardCharsets.UTF_8));
    assertThat(((Decoded.Events) decoded).events().getFirst().meaning()).isEqualTo(Meaning.FACTS);
    return ((Decoded.Events) decoded).events().getFirst().facts();
  }

  private static List<String> writers(List<Fact> facts) {
    return facts.stream()
        .map(Fact.Assigned.class::cast)
        .filter(fact -> fact.property().equals(Fact.Assigned.BY + "lead_score"))
        .map(fact -> fact.stamp().value())
        .toList();
  }

  @Test
  void event_ofAnotherWriter_namesThem() {
    assertThat(writers(event("lead_score", "'changeSource':'CRM_UI','sourceId':'userId:7'")))
        .containsExactly("CRM_UI userId:7");
    assertThat(writers(event("lead_score", "'changeSource':'INTEGRATION','sourceId':'2931120'")))
        .containsExactly("INTEGRATION 2931120");
    assertThat(writers(event("lead_score", "'changeSource':null"))).containsExactly("somebody");
  }

  @Test
  void event_ofOurApp_namesNobody() {
    assertThat(event("lead_score", "'changeSource':'INTEGRATION','sourceId':'9'")).hasSize(1);
    assertThat(event("lead_score", "'changeSource':'INTEGRATION','sourceId':9")).hasSize(1);
  }

  @Test
  void event_ofAPropertyThatIsNotOurs_namesNobody() {
    assertThat(event("jobtitle", "'changeSource':'CRM_UI','sourceId':'userId:7'")).hasSize(1);
  }

  @Test
  void history_ofSeveralWriters_namesTheLastOne() {
    assertThat(writers(read("INTEGRATION','sourceId':'2931120", "INTEGRATION','sourceId':'9")))
        .containsExactly("INTEGRATION 2931120");
  }

  @Test
  void history_ofOneWriter_namesNobody() {
    assertThat(writers(read("INTEGRATION','sourceId':'9", "INTEGRATION','sourceId':'9"))).isEmpty();
  }

  private List<Fact> read(String last, String first) {
    String histories =
        "'propertiesWithHistory':{'lead_score':["
            + "{'value':'99','timestamp':'2026-11-03T10:00:00Z','sourceType':'"
            + last
            + "'},{'value':'40','timestamp':'2026-11-01T10:00:00Z','sourceType':'"
            + first
            + "'}]},'archived':";
    String contact = contact("7", "'lead_score':'99'").replace("'archived':", histories);
    hubSpot.answer(ok(batch(List.of(contact), List.of())));
    return watching.read("contact", List.of("7"), Set.of("lead_score")).facts();
  }
}
