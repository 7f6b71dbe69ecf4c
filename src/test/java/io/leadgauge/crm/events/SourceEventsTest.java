package io.leadgauge.crm.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.CrmEvent;
import io.leadgauge.crm.CrmEvent.Meaning;
import io.leadgauge.crm.Decoded;
import io.leadgauge.crm.EventSource;
import io.leadgauge.crm.WebhookAccess;
import io.leadgauge.crm.signature.SignatureScheme;
import io.leadgauge.model.Activity;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordRef;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceEventsTest {
  private static final ConnectionId SHOP = new ConnectionId("shop");
  private static final long NOW = 1_790_000_000_000L;

  private static Delivery delivery(String body) {
    return new Delivery(SHOP, NOW, "POST", "/webhooks/web", List.of(), body.getBytes(UTF_8));
  }

  private static Decoded decode(String body) {
    return SourceEvents.decode(null, Digits.PLATFORM, delivery(body.replace('\'', '"')));
  }

  private static List<CrmEvent> events(String body) {
    Decoded decoded = decode(body);
    assertThat(decoded).isInstanceOf(Decoded.Events.class);
    return ((Decoded.Events) decoded).events();
  }

  private static CrmEvent event(String contact, String rest) {
    return events("{'contact':{" + contact + "}," + rest + "}").getFirst();
  }

  private static Activity activity(CrmEvent event) {
    assertThat(event.note()).isNull();
    return ((Fact.Happened) event.facts().getFirst()).activity();
  }

  private static String note(String body) {
    CrmEvent event = events(body).getFirst();
    assertThat(event.meaning()).isEqualTo(Meaning.UNKNOWN);
    assertThat(event.facts()).isEmpty();
    return Objects.requireNonNull(event.note());
  }

  private static final String VIEW = "'type':'page_view','at':1789999999000";

  @Test
  void event_whole_isAnActivityWithItsIdAmongItsAttributes() {
    CrmEvent event =
        event(
            "'email':' Ann@Example.COM '",
            VIEW
                + ",'id':7,'attributes':{'url':'https://x.example/','paid':true,'n':1.50,'no':null}");

    assertThat(event.meaning()).isEqualTo(Meaning.FACTS);
    assertThat(event.record()).isEqualTo(RecordRef.emailAddress(SHOP, "ann@example.com"));
    assertThat(event.occurredAt()).isEqualTo(NOW - 1_000);
    assertThat(event.facts())
        .containsExactly(
            new Fact.Happened(
                RecordRef.emailAddress(SHOP, "ann@example.com"),
                Activity.of(
                    "page_view",
                    NOW - 1_000,
                    Map.of("id", "7", "url", "https://x.example/", "paid", "true", "n", "1.5"))));
  }

  @Test
  void event_severalKeys_isTheSurestOnesAndLinksAll() {
    RecordRef person = RecordRef.contact(SHOP, "12");
    RecordRef address = RecordRef.emailAddress(SHOP, "a@b.example");
    RecordRef visitor = RecordRef.visitor(SHOP, "V-1");
    List<Fact> facts = event("'email':'a@b.example','id':12,'anonymousId':'V-1'", VIEW).facts();

    assertThat(facts.getFirst().of()).isEqualTo(person);
    assertThat(facts.stream().skip(1).map(fact -> (Fact.Linked) fact))
        .extracting(link -> link.of() + " " + link.kind() + " " + link.to())
        .containsExactlyInAnyOrder(
            person + " HAS_EMAIL " + address,
            address + " ASSOCIATED_WITH " + person,
            person + " ASSOCIATED_WITH " + visitor,
            visitor + " ASSOCIATED_WITH " + person,
            address + " ASSOCIATED_WITH " + visitor,
            visitor + " ASSOCIATED_WITH " + address);
    assertThat(event("'anonymousId':'V-1','email':null,'id':''", VIEW).facts())
        .singleElement()
        .returns(visitor, Fact::of);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1789999999      | 1789999999000
          1789999999000   | 1789999999000
          1789999999.0005 | 1789999999000
          1789999999.25   | 1789999999250
          '2026-09-21T14:13:19Z'           | 1789999999000
          '2026-09-21T16:13:19.5+02:00'    | 1789999999500
          1790003600000   | 1790003600000
          """)
  void at_inAnyForm_isTheInstant(String at, long expected) {
    String json = at.contains("T") ? "'" + at + "'" : at;

    assertThat(event("'email':'a@b.example'", "'type':'t','at':" + json).occurredAt())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                                              | the key contact is missing
          7                                                               | it is no object
          {'contact':'a@b.example','type':'t','at':1}                     | contact is no object
          {'contact':{},'type':'t','at':1}                                | contact names nobody
          {'contact':{'email':null,'id':' '},'type':'t','at':1}           | contact names nobody
          {'contact':{'mail':'a@b.example'},'type':'t','at':1}            | unknown key contact.mail, expected email, id, anonymousId
          {'contact':{'email':'a b@c'},'type':'t','at':1}                 | contact.email is no e-mail address
          {'contact':{'email':true},'type':'t','at':1}                    | contact.email is neither text nor a whole number
          {'contact':{'id':'x7'},'type':'t','at':1}                       | contact.id is no id of the CRM
          {'contact':{'anonymousId':'undefined'},'type':'t','at':1}       | contact.anonymousId is a word for nobody
          {'contact':{'id':7},'at':1}                                     | the key type is missing
          {'contact':{'id':7},'type':'page view','at':1}                  | type is no name
          {'contact':{'id':7},'type':'t'}                                 | the key at is missing
          {'contact':{'id':7},'type':'t','at':'2026-09-21T14:13:19'}      | at is no instant
          {'contact':{'id':7},'type':'t','at':'now'}                      | at is no instant
          {'contact':{'id':7},'type':'t','at':[]}                         | at is no instant
          {'contact':{'id':7},'type':'t','at':-1}                         | at is no instant
          {'contact':{'id':7},'type':'t','at':900000000}                  | at is before the year 2000
          {'contact':{'id':7},'type':'t','at':1790003600001}              | at is more than an hour ahead of our clock
          {'contact':{'id':7},'type':'t','at':1789999999,'properties':{}} | unknown key properties, expected contact, type, at, id, attributes; what describes
          {'contact':{'id':7},'type':'t','at':1789999999,'attributes':[]} | attributes is no object
          {'contact':{'id':7},'type':'t','at':1789999999,'attributes':{'id':'x'}} | the attribute id is the event's own
          {'contact':{'id':7},'type':'t','at':1789999999,'attributes':{'a.b':1,'a':{'b':2}}} | the attribute a.b comes about in two ways
          {'contact':{'id':7},'type':'t','at':1789999999,'id':{}}         | id is neither text nor a whole number
          """)
  void event_broken_isNotedByNameAndItsSiblingStands(String broken, String words) {
    String good = "{'contact':{'email':'a@b.example'}," + VIEW + "}";
    List<CrmEvent> events = events("[" + good + "," + broken + "," + good + "]");

    assertThat(events)
        .extracting(CrmEvent::meaning)
        .containsExactly(Meaning.FACTS, Meaning.UNKNOWN, Meaning.FACTS);
    assertThat(events.get(1).note()).startsWith("event 1 at line 1, column ").contains(words);
    assertThat(note(broken.startsWith("{") ? broken : "[" + broken + "]")).contains(words);
  }

  @Test
  void note_ofABrokenEvent_quotesNoValue() {
    assertThat(note("{'contact':{'email':'ann smith'},'type':'t','at':1}")).doesNotContain("ann");
    assertThat(note("{'contact':{'id':'ann'},'type':'t','at':1}")).doesNotContain("ann");
  }

  @Test
  void attributes_nested_areFlattenedToText() {
    Activity activity =
        activity(
            event(
                "'id':'7'",
                VIEW
                    + ",'attributes':{'product':{'sku':'A1','size':{'w':2}},'tags':['a','b',3,null],"
                    + "'items':[{'sku':'x'},{'sku':'y'}],'empty':{},'none':[],'big':12345678901234567890,'even':100.0,'huge':1e999999}"));

    assertThat(activity.attributes())
        .containsOnly(
            Map.entry("product.sku", "A1"),
            Map.entry("product.size.w", "2"),
            Map.entry("tags", "a;b;3"),
            Map.entry("items.0.sku", "x"),
            Map.entry("items.1.sku", "y"),
            Map.entry("big", "12345678901234567890"),
            Map.entry("even", "100"),
            Map.entry("huge", "1E+999999"));
  }

  @Test
  void attributes_bounds_cutValuesAndRefuseTooMany() {
    String value = "x".repeat(999) + "\uD83D\uDE00";
    assertThat(activity(event("'id':7", VIEW + ",'attributes':{'a':'" + value + "'}")).attributes())
        .containsEntry("a", "x".repeat(999));
    assertThat(activity(event("'id':7", VIEW + ",'attributes':{'a':'\\ud83d'}")).attributes())
        .containsEntry("a", "?");
    StringBuilder many = new StringBuilder();
    IntStream.range(0, 101).forEach(i -> many.append(i == 0 ? "" : ",").append("'a" + i + "':1"));
    assertThat(note("{'contact':{'id':7}," + VIEW + ",'attributes':{" + many + "}}"))
        .contains("more than 100 attributes");
    assertThat(note("{'contact':{'id':7}," + VIEW + ",'attributes':{'" + "n".repeat(129) + "':1}}"))
        .contains("an attribute's name");
    assertThat(note("{'contact':{'id':7}," + VIEW + ",'id':'" + "i".repeat(129) + "'}"))
        .contains("id is too long");
    assertThat(note("{'contact':{'anonymousId':'" + "v".repeat(129) + "'}," + VIEW + "}"))
        .contains("anonymousId is too long");
  }

  @Test
  void sameIdWithOtherContent_isAnotherFact() {
    String one = VIEW + ",'id':'e1','attributes':{'url':'a'}";
    String other = VIEW + ",'id':'e1','attributes':{'url':'b'}";

    assertThat(event("'id':7", one).facts()).isEqualTo(event("'id':7", one).facts());
    assertThat(activity(event("'id':7", one))).isNotEqualTo(activity(event("'id':7", other)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                          | the body is empty
          'text'                      | the body is a single value
          {'contact':                 | the JSON ends too early
          {'contact':{} 'type':'t'}   | the body is not JSON
          {'type':'t','type':'t'}     | a key stands twice in one object
          {} {}                       | something follows its end
          [[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]] | a limit is exceeded
          """)
  void body_unreadable_saysWhy(String body, String words) {
    Decoded decoded = decode(body);

    assertThat(decoded).isInstanceOf(Decoded.Undecodable.class);
    assertThat(((Decoded.Undecodable) decoded).reason())
        .contains(words)
        .contains("expected an event, or an array of at most 1000");
  }

  @Test
  void body_moreThanAThousandEvents_isRefusedWhole() {
    List<String> events = new ArrayList<>();
    IntStream.range(0, 1_000).forEach(i -> events.add("{}"));
    assertThat(events("[" + String.join(",", events) + "]")).hasSize(1_000);
    events.add("{}");
    assertThat(decode("[" + String.join(",", events) + "]"))
        .isInstanceOf(Decoded.Undecodable.class);
    assertThat(events("[]")).isEmpty();
  }

  @Test
  void types_declared_refuseAllOthers() {
    TreeMap<String, java.util.SortedSet<String>> types = new TreeMap<>();
    types.put("page_view", new TreeSet<>(Set.of("url")));
    EventSource source =
        new EventSource(
            new ConnectionId("web"),
            SHOP,
            new WebhookAccess(
                URI.create(""), Set.of(SignatureScheme.STANDARD), List.of(), null, List.of()),
            types);

    assertThat(notes(source)).containsExactly(null, "the type page_veiw is not declared");
  }

  private static List<@Nullable String> notes(EventSource source) {
    String body =
        "[{'contact':{'id':7},"
            + VIEW
            + "},{'contact':{'id':7},'type':'page_veiw','at':1789999999}]";
    Decoded decoded =
        SourceEvents.decode(source, Digits.PLATFORM, delivery(body.replace('\'', '"')));
    List<@Nullable String> notes = new ArrayList<>();
    for (CrmEvent event : ((Decoded.Events) decoded).events()) {
      String note = event.note();
      notes.add(note == null ? null : note.replaceAll("^.*?: |, expected.*", ""));
    }
    return notes;
  }
}
