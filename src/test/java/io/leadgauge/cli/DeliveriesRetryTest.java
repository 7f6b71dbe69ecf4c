package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.Await;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.Retried;
import io.leadgauge.store.JournalEntry;
import io.leadgauge.store.JournalLine;
import io.leadgauge.store.KeptInTests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries that were kept and not applied, taken up once more. */
class DeliveriesRetryTest {
  private static final OpenApiInteractionValidator DESCRIPTION =
      OpenApiInteractionValidator.createForSpecificationUrl("/openapi/admin.yaml").build();
  private static final String CONNECTION = "connections/main.yaml";
  private static final String SOURCE = "sources/website.yaml";

  @TempDir Path folder;

  private static String cart(String email, int minute) {
    return ("{'contact':{'email':'%s'},'type':'add_to_cart','at':'2026-09-01T10:%02d:00Z',"
            + "'attributes':{'sku':'A1'}}")
        .formatted(email, minute);
  }

  private static List<JournalEntry> retried(Shop shop) {
    return shop.serve.reader().journal().after(0, 10_000).stream()
        .filter(one -> one.entry() instanceof Retried)
        .toList();
  }

  @Test
  void delivery_ofANewShape_fixedInItsManifest_leavesQuarantineAndCounts() throws IOException {
    try (Shop shop = new Shop(folder)) {
      String id = shop.contact("'email':'ann@acme.example'");
      shop.subscribe();
      shop.events(
          "[{'eventId':1,'portalId':44237313,'occurredAt':1769081993375,'objectId':%s,"
                  .formatted(id)
              + "'subscriptionType':'contact.propertyChange',"
              + "'propertyName':'city','propertyValue':'Bonn'}]");
      shop.awaitScore(id, "0");
      shop.workflow("{'mail':'Ann@acme.example','when':'2026-11-01T10:00:00Z'}");
      // Not the last: the score that was written comes back as an event.
      JournalLine line =
          shop.lines().stream().filter(one -> one.quarantined() != null).findFirst().orElseThrow();
      assertThat(line.quarantined()).contains("expected an e-mail address in address");
      String number = Long.toString(line.sequence());

      assertThat(shop.run(1, "deliveries", "retry", number))
          .contains("delivery " + number + ": stays quarantined: the body does not say who")
          .contains("1 tried: 0 applied with 0 events, 1 stays");
      assertThat(retried(shop)).isEmpty();

      shop.edit(CONNECTION, "{ email: address }", "{ email: mail }");
      awaitInForce(shop);
      assertThat(shop.run(0, "deliveries", "retry", number))
          .contains("delivery " + number + ": applied, 1 event")
          .contains("1 tried: 1 applied with 1 event, 0 stay");
      shop.awaitScore(id, "7");
      JournalLine taken = KeptInTests.at(shop.serve.reader(), line.sequence()).line();
      assertThat(taken.quarantined()).isNull();
      assertThat(taken.events()).isEqualTo(1);
      assertThat(shop.serve.reader().countQuarantined(Shop.MAIN)).isZero();

      assertThat(shop.run(0, "deliveries", "retry", number)).contains("nothing to do");
      assertThat(retried(shop)).hasSize(1);
      JournalEntry entry = retried(shop).getFirst();
      assertThat(((Retried) entry.entry()).number()).isEqualTo(line.sequence());
      assertThat(((Retried) entry.entry()).delivery().body())
          .contains("Ann".getBytes(StandardCharsets.UTF_8));
      JournalEntry first = shop.serve.reader().journal().entry(line.sequence()).orElseThrow();
      assertThat(first.outcome().retried()).isTrue();
    }
  }

  private static void awaitInForce(Shop shop) {
    Await.until(
        "the change is in force",
        () ->
            AdminAddress.ask(shop.data, "/api/manifests")
                .orElseThrow()
                .at("/connections/0/state")
                .asText()
                .equals("in force"));
  }

  @Test
  void events_ofATypeThatIsDeclaredSince_areTakenUp_byAFilter() throws IOException {
    try (Shop shop = new Shop(folder)) {
      String id = shop.contact("'email':'bob@acme.example'");
      shop.website(
          "[{'contact':{'id':'"
              + id
              + "'},'type':'page_view','at':'2026-09-01T10:00:00Z',"
              + "'attributes':{'url':'https://x.example/pricing'}},"
              + cart("bob@acme.example", 1)
              + "]");
      shop.website(cart("bob@acme.example", 2));
      shop.website("{'contact':");
      shop.awaitScore(id, "1");
      assertThat(shop.run(1, "deliveries", "retry", "--connection=main"))
          .contains("stays as it is: 1 of 2 events only noted")
          .contains("add_to_cart is not declared")
          .contains("stays quarantined: the JSON ends too early")
          .contains("3 tried: 0 applied with 0 events, 3 stay");

      shop.edit(SOURCE, "page_view: [url]", "page_view: [url], add_to_cart: [sku]");
      assertThat(shop.run(1, "deliveries", "retry", "--connection=main"))
          .contains("3 tried: 2 applied with 3 events, 1 stays");
      shop.awaitScore(id, "21");
      assertThat(shop.lines()).allMatch(line -> line.noted() == 0);
      assertThat(shop.run(1, "deliveries", "retry", "--all-quarantined"))
          .contains("1 tried: 0 applied");
      assertThat(retried(shop)).hasSize(2);
    }
  }

