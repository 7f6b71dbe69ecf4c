package io.leadgauge.crm.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.Erased;
import io.leadgauge.crm.Redacted;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.RecordRef;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ErasedSourceEventsTest {
  private static final ConnectionId SHOP = new ConnectionId("shop");
  private static final Set<RecordRef> GONE =
      Set.of(
          RecordRef.contact(SHOP, "7"),
          RecordRef.emailAddress(SHOP, "ann@x.example"),
          RecordRef.visitor(SHOP, "V-1"));

  private static Redacted without(String body) {
    Delivery delivery =
        new Delivery(
            SHOP, 0, "POST", "/webhooks/web", List.of(), body.replace('\'', '"').getBytes(UTF_8));
    return ErasedSourceEvents.without(
        delivery, Digits.PLATFORM, new Erased(GONE::contains, Set.of("ann@x.example")));
  }

  private static String left(String body) {
    Redacted redacted = without(body);
    assertThat(redacted).isInstanceOf(Redacted.Less.class);
    return new String(((Redacted.Less) redacted).delivery().body(), UTF_8).replace('"', '\'');
  }

  @Test
  void array_withEventsOfAnErasedPerson_losesThemAndNoByteOfOthers() {
    String bob = "{ 'contact' : {'email':'bob@x.example'},  'type':'t' , 'at': 1.50 }";
    String body =
        "[{'contact':{'email':' ANN@x.example'},'type':'t','at':1},\n"
            + bob
            + ",{'contact':{'id':7},'type':'t','at':1},"
            + " {'contact':{'anonymousId':'V-1'},'type':'t'}]";

    assertThat(left(body)).isEqualTo("[" + bob + "]");
  }

  @Test
  void event_ofAnotherOnTheSameDevice_losesTheDeviceAlone() {
    assertThat(left("{'contact':{'email':'bob@x.example','anonymousId':'V-1'},'type':'t'}"))
        .isEqualTo("[{'contact':{'email':'bob@x.example'},'type':'t'}]");
  }

  @Test
  void event_ofAnotherWithTheirAddress_losesTheAddressAlone() {
    assertThat(left("{'contact':{'email':'ann@x.example','id':8,'anonymousId':'V-1'},'type':'t'}"))
        .isEqualTo("[{'contact':{'id':8},'type':'t'}]");
    assertThat(left("{'contact':{'email':'ann@x.example','id':7},'type':'t'}")).isEqualTo("[]");
  }

  @Test
  void event_ofAnErasedPersonOnAnotherDevice_goesWhole() {
    assertThat(left("{'contact':{'email':'ann@x.example','anonymousId':'V-2'},'type':'t'}"))
        .isEqualTo("[]");
  }

  @Test
  void event_thatMentionsTheirAddress_goes() {
    assertThat(left("{'contact':{'id':8},'attributes':{'by':'ann@x.example'}}")).isEqualTo("[]");
    assertThat(left("{'contact':{'id':8},'attributes':{'o':{'by':['ann@x.example']}}}"))
        .isEqualTo("[]");
  }

  @Test
  void event_ofOthers_isUntouched() {
    assertThat(without("[{'contact':{'id':8,'anonymousId':'v-1'},'attributes':{'n':7}}]"))
        .isInstanceOf(Redacted.Untouched.class);
    assertThat(without("not json at all, of nobody")).isInstanceOf(Redacted.Untouched.class);
  }

  @Test
  void unreadable_thatNamesThem_isReplacedByANote() {
    for (String body :
        List.of("[{'contact':{'email':'ann@x.example'", "{'id': 7", "[{'anonymousId':'V-1'")) {
      assertThat(without(body)).as(body).isInstanceOf(Redacted.Nothing.class);
    }
    assertThat(left("[{'contact':'V-1'},5]")).isEqualTo("[5]");
  }
}
