package io.leadgauge.crm.salesforce;

import static io.leadgauge.crm.salesforce.Messages.ANN;
import static io.leadgauge.crm.salesforce.Messages.BOB;
import static io.leadgauge.crm.salesforce.Messages.fields;
import static io.leadgauge.crm.salesforce.Messages.message;
import static io.leadgauge.crm.salesforce.OrgInTests.ACME;
import static io.leadgauge.crm.salesforce.OrgInTests.lead;
import static io.leadgauge.crm.salesforce.OrgInTests.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Seeds;
import io.leadgauge.crm.CrmEvent;
import io.leadgauge.crm.Erased;
import io.leadgauge.crm.Redacted;
import io.leadgauge.model.RecordRef;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of deliveries when Ann is erased. */
class ErasedDeliveriesTest {
  private static final String TASK = "00T5f00000AbCdEFAV";
  private static final Erased ERASED =
      new Erased(
          Set.of(
                  lead(ANN),
                  record("task", TASK),
                  RecordRef.emailAddress(ACME, "ann@person.example"))
              ::contains,
          Set.of("ann@person.example"));

  private static Redacted redacted(byte[] body) {
    return SalesforceDeliveries.without(OrgInTests.delivery(body), ERASED);
  }

  private static String left(String body) {
    return switch (redacted(body.getBytes(StandardCharsets.UTF_8))) {
      case Redacted.Untouched same -> "untouched";
      case Redacted.Less less -> new String(less.delivery().body(), StandardCharsets.UTF_8);
      case Redacted.Nothing nothing -> "nothing";
    };
  }

  private static Messages bobs() {
    return message()
        .withLead(BOB, "Company", "<Ö & Co>")
        .with("Task", TASK.replace("Ab", "Xy"), "");
  }

  // Messages

  @Test
  void notificationOfAPerson_isTakenOutAndTheOthersKeepTheirBytes() {
    String all = bobs().withLead(ANN, "Title", "CEO").toString();
    String rest = left(all);
    assertThat(rest).doesNotContain(ANN, "CEO");
    assertThat(OrgInTests.events(rest)).isEqualTo(OrgInTests.events(bobs().toString()));
    String bobsOwn = bobs().toString().substring(0, bobs().toString().indexOf("</notifications>"));
    assertThat(rest).startsWith(bobsOwn.stripTrailing());
  }

  @Test
  void recordThatNamesAPerson_isTakenOutToo() {
    for (Messages one :
        List.of(
            message().with("Task", TASK.replace("Ab", "Xy"), fields("WhoId", ANN) + stamped()),
            message().with("Task", TASK, stamped()),
            message().withLead(BOB, "MasterRecordId", ANN),
            message()
                .with("CampaignMember", "00v5f00000AbCdEFAV", fields("LeadId", ANN) + stamped()),
            message().withNotification("<sObject><Name>ann@Person.example</Name></sObject>"),
            message().withNotification("<sObject><Name>00Q5f000005bwLF</Name></sObject>"))) {
      String rest = left(one.toString());
      assertThat(rest)
          .as(one.toString())
          .contains("<notifications")
          .doesNotContain("<Notification>");
      assertThat(OrgInTests.events(rest)).isEmpty();
    }
  }

  private static String stamped() {
    return Messages.field("SystemModstamp", Messages.AT);
  }

  @Test
  void messageThatNamesNobody_isUntouched() {
    assertThat(left(bobs().toString())).isEqualTo("untouched");
    assertThat(left(message().toString())).isEqualTo("untouched");
  }

  @Test
  void messageThatCannotBeRead_isRemovedIfItNamesAPerson() {
    assertThat(left("<broken>" + ANN)).isEqualTo("nothing");
    assertThat(left("<broken>" + ANN.substring(0, 15))).isEqualTo("nothing");
    assertThat(left("<broken>mailto:ann@person.example")).isEqualTo("nothing");
    assertThat(left("<broken>" + BOB)).isEqualTo("untouched");
    byte[] wide = ("<broken>" + ANN).getBytes(StandardCharsets.UTF_16LE);
    assertThat(redacted(wide)).isInstanceOf(Redacted.Nothing.class);
  }

