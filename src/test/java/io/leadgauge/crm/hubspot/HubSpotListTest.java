package io.leadgauge.crm.hubspot;

import static io.leadgauge.crm.hubspot.HubSpotStandIn.answered;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.contact;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.error;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.CountAnswer;
import io.leadgauge.crm.ListedPage;
import io.leadgauge.model.RecordRef;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubSpotListTest extends ClientTest {
  private static String listed(String next, String... ids) {
    List<String> contacts = List.of(ids).stream().map(id -> contact(id, "")).toList();
    String paging =
        next.isEmpty() ? "" : ",'paging':{'next':{'after':'" + next + "','link':'https://x'}}";
    return "{'results':[" + String.join(",", contacts) + "]" + paging + "}";
  }

  private static List<RecordRef> contacts(String... ids) {
    return List.of(ids).stream().map(id -> RecordRef.contact(PORTAL, id)).toList();
  }

  @ParameterizedTest
  @CsvSource({"v3, /crm/v3/objects/contacts", "2026-03, /crm/objects/2026-03/contacts"})
  void pages_followEachOther(String version, String path) {
    hubSpot.answer(call -> ok(call.number() == 0 ? listed("54", "51", "53") : listed("", "54")));

    try (HubSpotClient some = client(version)) {
      assertThat(some.listed("")).isEqualTo(new ListedPage(contacts("51", "53"), "54", null));
      assertThat(some.listed("54")).isEqualTo(new ListedPage(contacts("54"), null, null));
    }

    assertThat(hubSpot.calls().stream().map(HubSpotStandIn.Call::path))
        .containsExactly(path + "?limit=100", path + "?limit=100&after=54");
  }

  @ParameterizedTest
  @ValueSource(strings = {"54", "a b", "x&archived=true"})
  void page_thatLeadsNowhere_isNotTrusted(String next) {
    hubSpot.answer(ok(listed(next, "54")));

    ListedPage page = client.listed("54");

    assertThat(page.contacts()).isEmpty();
    assertThat(page.trouble()).isInstanceOf(CallTrouble.Unknown.class);
  }

  @Test
  void refusal_tellsHubSpotsWords() {
    hubSpot.answer(answered(400, error("VALIDATION_ERROR", "no such page", "")));

    assertThat(client.listed("1").trouble())
        .isInstanceOfSatisfying(
            CallTrouble.Refused.class,
            refused -> assertThat(refused.reason()).contains("no such page"));
  }

  @Test
  void count_isTheTotalOfASearchForAll() {
    hubSpot.answer(ok("{'total':12345,'results':[]}"));

    assertThat(client.count()).isEqualTo(new CountAnswer(12_345, null));
    assertThat(hubSpot.calls().getFirst().body())
        .isEqualTo(HubSpotStandIn.json("{'filterGroups':[],'limit':1}"));
  }

  @Test
  void backgroundClient_isClosedWithItsOwn() {
    hubSpot.answer(ok("{'total':1,'results':[]}"));
    client.inBackground().close();

    assertThat(client.count().trouble()).isNull();
    assertThat(client.inBackground().inBackground().count().contacts()).isEqualTo(1);
  }
}
