package io.leadgauge.crm.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.CrmEvent;
import io.leadgauge.crm.CrmEvent.Meaning;
import io.leadgauge.crm.Decoded;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Fact;
import io.leadgauge.model.LinkKind;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubSpotEventsTest {
  private static final ConnectionId PORTAL = new ConnectionId("acme");
  private static final String TENANT = "4711";
  private static final long AT = 1_788_000_000_123L;

  // ---- what the fixtures are made of

  /** An event in the shape of the captured ones; single quotes stand for double ones. */
  private static String event(String type, String more) {
    return ("{'eventId':4101286121,'subscriptionId':75,'portalId':4711,'appId':9,'occurredAt':"
            + AT
            + ",'subscriptionType':'"
            + type
            + "','attemptNumber':0,'changeSource':'CRM_UI','sourceId':'userId:7'"
            + (more.isEmpty() ? "" : "," + more)
            + "}")
        .replace('\'', '"');
  }

  private static Decoded decode(String body) {
    return HubSpotEvents.decode(PORTAL, TENANT, body.getBytes(StandardCharsets.UTF_8));
  }

  private static List<CrmEvent> events(String... events) {
    return ((Decoded.Events) decode("[" + String.join(",", events) + "]")).events();
  }

  private static CrmEvent only(String type, String more) {
    return events(event(type, more)).getFirst();
  }

  private static RecordRef ref(String type, String id) {
    return new RecordRef(PORTAL, type, id);
  }

  private static Stamp stamp(String value) {
    return new Stamp(AT, SourceRank.EVENT, value);
  }

  private static Fact.Linked link(RecordRef from, LinkKind kind, RecordRef to, boolean holds) {
    return new Fact.Linked(from, kind, to, stamp(Boolean.toString(holds)));
  }

  // ---- every documented subscription type

  private static Stream<String> documentedTypes() {
    List<String> types = new ArrayList<>();
    for (String object : List.of("contact", "company", "deal", "ticket", "line_item", "object")) {
      for (String change :
          List.of(
              "creation", "deletion", "propertyChange", "associationChange", "merge", "restore")) {
        types.add(object + "." + change);
      }
    }
    for (String change : List.of("creation", "deletion", "propertyChange", "merge", "restore")) {
      types.add("product." + change);
    }
    types.add("contact.privacyDeletion");
    for (String change :
        List.of("creation", "deletion", "newMessage", "privacyDeletion", "propertyChange")) {
      types.add("conversation." + change);
    }
    return types.stream();
  }

  @ParameterizedTest
  @MethodSource("documentedTypes")
  void documentedType_completeEvent_isKnownAndAboutItsRecord(String type) {
    CrmEvent event =
        only(
            type,
            "'objectId':546500061938,'objectTypeId':'0-1','propertyName':'city',"
                + "'propertyValue':'Bonn','primaryObjectId':546500061938,'mergedObjectIds':[2],"
                + "'associationType':'CONTACT_TO_DEAL','fromObjectId':546500061938,'toObjectId':3,"
                + "'changeFlag':'CREATED'");

    assertThat(event.meaning()).isIn(Meaning.FACTS, Meaning.READ, Meaning.ERASURE);
    assertThat(event.type()).isEqualTo(type);
    assertThat(event.occurredAt()).isEqualTo(AT);
    assertThat(event.note()).isNull();
    assertThat(event.record()).isNotNull().extracting(RecordRef::id).isEqualTo("546500061938");
  }

  @Test
  void documentedTypes_areAllButOneOfHubSpotsList() {
    // The 48th, event.completed, has no documented body.
    assertThat(documentedTypes()).hasSize(47).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"event.completed", "contact.sneezed", "appointment.creation", "contact", ".", ""})
  void unknownType_isKeptAsUnknown(String type) {
    CrmEvent event = only(type.isEmpty() ? "x.y" : type, "'objectId':5");

    assertThat(event.meaning()).isEqualTo(Meaning.UNKNOWN);
    assertThat(event.type()).isEqualTo(type.isEmpty() ? "x.y" : type);
    assertThat(event.facts()).isEmpty();
    assertThat(event.note()).isNull();
  }

  @Test
  void noType_isUnknown() {
    CrmEvent event = events("{\"objectId\":5}").getFirst();

    assertThat(event.meaning()).isEqualTo(Meaning.UNKNOWN);
    assertThat(event.type()).isEqualTo(HubSpotEvents.NO_TYPE);
    assertThat(event.occurredAt()).isZero();
  }

  @Test
  void eventType_isReadWhereSubscriptionTypeIsMissing() {
    CrmEvent event =
        events("{\"eventType\":\"deal.deletion\",\"objectId\":\"9\",\"occurredAt\":" + AT + "}")
            .getFirst();

    assertThat(event.facts())
        .containsExactly(Fact.Assigned.presence(ref("deal", "9"), AT, SourceRank.EVENT, false));
  }

  // ---- properties

  @Test
  void propertyChange_givesTheValueAtItsInstant() {
    CrmEvent event =
        only(
            "contact.propertyChange",
            "'objectId':1246965,'propertyName':'lifecyclestage','propertyValue':'subscriber'");

    assertThat(event.meaning()).isEqualTo(Meaning.FACTS);
    assertThat(event.facts())
        .containsExactly(
            new Fact.Assigned(ref("contact", "1246965"), "lifecyclestage", stamp("subscriber")));
  }

  @Test
  void propertyChange_classicAndGeneric_areOneFact() {
    String change = "'objectId':7,'propertyName':'city','propertyValue':'Bonn'";

    CrmEvent classic = only("contact.propertyChange", change);
    CrmEvent generic = only("object.propertyChange", change + ",'objectTypeId':'0-1'");

    assertThat(generic.facts()).isEqualTo(classic.facts());
  }

  @ParameterizedTest
  @CsvSource({
    "0-1, contact",
    "0-2, company",
    "0-3, deal",
    "0-5, ticket",
    "0-7, product",
    "0-8, line_item",
    "0-48, call",
    "0-49, email",
    "0-47, meeting",
    "2-143967026, 2-143967026",
    "0-999, 0-999"
  })
  void objectTypeId_isNamedInNeutralWords(String id, String name) {
    CrmEvent event = only("object.creation", "'objectId':7,'objectTypeId':'" + id + "'");

    assertThat(event.record()).isEqualTo(ref(name, "7"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'isSensitive':true,'propertyValue':'REDACTED'",
        "'isSensitive':true,'propertyValue':'secret'",
        "'propertyValue':'REDACTED'",
        "'propertyValue':null",
        "'isSensitive':false"
      })
  void propertyChange_withoutATrueValue_asksForARead(String value) {
    CrmEvent event =
        only(
            "object.propertyChange",
            "'objectId':7,'objectTypeId':'0-1','propertyName':'p'," + value);

    assertThat(event.meaning()).isEqualTo(Meaning.READ);
    assertThat(event.record()).isEqualTo(ref("contact", "7"));
    assertThat(event.facts()).isEmpty();
  }

  @Test
  void propertyChange_cleared_isTheEmptyValue() {
    CrmEvent event =
        only("contact.propertyChange", "'objectId':7,'propertyName':'p','propertyValue':''");

    assertThat(event.facts())
        .containsExactly(new Fact.Assigned(ref("contact", "7"), "p", stamp("")));
  }

  @Test
  void propertyChange_notInstant_asksForARead() {
    CrmEvent event =
        events(
                "{\"subscriptionType\":\"contact.propertyChange\",\"objectId\":7,"
                    + "\"propertyName\":\"p\",\"propertyValue\":\"v\"}")
            .getFirst();

    assertThat(event.meaning()).isEqualTo(Meaning.READ);
    assertThat(event.facts()).isEmpty();
  }

  @Test
  void ids_ofAnySizeAndAsText_areKeptAsTheyStand() {
    String long40 = "1234567890".repeat(4);

    CrmEvent number = only("contact.creation", "'objectId':" + long40);
    CrmEvent text = only("contact.creation", "'objectId':'" + long40 + "'");

    assertThat(number).isEqualTo(text);
    assertThat(number.record()).isEqualTo(ref("contact", long40));
  }

  @Test
  void value_withHalfASurrogatePair_canBeStored() {
    CrmEvent event =
        only(
            "contact.propertyChange",
            "'objectId':7,'propertyName':'p','propertyValue':'a\\ud83db \\ud83d\\ude00'");

    assertThat(event.facts())
        .containsExactly(new Fact.Assigned(ref("contact", "7"), "p", stamp("a?b \ud83d\ude00")));
  }

  // ---- presence

  @ParameterizedTest
  @CsvSource({
    "contact.creation, true, FACTS",
    "contact.deletion, false, FACTS",
    "contact.privacyDeletion, false, ERASURE",
    "contact.restore, true, READ"
  })
  void presence_followsTheLifeOfTheRecord(String type, boolean present, Meaning meaning) {
    CrmEvent event = only(type, "'objectId':7,'changeFlag':'CREATED'");

    assertThat(event.meaning()).isEqualTo(meaning);
    assertThat(event.facts())
        .containsExactly(
            Fact.Assigned.presence(ref("contact", "7"), AT, SourceRank.EVENT, present));
  }

  @Test
  void ownWriteComingBack_isAnOrdinaryFact() {
    CrmEvent event =
        events(
                event(
                        "contact.propertyChange",
                        "'objectId':7,'propertyName':'p','propertyValue':'1'")
                    .replace("CRM_UI", "INTEGRATION")
                    .replace("userId:7", "9"))
            .getFirst();

    assertThat(event.meaning()).isEqualTo(Meaning.FACTS);
    assertThat(event.facts()).hasSize(1);
  }

  // ---- merges

  @Test
  void merge_newSurvivor_linksEveryOldIdToIt() {
    CrmEvent event =
        only(
            "contact.merge",
            "'objectId':100,'primaryObjectId':100,'mergedObjectIds':[200,'300'],'newObjectId':400,"
                + "'numberOfPropertiesMoved':3");
    RecordRef survivor = ref("contact", "400");

    assertThat(event.meaning()).isEqualTo(Meaning.READ);
    assertThat(event.record()).isEqualTo(survivor);
    assertThat(event.facts())
        .containsExactlyInAnyOrder(
            link(ref("contact", "100"), LinkKind.MERGED_INTO, survivor, true),
            link(ref("contact", "200"), LinkKind.MERGED_INTO, survivor, true),
            link(ref("contact", "300"), LinkKind.MERGED_INTO, survivor, true));
  }

  @Test
  void merge_primarySurvives_isNotLinkedToItself() {
    CrmEvent event =
        only(
            "object.merge",
            "'objectTypeId':'0-1','primaryObjectId':100,'mergedObjectIds':[200,100],"
                + "'newObjectId':100");

    assertThat(event.facts())
        .containsExactly(
            link(ref("contact", "200"), LinkKind.MERGED_INTO, ref("contact", "100"), true));
  }

  @Test
  void merge_withoutNewObjectId_thePrimarySurvives() {
    CrmEvent event = only("contact.merge", "'primaryObjectId':100,'mergedObjectIds':[200]");

    assertThat(event.record()).isEqualTo(ref("contact", "100"));
    assertThat(event.facts()).hasSize(1);
  }

  // ---- associations

  @ParameterizedTest
  @CsvSource({
    "contact.associationChange, CONTACT_TO_COMPANY, 1, 2",
    "company.associationChange, COMPANY_TO_CONTACT, 2, 1"
  })
  void association_toldByEitherSide_isOneFact(String type, String name, String from, String to) {
    CrmEvent event =
        only(
            type,
            "'associationType':'%s','fromObjectId':%s,'toObjectId':%s,'associationRemoved':false"
                .formatted(name, from, to));

    assertThat(event.meaning()).isEqualTo(Meaning.READ);
    assertThat(event.record()).isEqualTo(ref("contact", "1"));
    assertThat(event.facts())
        .containsExactly(link(ref("contact", "1"), LinkKind.WORKS_AT, ref("company", "2"), true));
  }

  @Test
  void association_removed_doesNotHoldAnyMore() {
    CrmEvent event =
        only(
            "contact.associationChange",
            "'associationType':'CONTACT_TO_COMPANY','fromObjectId':1,'toObjectId':2,"
                + "'associationRemoved':true,'isPrimaryAssociation':true");

    assertThat(event.facts())
        .containsExactly(link(ref("contact", "1"), LinkKind.WORKS_AT, ref("company", "2"), false));
  }

  @Test
  void association_generic_isNamedByTypeIds() {
    CrmEvent event =
        only(
            "object.associationChange",
            "'fromObjectTypeId':'0-1','toObjectTypeId':'0-2','fromObjectId':1,'toObjectId':2,"
                + "'associationTypeId':279,'associationCategory':'HUBSPOT_DEFINED'");

    assertThat(event.facts())
        .containsExactly(link(ref("contact", "1"), LinkKind.WORKS_AT, ref("company", "2"), true));
  }

  @Test
  void association_withoutContact_asksForNoRead() {
    CrmEvent event =
        only(
            "deal.associationChange",
            "'associationType':'DEAL_TO_LINE_ITEM','fromObjectId':1,'toObjectId':2");

    assertThat(event.meaning()).isEqualTo(Meaning.FACTS);
    assertThat(event.facts())
        .containsExactly(
            link(ref("deal", "1"), LinkKind.ASSOCIATED_WITH, ref("line_item", "2"), true));
  }

  // ---- not ours, not real

  @ParameterizedTest
  @ValueSource(strings = {"'changeFlag':'NEW'", "'propertyValue':'sample-value'"})
  void testButton_isATest_whateverItsPortal(String mark) {
    String test =
        event("contact.propertyChange", "'objectId':123,'propertyName':'p'," + mark)
            .replace("4101286121", "100")
            .replace("4711", "1");

    assertThat(events(test).getFirst().meaning()).isEqualTo(Meaning.TEST);
  }

  @Test
  void contact123_isARealContact() {
    CrmEvent event = only("contact.creation", "'objectId':123,'changeFlag':'CREATED'");

    assertThat(event.meaning()).isEqualTo(Meaning.FACTS);
  }

  @Test
  void otherPortal_isForeign_andNamesNoRecordOfOurs() {
    CrmEvent event =
        events(event("contact.creation", "'objectId':7").replace("4711", "4712")).getFirst();

    assertThat(event.meaning()).isEqualTo(Meaning.FOREIGN);
    assertThat(event.record()).isNull();
    assertThat(event.facts()).isEmpty();
  }

  @Test
  void noPortal_isOurs() {
    CrmEvent event =
        events(event("contact.creation", "'objectId':7").replace("\"portalId\":4711,", ""))
            .getFirst();

    assertThat(event.meaning()).isEqualTo(Meaning.FACTS);
  }

  // ---- one bad event among good ones

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "contact.creation|'objectId':{'a':[1]}|objectId is an object, expected a number or text",
        "contact.creation|'objectId':1.5|objectId is a number with a fraction",
        "contact.creation|'objectId':''|objectId is text, expected a number or text of 1 to 64",
        "contact.creation|'objectId':true|objectId is true or false",
        "contact.creation|'x':1|objectId is missing, expected a number or text",
        "contact.creation|'objectId':7,'occurredAt':'soon'|occurredAt is text, expected milli",
        "contact.creation|'objectId':7,'occurredAt':-1|occurredAt is a number, expected milli",
        "contact.creation|'objectId':7,'occurredAt':999999999999999|occurredAt is a number",
        "contact.propertyChange|'objectId':7,'propertyValue':'v'|propertyName is missing",
        "contact.propertyChange|'objectId':7,'propertyName':['p']|propertyName is an array",
        "contact.propertyChange|'objectId':7,'propertyName':'~present'|propertyName is no name",
        "contact.propertyChange|'objectId':7,'isSensitive':'perhaps'|isSensitive is text, expected",
        "contact.merge|'mergedObjectIds':[1]|primaryObjectId is missing",
        "contact.merge|'primaryObjectId':1,'mergedObjectIds':7|mergedObjectIds is a number,"
            + " expected an array of at most",
        "contact.merge|'primaryObjectId':1,'mergedObjectIds':[{}]|mergedObjectIds is an array with",
        "object.creation|'objectId':7|objectTypeId is missing",
        "contact.associationChange|'fromObjectId':1,'toObjectId':2|neither toObjectTypeId nor",
        "object.associationChange|'fromObjectId':1,'toObjectId':2|neither fromObjectTypeId nor",
      })
  void badEvent_isNotedWithItsPlace_andItsSiblingsStand(String type, String more, String note) {
    String good = event("contact.creation", "'objectId':5");

    List<CrmEvent> events = events(good, event(type, more), good);

    assertThat(events)
        .extracting(CrmEvent::meaning)
        .containsExactly(Meaning.FACTS, Meaning.UNKNOWN, Meaning.FACTS);
    assertThat(events.get(1).type()).isEqualTo(type);
    assertThat(events.get(1).facts()).isEmpty();
    assertThat(events.get(1).note()).startsWith("event 1 at line 1, column ").contains(note);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "null", "\"contact.creation\"", "[[1],{}]", "true"})
  void somethingElseAmongEvents_isNoted(String item) {
    List<CrmEvent> events = events(item, event("contact.creation", "'objectId':5"));

    assertThat(events.get(0).meaning()).isEqualTo(Meaning.UNKNOWN);
    assertThat(events.get(0).note())
        .contains("event 0 at line 1, column 2")
        .contains("expected an object");
    assertThat(events.get(1).meaning()).isEqualTo(Meaning.FACTS);
  }

  @Test
  void unreadField_mayHoldAnything() {
    CrmEvent event =
        only("contact.creation", "'objectId':7,'attemptNumber2':{'x':[{'y':null}]},'appId':[[]]");

    assertThat(event.meaning()).isEqualTo(Meaning.FACTS);
  }

  // ---- bodies

  @Test
  void body_empty_hasNoEvents() {
    assertThat(decode("[]")).isEqualTo(new Decoded.Events(List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|the body is empty",
        "{}|the body is an object at line 1, column 1; expected a JSON array of at most 250 events",
        "'x'|the body is text",
        "null|the body is null",
        "[|the JSON ends too early",
        "[{'eventId':1|the JSON ends too early",
        "[{]|the body is not JSON at line 1, column 3",
        "[{'eventId' 1}]|the body is not JSON",
        "[] []|something follows the array at line 1, column 4",
        "hello|the body is not JSON",
        "[{'a':00}]|the body is not JSON",
      })
  void body_notAnArrayOfEvents_isUndecodable(String body, String reason) {
    assertThat(decode(body.replace('\'', '"')))
        .isInstanceOfSatisfying(
            Decoded.Undecodable.class,
            undecodable ->
                assertThat(undecodable.reason())
                    .startsWith(reason)
                    .contains("expected a JSON array"));
  }

  @Test
  void body_reason_doesNotQuoteTheBody() {
    assertThat(decode("[{\"propertyValue\": jane.doe@secret.example }]"))
        .isInstanceOfSatisfying(
            Decoded.Undecodable.class,
            undecodable -> assertThat(undecodable.reason()).doesNotContain("jane"));
  }

  @Test
  void body_beyondABound_isUndecodable() {
    String one = event("contact.creation", "'objectId':5");
    String deep = "[{\"a\":" + "[".repeat(40) + "]".repeat(40) + "}]";

    assertThat(decode("[" + (one + ",").repeat(249) + one + "]"))
        .isInstanceOfSatisfying(
            Decoded.Events.class, events -> assertThat(events.events()).hasSize(250));
    assertThat(reason("[" + (one + ",").repeat(250) + one + "]")).contains("more than 250 events");
    assertThat(reason(deep)).contains("a limit is exceeded").contains("nesting depth");
    assertThat(reason("[{\"objectId\":" + "1".repeat(65) + "}]")).contains("a limit is exceeded");
    assertThat(reason("[{\"propertyValue\":\"" + "x".repeat(300_000) + "\"}]"))
        .contains("a limit is exceeded");
  }

  @Test
  void body_longestPropertyOfHubSpot_isRead() {
    String value = "ü".repeat(65_536);

    CrmEvent event =
        only(
            "contact.propertyChange",
            "'objectId':7,'propertyName':'p','propertyValue':'" + value + "'");

    assertThat(event.facts())
        .containsExactly(new Fact.Assigned(ref("contact", "7"), "p", stamp(value)));
  }

  @Test
  void body_notUtf8_isUndecodable() {
    byte[] body = "[{\"propertyValue\":\"??\"}]".getBytes(StandardCharsets.UTF_8);
    body[19] = (byte) 0xC3;
    body[20] = (byte) 0x28;

    assertThat(HubSpotEvents.decode(PORTAL, TENANT, body)).isInstanceOf(Decoded.Undecodable.class);
  }

  private static String reason(String body) {
    return ((Decoded.Undecodable) decode(body)).reason();
  }

  /** Whatever the bytes, the answer is a value and never an exception. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
  void anyMutationOfABody_isDecodedOrRefused(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    byte[] whole =
        ("["
                + event(
                    "contact.merge", "'primaryObjectId':1,'mergedObjectIds':[2],'newObjectId':3")
                + ","
                + event(
                    "object.propertyChange",
                    "'objectTypeId':'0-1','objectId':7,'propertyName':'p',"
                        + "'propertyValue':'ä\\u00e4 \\ud83d\\ude00','isSensitive':false")
                + ","
                + event(
                    "contact.associationChange",
                    "'associationType':'CONTACT_TO_COMPANY',"
                        + "'fromObjectId':1,'toObjectId':2,'associationRemoved':true")
                + "]")
            .getBytes(StandardCharsets.UTF_8);
    byte[] pieces = "{}[]\",:0-9.eEtruefalsn\\u \u0000".getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 1_500; round++) {
      byte[] body = whole.clone();
      for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
        byte with =
            random.nextBoolean()
                ? pieces[random.nextInt(pieces.length)]
                : (byte) random.nextInt(256);
        body[random.nextInt(body.length)] = with;
      }
      byte[] cut = random.nextInt(8) == 0 ? Arrays.copyOf(body, random.nextInt(body.length)) : body;
      assertThat(HubSpotEvents.decode(PORTAL, TENANT, cut))
          .as("seed %d, round %d", seed, round)
          .isNotNull()
          .isEqualTo(HubSpotEvents.decode(PORTAL, TENANT, cut));
    }
  }
}
