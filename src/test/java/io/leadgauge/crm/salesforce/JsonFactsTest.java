package io.leadgauge.crm.salesforce;

import static io.leadgauge.crm.salesforce.Messages.ANN;
import static io.leadgauge.crm.salesforce.Messages.AT;
import static io.leadgauge.crm.salesforce.Messages.BOB;
import static io.leadgauge.crm.salesforce.OrgInTests.contact;
import static io.leadgauge.crm.salesforce.OrgInTests.lead;
import static io.leadgauge.crm.salesforce.OrgInTests.link;
import static io.leadgauge.crm.salesforce.OrgInTests.millis;
import static io.leadgauge.crm.salesforce.OrgInTests.read;
import static io.leadgauge.crm.salesforce.OrgInTests.set;
import static io.leadgauge.crm.salesforce.OrgInTests.there;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Seeds;
import io.leadgauge.crm.CrmEvent;
import io.leadgauge.crm.CrmEvent.Meaning;
import io.leadgauge.model.Activity;
import io.leadgauge.model.Fact;
import io.leadgauge.model.LinkKind;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFactsTest {
  private static final RecordRef LEAD = lead(ANN);
  private static final RecordRef CONTACT = contact("0035f00002EztxDAAR");
  private static final long COMMIT = 1_790_000_000_123L;

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private static List<CrmEvent> events(String text) {
    return OrgInTests.events(json(text));
  }

  private static CrmEvent event(String text) {
    return OrgInTests.event(json(text));
  }

  /** A change of Ann. */
  private static String change(String type, String header, String fields) {
    return "{'ChangeEventHeader':{'entityName':'Lead','recordIds':['"
        + ANN
        + "'],'changeType':'"
        + type
        + "','commitTimestamp':"
        + COMMIT
        + ",'commitNumber':1745500706683617281,'commitUser':'005ak00000EpjsfAAB'"
        + header
        + "}"
        + fields
        + "}";
  }

  // Callouts

  @Test
  void recordOfOurShape_isSoAtItsModstamp() {
    CrmEvent event =
        event(
            "{'object':'Lead','id':'00Q5f000005bwLF','systemModstamp':'"
                + AT
                + "','fields':{'Title':'CEO','Email':null,'AnnualRevenue':12000000.50,"
                + "'HasOptedOutOfEmail':true,'NumberOfEmployees':250,'Account':{'attributes':{},"
                + "'Name':'no'}}}");
    assertThat(event.type()).isEqualTo("Lead.callout");
    assertThat(event.facts())
        .containsExactlyInAnyOrder(
            there(LEAD, millis(AT), SourceRank.READ),
            read(LEAD, "Title", AT, "CEO"),
            read(LEAD, "Email", AT, ""),
            read(LEAD, "AnnualRevenue", AT, "12000000.50"),
            read(LEAD, "HasOptedOutOfEmail", AT, "true"),
            read(LEAD, "NumberOfEmployees", AT, "250"));
  }

  @Test
  void recordOfOurShape_withoutModstampIsToBeRead() {
    assertThat(event("{'object':'Lead','id':'" + ANN + "','fields':{'Title':'CEO'}}"))
        .isEqualTo(new CrmEvent("Lead.callout", LEAD, 0, Meaning.READ, List.of()));
    assertThat(event("{'object':'Lead','id':'" + ANN + "'}").meaning()).isEqualTo(Meaning.READ);
  }

  @Test
  void activity_isOneOfThePerson() {
    CrmEvent event =
        event(
            "{'object':'Contact','id':'0035f00002EztxD','activity':'webinar_attended',"
                + "'at':'2026-11-22T10:00:00+01:00','attributes':{'topic':'Pricing','minutes':45,"
                + "'blank':' ','list':[1]}}");
    assertThat(event.meaning()).isEqualTo(Meaning.FACTS);
    assertThat(event.facts())
        .containsExactly(
            new Fact.Happened(
                CONTACT,
                Activity.of(
                    "webinar_attended",
                    millis("2026-11-22T09:00:00Z"),
                    Map.of("topic", "Pricing", "minutes", "45"))));
  }

  @Test
  void recordAsApexWritesIt_isReadLikeOurs() {
    assertThat(
            event(
                    "{'attributes':{'type':'Lead','url':'/services/data/v67.0/sobjects/Lead/x'},"
                        + "'Id':'"
                        + ANN
                        + "','Title':'CEO','SystemModstamp':'2026-09-08T23:40:33.000+0000'}")
                .facts())
        .containsExactly(there(LEAD, millis(AT), SourceRank.READ), read(LEAD, "Title", AT, "CEO"));
  }

  @Test
  void organization_thatIsNamedMustBeOurs() {
    String callout = "{'object':'Lead','id':'" + ANN + "','organizationId':'%s'}";
    assertThat(event(callout.formatted("00Dxx0000001gPF")).meaning()).isEqualTo(Meaning.READ);
    assertThat(event(callout.formatted("00DD0000000muCU")).meaning()).isEqualTo(Meaning.FOREIGN);
    assertThat(event(callout.formatted("ours")).meaning()).isEqualTo(Meaning.FOREIGN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'object':'Lead'}|its id is missing or none of 15 or 18 characters",
        "{'object':'Lead','id':7}|its id is missing",
        "{'object':'no object','id':'00Q5f000005bwLF'}|it names no object, expected such as Lead",
        "{'object':'Lead','id':'00Q5f000005bwLF','activity':'a b'}|activity is no name",
        "{'object':'Lead','id':'00Q5f000005bwLF','activity':'a'}|at holds no instant",
        "{'object':'Lead','id':'00Q5f000005bwLF','systemModstamp':'x'}|SystemModstamp holds no",
        "{'object':'Lead','id':'00Q5f000005bwLF','fields':{'~present':'x'}}|no name of a field",
        "{'hello':'world'}|neither a change event nor a callout",
        "[7]|",
        "'text'|neither a change event nor a callout"
      })
  void itemThatCannotBeRead_isNotedAndItsSiblingsStand(String item, String note) {
    String sound = "{'object':'Lead','id':'" + ANN + "'}";
    List<CrmEvent> events = events("[" + sound + ", " + item + "," + sound + "]");
    assertThat(events)
        .extracting(CrmEvent::meaning)
        .containsExactly(Meaning.READ, Meaning.UNKNOWN, Meaning.READ);
    assertThat(events.get(1).note()).startsWith("item 1 at line 1, column ");
    if (note != null) {
      assertThat(events.get(1).note()).contains(note);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "|the body is empty",
        "7|the body is a single value at line 1, column 1",
        "{|the JSON ends too early at line 1",
        "[{'object':'Lead'}|the JSON ends too early",
        "nothing|the body is not JSON",
        "{}{}|something follows the end",
        "[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]|a limit is exceeded"
      })
  void bodyThatIsNoJson_isUnreadable(String body, String problem) {
    assertThat(OrgInTests.problem(body == null ? "" : json(body)))
        .contains(problem, "expected a JSON object, or an array of at most 250");
  }

  @Test
  void moreItemsThanABodyMayHave_makeItUnreadable() {
    String item = "{'object':'Lead','id':'" + ANN + "'}";
    assertThat(events("[" + (item + ",").repeat(249) + item + "]")).hasSize(250);
    assertThat(OrgInTests.problem(json("[" + (item + ",").repeat(250) + item + "]")))
        .contains("there are more than 250 items at line 1");
  }

  @Test
  void moreThanATreeShouldHold_makesABodyUnreadable() {
    assertThat(OrgInTests.problem("[{\"a\":[" + "1,".repeat(JsonBody.MOST_TOKENS) + "1]}]"))
        .contains("a limit is exceeded");
  }

  // Change events

  @Test
  void update_tellsWhatItsHeaderNames() {
    CrmEvent event =
        event(
            change(
                "UPDATE",
                ",'changedFields':['Title','Name.LastName','Address.Street','Address.City','Rating',"
                    + "'Lead_Score__c'],'nulledFields':['Phone']",
                ",'Title':'CEO','Name':{'LastName':'Lee','FirstName':'Ann'},"
                    + "'Address':{'Street':'Main St','City':null},'Rating':null,"
                    + "'Email':'ann@person.example','Company':null,'Lead_Score__c':7"));
    assertThat(event.meaning()).isEqualTo(Meaning.FACTS);
    assertThat(event.occurredAt()).isEqualTo(COMMIT);
    assertThat(event.facts())
        .containsExactlyInAnyOrder(
            set(LEAD, "Title", COMMIT, "CEO"),
            set(LEAD, "LastName", COMMIT, "Lee"),
            set(LEAD, "Street", COMMIT, "Main St"),
            set(LEAD, "City", COMMIT, ""),
            set(LEAD, "Rating", COMMIT, ""),
            set(LEAD, "Phone", COMMIT, ""),
            set(LEAD, "Lead_Score__c", COMMIT, "7"),
            set(LEAD, "~by:Lead_Score__c", COMMIT, "user 005ak00000EpjsfAAB"),
            new Fact.Assigned(LEAD, "FirstName", new Stamp(COMMIT, SourceRank.READ, "Ann")),
            new Fact.Assigned(
                LEAD, "Email", new Stamp(COMMIT, SourceRank.READ, "ann@person.example")));
  }

  @Test
  void compoundThatIsNamedAsAWhole_isToldByItsParts() {
    assertThat(
            event(
                    change(
                        "UPDATE",
                        ",'changedFields':['Address','Site__c']",
                        ",'Address':{'Street':'Main St','City':null},"
                            + "'Site__c':{'Latitude':52.5,'Longitude':null}"))
                .facts())
        .containsExactlyInAnyOrder(
            set(LEAD, "Street", COMMIT, "Main St"),
            set(LEAD, "City", COMMIT, ""),
            set(LEAD, "Site__Latitude__s", COMMIT, "52.5"),
            set(LEAD, "Site__Longitude__s", COMMIT, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",'changedFields':['0x08F81000']",
        ",'changedFields':['Title','4-0x3']",
        ",'changedFields':['Title'],'nulledFields':['0x2']",
        ",'changedFields':['Title','Rating']",
        ",'changedFields':['Title','Address.Street']",
        ",'changedFields':['Title'],'diffFields':['Description']",
        ",'changedFields':[]",
        ""
      })
  void updateThatDoesNotTellAll_isToBeReadAsWell(String header) {
    CrmEvent event = event(change("UPDATE", header, ",'Title':'CEO'"));
    assertThat(event.meaning()).isEqualTo(Meaning.READ);
    assertThat(event.facts()).containsExactly(set(LEAD, "Title", COMMIT, "CEO"));
  }

  @Test
  void difference_isNoValue() {
    String fields = ",'Description':'--- \\n+++ \\n@@ -1,1 +1,1 @@'";
    for (String list : List.of("['Description']", "['0x100']")) {
      CrmEvent event =
          event(change("UPDATE", ",'changedFields':['Description'],'diffFields':" + list, fields));
      assertThat(event.facts()).isEmpty();
      assertThat(event.meaning()).isEqualTo(Meaning.READ);
    }
  }

  @Test
  void creationAndUndeletion_sayThatTheRecordIsThere() {
    CrmEvent created = event(change("CREATE", "", ",'Title':'CEO','Rating':null"));
    assertThat(created.meaning()).isEqualTo(Meaning.FACTS);
    assertThat(created.facts())
        .containsExactly(there(LEAD, COMMIT, SourceRank.EVENT), set(LEAD, "Title", COMMIT, "CEO"));
    CrmEvent back = event(change("UNDELETE", "", ",'Title':'CEO'"));
    assertThat(back.meaning()).isEqualTo(Meaning.READ);
    assertThat(back.facts()).isEqualTo(created.facts());
  }

  @Test
  void deletion_isToBeReadForTheRecordThatLivesOn() {
    CrmEvent event = event(change("DELETE", "", ""));
    assertThat(event.meaning()).isEqualTo(Meaning.READ);
    Fact gone = Fact.Assigned.presence(LEAD, COMMIT, SourceRank.EVENT, false);
    assertThat(event.facts()).containsExactly(gone);
    assertThat(event(change("DELETE", "", ",'MasterRecordId':'" + BOB + "'")).facts())
        .contains(gone, link(LEAD, LinkKind.MERGED_INTO, lead(BOB), COMMIT, SourceRank.EVENT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SNAPSHOT", "GAP_CREATE", "GAP_UPDATE", "GAP_DELETE", "GAP_UNDELETE"})
  void gap_tellsNothingAndIsToBeRead(String type) {
    assertThat(event(change(type, "", ",'Title':null")))
        .isEqualTo(new CrmEvent("Lead." + type, LEAD, COMMIT, Meaning.READ, List.of()));
  }

  @Test
  void overflow_andRecordsThatAreNotNamed_wantAResync() {
    CrmEvent resync = new CrmEvent("Lead.GAP_OVERFLOW", null, COMMIT, Meaning.RESYNC, List.of());
    assertThat(event(change("GAP_OVERFLOW", "", "").replace(ANN, "000000000000000AAA")))
        .isEqualTo(resync);
    assertThat(event(change("GAP_OVERFLOW", "", "").replace("'" + ANN + "'", "")))
        .isEqualTo(resync);
    List<CrmEvent> wild =
        events(change("UPDATE", "", ",'Title':'CEO'").replace(ANN, "00Q*','" + BOB));
    assertThat(wild).extracting(CrmEvent::meaning).containsExactly(Meaning.RESYNC, Meaning.READ);
    String many = "00Q5f000005bwLFEAY','".repeat(ChangeEvents.MOST_RECORDS) + ANN;
    assertThat(event(change("UPDATE", "", "").replace(ANN, many)).meaning())
        .isEqualTo(Meaning.RESYNC);
  }

  @Test
  void moreRecordsThanADeliveryMayTell_wantAResync() {
    String six = change("CREATE", "", "").replace(ANN, (ANN + "','").repeat(599) + ANN);
    List<CrmEvent> events = events("[" + six + "," + six + "," + change("CREATE", "", "") + "]");
    assertThat(events).hasSize(602);
    assertThat(events.get(600))
        .isEqualTo(new CrmEvent("Lead.CREATE", null, COMMIT, Meaning.RESYNC, List.of()));
    assertThat(events.get(601).meaning()).isEqualTo(Meaning.FACTS);
  }

  @Test
  void recordsThatChangedAlike_areEachTold() {
    assertThat(
            events(
                change("UPDATE", ",'changedFields':['Title']", ",'Title':'CEO'")
                    .replace(ANN, ANN + "','" + BOB)))
        .extracting(CrmEvent::facts)
        .containsExactly(
            List.of(set(LEAD, "Title", COMMIT, "CEO")),
            List.of(set(lead(BOB), "Title", COMMIT, "CEO")));
  }

  @Test
  void eventWithoutCommitTimestamp_isToBeRead() {
    CrmEvent event = event(change("CREATE", "", ",'Title':'CEO'").replace("" + COMMIT, "null"));
    assertThat(event).isEqualTo(new CrmEvent("Lead.CREATE", LEAD, 0, Meaning.READ, List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1745500706683617281",
        "'1745500706683617281'",
        "99999999999999999999999999",
        "null"
      })
  void commitNumber_canBeOfAnySize(String number) {
    String text = change("CREATE", "", ",'Title':'CEO','Big__c':" + number);
    CrmEvent event = event(text.replace("1745500706683617281,", number + ","));
    assertThat(event.meaning()).isEqualTo(Meaning.FACTS);
    if (!number.equals("null")) {
      assertThat(event.facts()).contains(set(LEAD, "Big__c", COMMIT, number.replace("'", "")));
    }
  }

  @Test
  void numbers_keepTheirDigits() {
    assertThat(
            event(change("CREATE", "", ",'A__c':1.2E7,'B__c':12.50,'C__c':1E-2,'D__c':1E9999"))
                .facts())
        .contains(
            set(LEAD, "A__c", COMMIT, "12000000"),
            set(LEAD, "B__c", COMMIT, "12.50"),
            set(LEAD, "C__c", COMMIT, "0.01"),
            set(LEAD, "D__c", COMMIT, "1E+9999"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'entityName':'Lead'|'entityName':''|entityName is missing",
        "'changeType':'CREATE'|'changeType':'CHANGE'|changeType is none that we know",
        "['00Q5f000005bwLFEAY']|[]|recordIds is empty",
        "['00Q5f000005bwLFEAY']|'00Q5f000005bwLFEAY'|recordIds is empty",
        "['00Q5f000005bwLFEAY']|['x']|recordIds holds what is no id"
      })
  void headerThatCannotBeRead_isNoted(String part, String other, String note) {
    CrmEvent event = event(change("CREATE", "", "").replace(part, other));
    assertThat(event.meaning()).isEqualTo(Meaning.UNKNOWN);
    assertThat(event.note()).contains("item 0 at line 1, column 1: " + note);
  }

  @Test
  void envelopes_areTakenOff() {
    String bare = change("CREATE", "", ",'Title':'CEO'");
    String bridge =
        "{'version':'0','id':'7','detail-type':'LeadChangeEvent','source':"
            + "'aws.partner/salesforce.com/%s/0YLxx0000004C92GAE','time':'2026-11-22T10:00:00Z',"
            + "'resources':[],'detail':{'payload':"
            + bare
            + ",'schemaId':'x','id':'y'}}";
    String stream =
        "{'data':{'schema':'x','payload':" + bare + ",'event':{'replayId':7}},'channel':'/data/x'}";
    CrmEvent event = event(bare);
    assertThat(event(bridge.formatted("00Dxx0000001gPFEAY"))).isEqualTo(event);
    assertThat(event("{'payload':" + bare + "}")).isEqualTo(event);
    assertThat(event(stream)).isEqualTo(event);
    assertThat(event(bridge.formatted("00DD0000000muCUMAY")))
        .isEqualTo(new CrmEvent("LeadChangeEvent", null, 0, Meaning.FOREIGN, List.of()));
  }

  @Test
  void halfACharacter_isWrittenAsAStoreWould() {
    assertThat(event(change("CREATE", "", ",'Title':'\\ud83d'")).facts())
        .contains(set(LEAD, "Title", COMMIT, "?"));
  }

  @Test
  void brokenBody_isNeverAFault() {
    byte[] sound =
        json("["
                + change("UPDATE", ",'changedFields':['Name']", ",'Name':{'LastName':'Zoë'}")
                + "]")
            .getBytes(StandardCharsets.UTF_8);
    Seeds.forEach(500, random -> brokenBodyIsNeverAFault(random, sound));
  }

  private static void brokenBodyIsNeverAFault(SplittableRandom random, byte[] sound) {
    byte[] body = sound.clone();
    int changes = random.nextInt(1, 4);
    for (int i = 0; i < changes; i++) {
      body[random.nextInt(body.length)] = (byte) "{}[]\",:x0".charAt(random.nextInt(9));
    }
    SalesforceDeliveries.decode(OrgInTests.connection(OrgInTests.ORG), OrgInTests.delivery(body));
  }
}
