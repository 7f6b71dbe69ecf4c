package io.leadgauge.crm.hubspot;

import static io.leadgauge.crm.hubspot.HubSpotStandIn.answered;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.contact;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.error;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.ChangedPage;
import io.leadgauge.crm.ChangedPage.ChangedContact;
import io.leadgauge.model.RecordRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubSpotChangedTest extends ClientTest {
  private static String found(List<String> contacts) {
    return "{'total':12345,'results':["
        + String.join(",", contacts)
        + "],'paging':{'next':{'after':'54'}}}";
  }

  @Test
  void firstPage_asksForTheSpanInTheOrderOfIds() {
    hubSpot.answer(ok(found(List.of(contact("501", "'city':null,'email':'a@b.example'")))));

    ChangedPage page = client.changed(1_000, 2_000, "", Looked.at("city", "email", "job"));

    assertThat(hubSpot.calls().getFirst().path()).isEqualTo("/crm/v3/objects/contacts/search");
    assertThat(hubSpot.calls().getFirst().body())
        .isEqualTo(
            HubSpotStandIn.json(
                "{'filterGroups':[{'filters':["
                    + "{'propertyName':'lastmodifieddate','operator':'GTE','value':'1000'},"
                    + "{'propertyName':'lastmodifieddate','operator':'LT','value':'2000'}]}],"
                    + "'sorts':['hs_object_id'],'properties':['city','email','job'],'limit':200}"));
    assertThat(page)
        .isEqualTo(
            new ChangedPage(
                List.of(
                    new ChangedContact(
                        ref("501"), Map.of("city", "", "email", "a@b.example", "job", ""))),
                true,
                12_345,
                null));
  }

  @Test
  void firstPage_beginsWithCompaniesThatChanged_asFarAsTheyMayBeSearchedFor() {
    hubSpot.answer(
        call ->
            call.path().endsWith("/companies/search")
                ? ok(found(List.of(contact("77", "'size':'big'"))))
                : ok(found(List.of(contact("501", "'city':'Bonn'")))));
    SortedMap<String, SortedSet<String>> looked = Looked.at("city");
    looked.put(RecordRef.COMPANY, new TreeSet<>(Set.of("size", "~associated:contact")));

    ChangedPage page = client.changed(1_000, 2_000, "", looked);

    RecordRef company = new RecordRef(ref("501").connection(), RecordRef.COMPANY, "77");
    assertThat(page.contacts())
        .containsExactly(
            new ChangedContact(company, Map.of("size", "big")),
            new ChangedContact(ref("501"), Map.of("city", "Bonn")));
    assertThat(hubSpot.calls())
        .filteredOn(call -> call.path().endsWith("/crm/v3/objects/companies/search"))
        .allSatisfy(
            call ->
                assertThat(call.body().at("/filterGroups/0/filters/0/propertyName").asText())
                    .isEqualTo("hs_lastmodifieddate"));
    assertThat(client.changed(1_000, 2_000, "500", looked).contacts())
        .extracting(ChangedContact::record)
        .containsExactly(ref("501"));
  }

  @Test
  void companiesThatMayNotBeSearchedFor_keepNoContactFromBeingFound() {
    hubSpot.answer(
        call ->
            call.path().endsWith("/companies/search")
                ? answered(403, error("MISSING_SCOPES", "no right", ""))
                : ok(found(List.of(contact("501", "'city':'Bonn'")))));
    SortedMap<String, SortedSet<String>> looked = Looked.at("city");
    looked.put(RecordRef.COMPANY, new TreeSet<>(Set.of("size")));

    ChangedPage page = client.changed(1_000, 2_000, "", looked);

    assertThat(page.trouble()).isNull();
    assertThat(page.contacts()).hasSize(1);
  }

  @Test
  void nextPage_isASearchBeyondTheLastId() {
    hubSpot.answer(ok(found(List.of())));

    try (HubSpotClient dated = client("2026-03")) {
      assertThat(dated.changed(1, 2, "99", Looked.at()).last()).isTrue();
    }

    assertThat(hubSpot.calls().getFirst().path()).isEqualTo("/crm/objects/2026-03/contacts/search");
    assertThat(hubSpot.calls().getFirst().body().at("/filterGroups/0/filters/2"))
        .isEqualTo(
            HubSpotStandIn.json("{'propertyName':'hs_object_id','operator':'GT','value':'99'}"));
  }

  @Test
  void fullPage_isNotTheLast() {
    hubSpot.answer(
        ok(
            found(
                IntStream.range(1, 201).mapToObj(i -> contact(Integer.toString(i), "")).toList())));

    ChangedPage page = client.changed(1, 2, "", Looked.at());

    assertThat(page.contacts()).hasSize(200);
    assertThat(page.last()).isFalse();
  }

  @Test
  void ids_areOrderedAsNumbers() {
    hubSpot.answer(ok(found(List.of(contact("99", ""), contact("100", ""), contact("20000", "")))));

    assertThat(client.changed(1, 2, "9", Looked.at()).contacts())
        .extracting(changed -> changed.record().id())
        .containsExactly("99", "100", "20000");
  }

  @Test
  void page_outOfOrder_isNotTrusted() {
    hubSpot.answer(ok(found(List.of(contact("100", ""), contact("99", "")))));

    ChangedPage page = client.changed(1, 2, "", Looked.at());

    assertThat(page.contacts()).isEmpty();
    assertThat(page.last()).isFalse();
    assertThat(page.trouble()).isInstanceOf(CallTrouble.Unknown.class);
  }

  @Test
  void page_withTheIdItBeganAfter_isNotTrusted() {
    hubSpot.answer(ok(found(List.of(contact("99", "")))));

    assertThat(client.changed(1, 2, "99", Looked.at()).trouble())
        .isInstanceOf(CallTrouble.Unknown.class);
  }

  @Test
  void moreProperties_thanABodyTakes_areAskedForInSeveralSearches() {
    Set<String> many =
        IntStream.range(0, 200).mapToObj(i -> "some_property_" + i).collect(Collectors.toSet());
    hubSpot.answer(
        call ->
            ok(
                found(
                    call.number() == 0
                        ? List.of(contact("7", "'some_property_1':'x'"), contact("8", ""))
                        : List.of(contact("7", "'some_property_99':'y'"), contact("9", "")))));

    ChangedPage page = client.changed(1, 2, "", Looked.at(many.toArray(String[]::new)));

    assertThat(hubSpot.calls()).hasSizeGreaterThan(1);
    assertThat(hubSpot.calls())
        .allMatch(call -> call.body().toString().length() <= ChangedSearch.LONGEST_BODY);
    assertThat(page.contacts())
        .extracting(changed -> changed.record().id())
        .containsExactly("7", "8");
    Map<String, String> seen = page.contacts().getFirst().values();
    assertThat(seen.keySet()).isEqualTo(many);
    assertThat(seen).containsEntry("some_property_1", "x").containsEntry("some_property_99", "y");
    assertThat(page.contacts().getLast().values()).hasSizeLessThan(many.size());
  }

  @Test
  void sixthSearchInASecond_waits() {
    hubSpot.answer(ok(found(List.of())));

    for (int i = 0; i < 6; i++) {
      client.changed(1, 2, "", Looked.at());
    }

    assertThat(clock.passed()).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1_100));
  }

  @Test
  void searchLimit_closesSearchesAlone() {
    hubSpot.answer(
        answered(
            429,
            "{'status':'error','message':'You have reached your secondly limit.',"
                + "'errorType':'RATE_LIMIT','policyName':'SECONDLY'}"));

    assertThat(client.changed(1, 2, "", Looked.at()).trouble())
        .isEqualTo(
            new CallTrouble.Wait(
                Duration.ofSeconds(1),
                "HubSpot answered 429: You have reached your secondly limit."));
    client.read(RecordRef.CONTACT, List.of("7"), Set.of());
    assertThat(clock.waits()).isZero();
    client.changed(1, 2, "", Looked.at());
    assertThat(clock.waits()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404})
  void refusedSearch_tellsHubSpotsWords(int status) {
    hubSpot.answer(answered(status, error("VALIDATION_ERROR", "no such thing", "")));

    assertThat(client.changed(1, 2, "", Looked.at()).trouble())
        .isInstanceOfSatisfying(
            CallTrouble.Refused.class,
            refused -> assertThat(refused.reason()).contains("no such thing"));
  }
}
