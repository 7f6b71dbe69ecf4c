package io.leadgauge.sandbox.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.MovableClock;
import io.leadgauge.sandbox.salesforce.OrgClient.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
  private final MovableClock clock = new MovableClock(OrgClient.NOW);
  private final OrgClient org = OrgClient.with(SalesforceOptions.defaults(), clock);

  @AfterEach
  void close() {
    org.close();
  }

  @Test
  void select_showsFieldsByTheirTypes() {
    String id =
        org.lead(
            "'FirstName':'Jo','Email':'jo@acme.example','NumberOfEmployees':250,"
                + "'AnnualRevenue':120000,'City':'Bonn'");
    JsonNode answer =
        org.query(
                "SELECT Id, Name, NumberOfEmployees, AnnualRevenue, IsConverted, Title, Address,"
                    + " SystemModstamp FROM Lead WHERE Email = 'JO@acme.example'")
            .json();
    assertThat(answer.path("totalSize").asInt()).isEqualTo(1);
    assertThat(answer.path("done").asBoolean()).isTrue();
    JsonNode lead = answer.at("/records/0");
    assertThat(lead.at("/attributes/type").asText()).isEqualTo("Lead");
    assertThat(lead.at("/attributes/url").asText())
        .isEqualTo("/services/data/v67.0/sobjects/Lead/" + id);
    assertThat(lead.path("Id").asText()).isEqualTo(id).hasSize(18).startsWith("00Q");
    assertThat(lead.path("Name").asText()).isEqualTo("Jo Doe");
    assertThat(lead.path("NumberOfEmployees").isInt()).isTrue();
    assertThat(lead.path("AnnualRevenue").toString()).isEqualTo("120000.0");
    assertThat(lead.path("IsConverted").isBoolean()).isTrue();
    assertThat(lead.path("Title").isNull()).isTrue();
    assertThat(lead.at("/Address/city").asText()).isEqualTo("Bonn");
    assertThat(lead.path("SystemModstamp").asText()).isEqualTo("2026-11-21T10:00:00.000+0000");
  }

  @Test
  void stamps_areInWholeSeconds() {
    clock.advance(999);
    String id = org.lead("");
    assertThat(org.fields("Lead", id).path("SystemModstamp").asText())
        .isEqualTo("2026-11-21T10:00:00.000Z");
  }

  @Test
  void conditions_meetWhatTheySay() {
    String small = org.lead("'NumberOfEmployees':5,'Title':'Intern'");
    clock.advance(Duration.ofSeconds(5));
    String large = org.lead("'NumberOfEmployees':5000,'IsUnreadByOwner':true");
    assertThat(found("NumberOfEmployees > 5")).containsExactly(large);
    assertThat(found("NumberOfEmployees >= 5 AND NumberOfEmployees < 6")).containsExactly(small);
    assertThat(found("Title = null")).containsExactly(large);
    assertThat(found("Title != 'Intern'")).containsExactly(large);
    assertThat(found("Id IN ('" + small.substring(0, 15) + "')")).containsExactly(small);
    assertThat(found("Id NOT IN ('" + small + "')")).containsExactly(large);
    assertThat(found("Title IN ('INTERN', 'CEO')")).containsExactly(small);
    assertThat(found("Title IN ('CEO', null)")).containsExactly(large);
    assertThat(found("NumberOfEmployees IN (5, 6)")).containsExactly(small);
    assertThat(found("SystemModstamp > 2026-11-21T10:00:00Z")).containsExactly(large);
    assertThat(found("SystemModstamp <= 2026-11-21T11:00:00+01:00")).containsExactly(small);
    assertThat(found("IsUnreadByOwner = TRUE")).containsExactly(large);
    assertThat(
            found(
                "SystemModstamp > 2026-11-21T10:00:00Z OR (SystemModstamp = 2026-11-21T10:00:00Z"
                    + " AND Id >= '"
                    + small
                    + "')"))
        .containsExactlyInAnyOrder(small, large);
  }

  private List<String> found(String condition) {
    Answer answer = org.query("SELECT Id FROM Lead WHERE " + condition);
    assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
    return OrgClient.ids(answer.json());
  }

  @Test
  void order_isThatOfValuesAndThenOfIds() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(org.lead("'NumberOfEmployees':" + i / 2));
    }
    assertThat(
            OrgClient.ids(
                org.query("SELECT Id FROM Lead ORDER BY NumberOfEmployees DESC, Id LIMIT 3")
                    .json()))
        .containsExactly(ids.get(4), ids.get(2), ids.get(3));
  }

  @Test
  void count_hasNoRecords() {
    org.lead("");
    JsonNode answer = org.query("SELECT COUNT() FROM Lead").json();
    assertThat(answer.path("totalSize").asInt()).isEqualTo(1);
    assertThat(answer.path("records")).isEmpty();
  }

  @Test
  void quotesAndBackslashes_areTextOnlyWhenEscaped() {
    String id = org.lead("'Title':'O\\u0027Neill \\\\ Co'");
    assertThat(found("Title = 'O\\'Neill \\\\ Co'")).containsExactly(id);
    assertThat(found("Title = '" + "\\'".repeat(1500) + "x".repeat(5000) + "'")).isEmpty();
    assertThat(org.query("SELECT Id FROM Lead WHERE Title = 'O'Neill'").code())
        .isEqualTo("MALFORMED_QUERY");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT FROM Lead",
        "SELECT Id, FROM Lead",
        "SELECT * FROM Lead",
        "SELECT Id FROM Lead WHERE",
        "SELECT Id FROM Lead WHERE Title",
        "SELECT Id FROM Lead WHERE Title = Intern",
        "SELECT Id FROM Lead WHERE Title = \"Intern\"",
        "SELECT Id FROM Lead WHERE Title = 'a' AND City = 'b' OR City = 'c'",
        "SELECT Id FROM Lead ORDER Id",
        "SELECT Id FROM Lead LIMIT -1",
        "SELECT Id FROM Lead; DELETE",
        "SELECT Id FROM Lead WHERE Id IN ()",
        "SELECT Id FROM Lead WHERE Title LIKE 'a%'",
        "SELECT MAX(CreatedDate) FROM Lead",
        "SELECT Id FROM Lead GROUP BY Id",
        "SELECT Id, Id FROM Lead",
        "UPDATE Lead"
      })
  void query_thatIsNone_isMalformed(String soql) {
    Answer answer = org.query(soql);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("MALFORMED_QUERY");
  }

  @Test
  void malformedQuery_pointsToTheWord() {
    assertThat(org.query("SELECT Id FORM Lead").message().lines())
        .containsExactly(
            "",
            "SELECT Id FORM Lead",
            "          ^",
            "ERROR at Row:1:Column:11",
            "unexpected token: 'FORM'");
  }

  @Test
  void unknownOrHiddenColumn_isNotThere() {
    org.tell("/fields/Lead/Lead_Score__c", "{'type':'double','precision':3,'scale':0}");
    assertThat(org.query("SELECT Lead_Score__c FROM Lead").status()).isEqualTo(200);
    org.tell("/fields/Lead/Lead_Score__c", "{'ours':'hidden'}");
    for (String soql :
        List.of(
            "SELECT Id, Lead_Score__c FROM Lead",
            "SELECT Id FROM Lead WHERE Lead_Score__c > 1",
            "SELECT Id FROM Lead ORDER BY Lead_Score__c")) {
      Answer answer = org.query(soql);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.code()).isEqualTo("INVALID_FIELD");
      assertThat(answer.message()).contains("No such column 'Lead_Score__c' on entity 'Lead'");
    }
    assertThat(org.query("SELECT Id FROM Leed").code()).isEqualTo("INVALID_TYPE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SystemModstamp > '2026-11-21T10:00:00Z'",
        "SystemModstamp > 2026-11-21",
        "NumberOfEmployees = '5'",
        "Title = 5",
        "IsConverted = 'false'",
        "Description = 'x'"
      })
  void condition_ofAnotherType_isRefused(String condition) {
    Answer answer = org.query("SELECT Id FROM Lead WHERE " + condition);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("INVALID_FIELD");
  }

  @Test
  void condition_onNoId_isRefused() {
    assertThat(org.query("SELECT Id FROM Lead WHERE Id = 'x'").code())
        .isEqualTo("INVALID_QUERY_FILTER_OPERATOR");
  }

  @Test
  void relationship_showsTheOtherRecord() {
    String account = org.create("Account", "'Name':'Acme'");
    String contact = org.create("Contact", "'LastName':'Doe','AccountId':'" + account + "'");
    String alone = org.create("Contact", "'LastName':'Solo'");
    String task = org.create("Task", "'Subject':'Call','WhoId':'" + contact + "'");
    JsonNode contacts =
        org.query("SELECT Id, Account.Name, Account.Industry FROM Contact ORDER BY Id").json();
    assertThat(contacts.at("/records/0/Account/Name").asText()).isEqualTo("Acme");
    assertThat(contacts.at("/records/0/Account/attributes/type").asText()).isEqualTo("Account");
    assertThat(contacts.at("/records/1/Id").asText()).isEqualTo(alone);
    assertThat(contacts.at("/records/1/Account").isNull()).isTrue();
    JsonNode tasks = org.query("SELECT Id, Who.Type FROM Task WHERE Who.Type = 'Contact'").json();
    assertThat(OrgClient.ids(tasks)).containsExactly(task);
    assertThat(tasks.at("/records/0/Who/Type").asText()).isEqualTo("Contact");
    assertThat(org.query("SELECT Owned.Name FROM Contact").code()).isEqualTo("INVALID_FIELD");
  }

  @Test
  void pages_mayBeShortAndLeadToAllRecords() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 45; i++) {
      all.add(org.lead(""));
    }
    org.tell("/settings", "{'pageMost':10}");
    List<String> found = new ArrayList<>();
    JsonNode page = org.query("SELECT Id FROM Lead ORDER BY Id").json();
    int pages = 1;
    while (!page.path("done").asBoolean()) {
      assertThat(page.path("totalSize").asInt()).isEqualTo(45);
      assertThat(page.path("records").size()).isBetween(1, 10);
      found.addAll(OrgClient.ids(page));
      assertThat(page.path("nextRecordsUrl").asText())
          .matches("/services/data/v67\\.0/query/01g\\w{15}-\\d+");
      page = org.get(page.path("nextRecordsUrl").asText()).json();
      pages++;
    }
    found.addAll(OrgClient.ids(page));
    assertThat(found).containsExactlyElementsOf(all);
    assertThat(pages).as("fewer than asked for on some").isGreaterThan(5);
  }

  @Test
  void page_asOfNow_leavesOutWhatIsDeletedMeanwhile() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(org.lead(""));
    }
    org.tell("/settings", "{'pageMost':2,'shortPages':false}");
    String next =
        org.query("SELECT Id, Title FROM Lead ORDER BY Id").json().path("nextRecordsUrl").asText();
    org.delete(OrgClient.DATA + "/sobjects/Lead/" + all.get(2));
    org.patch(OrgClient.DATA + "/sobjects/Lead/" + all.get(3), "{'Title':'CEO'}");
    JsonNode page = org.get(next).json();
    assertThat(OrgClient.ids(page)).containsExactly(all.get(3));
    assertThat(page.at("/records/0/Title").asText()).isEqualTo("CEO");
  }

  @Test
  void cursor_thatIsOldOrOneTooMany_isGone() {
    org.lead("");
    org.lead("");
    org.tell("/settings", "{'pageMost':1}");
    String soql = "SELECT Id FROM Lead";
    String first = org.query(soql).json().path("nextRecordsUrl").asText();
    clock.advance(Duration.ofMinutes(14));
    assertThat(org.get(first).status()).isEqualTo(200);
    for (int i = 0; i < 10; i++) {
      clock.advance(1);
      org.query(soql);
    }
    Answer gone = org.get(first);
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.code()).isEqualTo("INVALID_QUERY_LOCATOR");
    String next = org.query(soql).json().path("nextRecordsUrl").asText();
    clock.advance(Duration.ofMinutes(15));
    assertThat(org.get(next).code()).isEqualTo("INVALID_QUERY_LOCATOR");
  }

  @Test
  void queryAll_hasDeletedRecordsToo() {
    String id = org.lead("");
    org.delete(OrgClient.DATA + "/sobjects/Lead/" + id);
    assertThat(org.query("SELECT Id FROM Lead").json().path("totalSize").asInt()).isZero();
    assertThat(org.query("SELECT COUNT() FROM Lead").json().path("totalSize").asInt()).isZero();
    JsonNode all = org.queryAll("SELECT Id, IsDeleted FROM Lead").json();
    assertThat(all.at("/records/0/IsDeleted").asBoolean()).isTrue();
  }
}