  @Test
  void anyMessage_isLeftWithTheOthers() {
    Seeds.forEach(200, ErasedDeliveriesTest::anyMessageIsLeftWithTheOthers);
  }

  private static void anyMessageIsLeftWithTheOthers(SplittableRandom random) {
    Messages message = message();
    List<Integer> bobs = new ArrayList<>();
    int count = random.nextInt(1, 30);
    for (int i = 0; i < count; i++) {
      boolean isAnn = random.nextInt(3) == 0;
      if (!isAnn) {
        bobs.add(i);
      }
      String odd =
          switch (random.nextInt(4)) {
            case 0 -> "<![CDATA[</Notification><Notification>]]>";
            case 1 -> "<!-- </Notification> -->";
            case 2 -> "<?a </sObject> ?>";
            default -> "😀\r\n";
          };
      message.with(
          "Lead",
          isAnn ? ANN : BOB,
          "<sf:Company b=\"/>\" a='>'>" + odd + "</sf:Company><sf:Fax/>" + stamped());
    }
    String body = message.toString();
    List<CrmEvent> events = OrgInTests.events(body);
    String rest = left(body);
    if (bobs.size() == count) {
      assertThat(rest).isEqualTo("untouched");
    } else {
      assertThat(rest).doesNotContain(ANN);
      assertThat(OrgInTests.events(rest)).isEqualTo(bobs.stream().map(events::get).toList());
      assertThat(left(rest)).isEqualTo("untouched");
    }
  }

  // JSON

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private static String callout(String id) {
    return "{'object':'Lead','id':'" + id + "','fields':{'Big__c':12345678901234567890.10}}";
  }

  private static String change(String ids, String fields) {
    return "{'detail':{'payload':{'ChangeEventHeader':{'entityName':'Lead','recordIds':["
        + ids
        + "],'changeType':'UPDATE','commitTimestamp':1790000000000,'changedFields':['Title'],"
        + "'commitNumber':1745500706683617281},'Title':'CEO'"
        + fields
        + "}}}";
  }

  @Test
  void itemOfAPerson_isTakenOutAndTheOthersSayTheSame() {
    assertThat(left(json("[" + callout(ANN) + ", " + callout(BOB) + "]")))
        .isEqualTo(json("[" + callout(BOB) + "]"));
    assertThat(left(json(callout(ANN.substring(0, 15))))).isEqualTo("[]");
    assertThat(left(json(change("'" + ANN + "'", "")))).isEqualTo("[]");
    assertThat(left(json(change("'" + BOB + "'", ",'ConvertedContactId':'x'"))))
        .isEqualTo("untouched");
  }

  @Test
  void changeOfSeveralRecords_isLeftWithTheOthers() {
    String three = json(change("'" + BOB + "','" + ANN + "','00Q2X00001OPBbRUAX'", ""));
    assertThat(left(three))
        .isEqualTo(json("[" + change("'" + BOB + "','00Q2X00001OPBbRUAX'", "") + "]"));
    assertThat(left(json(change("'" + ANN + "','" + ANN + "'", "")))).isEqualTo("[]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'object':'Task','id':'00T5f00000AbCdEFAV','activity':'a','at':'2026-01-01T00:00:00Z'}",
        "{'object':'Task','id':'00T5f00000XyCdEFAV','systemModstamp':'2026-01-01T00:00:00Z',"
            + "'fields':{'WhoId':'00Q5f000005bwLFEAY'}}",
        "{'anything':['00Q5f000005bwLFEAY']}",
        "{'anything':'ann\\u0040person.example'}",
        "'00Q5f000005bwLF'"
      })
  void itemThatNamesAPerson_isTakenOut(String item) {
    assertThat(left(json("[" + callout(BOB) + "," + item + "]")))
        .isEqualTo(json("[" + callout(BOB) + "]"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "{'a':'00Q5f000005bwLF', nothing",
        "{'a':'00Q5f000005bwLFEAY', nothing",
        "[ann@person.example, nothing",
        "{'a':'00Q2X00001OPBbQUAX', untouched",
        "{}, untouched",
        "[], untouched"
      })
  void bodyThatCannotBeRead_isRemovedIfItNamesAPerson(String body, String left) {
    assertThat(left(json(body))).isEqualTo(left);
  }
}