  @Test
  void delivery_ofAPortalThatIsInstalledSince_isTakenUp() throws IOException {
    try (AppHouse house = new AppHouse(folder, "v3")) {
      house.deliver("acme", "[" + house.event("111", 5, "occupation", "Student") + "]");
      assertThat(house.deliveries("acme-111").getFirst().quarantined()).contains("not installed");
      TestTerminal before = TestTerminal.plain();
      assertThat(before.run("deliveries", "retry", "--all-quarantined", "--data=" + house.data))
          .isEqualTo(1);
      assertThat(before.out()).contains("the connection acme-111 is not served");
      assertThat(house.deliveries("acme-111").getFirst().quarantined()).contains("not installed");

      house.install("111");
      TestTerminal after = TestTerminal.plain();
      assertThat(after.run("deliveries", "retry", "--connection=acme-111", "--data=" + house.data))
          .as(after.out())
          .isZero();
      assertThat(house.deliveries("acme-111").getFirst().quarantined()).isNull();
      assertThat(
              house
                  .serve
                  .reader()
                  .load(RecordRef.contact(AppHouse.connection("111"), "5"))
                  .orElseThrow()
                  .facts()
                  .value("occupation"))
          .isEqualTo("Student");
    }
  }

  @Test
  void delivery_ofAPersonWhoIsErasedAfterwards_isFoundByThem() throws IOException {
    try (Shop shop = new Shop(folder)) {
      String id = shop.contact("'email':'eve@acme.example'");
      shop.website("[" + cart("eve@acme.example", 1) + "," + cart("bob@acme.example", 2) + "]");
      long number = shop.last().sequence();
      shop.edit(SOURCE, "page_view: [url]", "page_view: [url], add_to_cart: [sku]");
      shop.run(0, "deliveries", "retry", "" + number);
      RecordRef eve = RecordRef.emailAddress(Shop.MAIN, "eve@acme.example");
      assertThat(shop.serve.reader().journal().naming(List.of(eve), 0, 10))
          .extracting(JournalEntry::sequence)
          .contains(number)
          .hasSize(2);
      shop.run(0, "erase", "main", "eve@acme.example", "--yes");
      assertThat(KeptInTests.text(shop.serve.reader(), number))
          .doesNotContain("eve")
          .contains("bob@acme.example");
      assertThat(id).isNotEmpty();
    }
  }

  @Test
  void many_takeSeveralPages_andAreCounted() throws IOException {
    try (Shop shop = new Shop(folder)) {
      for (int i = 0; i < 230; i++) {
        shop.website(cart("u" + i + "@acme.example", i % 60));
      }
      shop.edit(SOURCE, "page_view: [url]", "page_view: [url], add_to_cart: [sku]");
      assertThat(shop.run(0, "deliveries", "retry", "--since=2026-01-01"))
          .contains("retrying: 100 of 230 (43 %)")
          .contains("230 tried: 230 applied with 230 events, 0 stay");
      assertThat(retried(shop)).hasSize(230);
    }
  }

  @Test
  void command_saidWrongly_tellsHow() throws IOException {
    try (Shop shop = new Shop(folder)) {
      assertThat(shop.run(2, "deliveries", "retry")).contains("which deliveries?");
      assertThat(shop.run(2, "deliveries", "retry", "3", "--all-quarantined"))
          .contains("either numbers of deliveries, or which ones by options");
      assertThat(shop.run(1, "deliveries", "retry", "999")).contains("delivery 999: there is none");
      shop.website("{'contact':");
      String path = "/api/deliveries/retry";
      JsonNode told =
          AdminAddress.tell(shop.data, path + "?numbers=" + shop.last().sequence() + ",999")
              .orElseThrow();
      SimpleResponse response =
          SimpleResponse.Builder.ok()
              .withContentType("application/json")
              .withBody(told.toString())
              .build();
      assertThat(DESCRIPTION.validateResponse(path, Request.Method.POST, response).getMessages())
          .isEmpty();
    }
  }
}
