package io.leadgauge.crm.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Seeds;
import io.leadgauge.crm.CrmEvent;
import io.leadgauge.crm.Decoded;
import io.leadgauge.crm.Erased;
import io.leadgauge.crm.Redacted;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.RecordRef;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErasedEventsTest {
  private static final ConnectionId ACME = new ConnectionId("acme");
  private static final RecordRef CALL = new RecordRef(ACME, "call", "801");
  private static final Erased ANN =
      new Erased(
          Set.of(
                  RecordRef.contact(ACME, "501"),
                  CALL,
                  RecordRef.emailAddress(ACME, "ann@person.example"))
              ::contains,
          Set.of("ann@person.example", "shared@person.example"));
  private static final String BOB =
      "{\"objectId\":502,\"subscriptionType\":\"contact.propertyChange\",\"occurredAt\":1000,"
          + "\"propertyName\":\"p\",\"propertyValue\":\"a, ]ä\\u0041 \"}";

  private static Redacted redacted(byte[] body) {
    return ErasedEvents.without(
        new Delivery(ACME, 1, "POST", "/webhooks/acme", List.of(), body), ANN);
  }

  private static String left(String body) {
    return switch (redacted(body.getBytes(StandardCharsets.UTF_8))) {
      case Redacted.Untouched same -> "untouched";
      case Redacted.Less less -> new String(less.delivery().body(), StandardCharsets.UTF_8);
      case Redacted.Nothing nothing -> "nothing";
    };
  }

  private static String event(String type, String fields) {
    return ("{'subscriptionType':'" + type + "','occurredAt':1000," + fields + "}")
        .replace('\'', '"');
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "contact.propertyChange|'objectId':501,'propertyName':'p','propertyValue':'v'",
        "contact.propertyChange|'objectId':'501','propertyName':'p','isSensitive':true",
        "contact.propertyChange|'objectId':501,'propertyName':['p']",
        "contact.deletion|'objectId':501",
        "contact.privacyDeletion|'objectId':501",
        "object.creation|'objectTypeId':'0-1','objectId':501",
        "object.propertyChange|'objectTypeId':'0-48','objectId':801,'propertyName':'p'",
        "contact.merge|'primaryObjectId':501,'mergedObjectIds':[9],'newObjectId':10",
        "contact.merge|'primaryObjectId':9,'mergedObjectIds':[501],'newObjectId':10",
        "contact.merge|'primaryObjectId':9,'mergedObjectIds':[8],'newObjectId':501",
        "contact.associationChange|'associationType':'CONTACT_TO_COMPANY','fromObjectId':501,"
            + "'toObjectId':7",
        "deal.associationChange|'associationType':'DEAL_TO_CONTACT','fromObjectId':7,"
            + "'toObjectId':501",
        "contact.associationChange|'associationType':'CONTACT_TO_CONTACT','fromObjectId':7,"
            + "'toObjectId':501",
        "contact.whatever|'objectId':501",
        "somebody.new|'who':{'mail':'Ann@Person.example'}",
        "somebody.new|'who':'ann\\u0040person.example'"
      })
  void event_thatNamesAnErasedPerson_isTakenOutAndItsSiblingsKeepTheirBytes(String event) {
    int bar = event.indexOf('|');
    String one = event(event.substring(0, bar), event.substring(bar + 1));
    assertThat(left("[" + BOB + " , " + one + ",\n " + BOB + " ]"))
        .isEqualTo("[" + BOB + "," + BOB + "]");
    assertThat(left("[" + one + "]")).isEqualTo("[]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "contact.propertyChange|'objectId':5010,'propertyName':'p','propertyValue':'501'",
        "company.propertyChange|'objectId':501,'propertyName':'p','propertyValue':'v'",
        "contact.associationChange|'associationType':'CONTACT_TO_COMPANY','fromObjectId':7,"
            + "'toObjectId':501",
        "contact.whatever|'objectId':5010"
      })
  void event_ofSomebodyElse_stays(String event) {
    int bar = event.indexOf('|');
    assertThat(left("[" + event(event.substring(0, bar), event.substring(bar + 1)) + "]"))
        .isEqualTo("untouched");
  }

  @Test
  void body_thatCannotBeRead_isReplacedOnlyWhereItMayNameThem() {
    assertThat(left("[{\"objectId\":501,")).isEqualTo("nothing");
    assertThat(left("to=ann%40person.example")).isEqualTo("nothing");
    assertThat(left("[{\"objectId\":5012,")).isEqualTo("untouched");
    assertThat(left("")).isEqualTo("untouched");
    assertThat(redacted("{501}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            Redacted.Nothing.class,
            nothing ->
                assertThat(new String(nothing.delivery().body(), StandardCharsets.UTF_8))
                    .isEqualTo(Redacted.NOTE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"vid\":501,\"properties\":{\"a\":{\"value\":\"x\"}}} | true",
        "{\"person\":\" Ann@Person.example \"} | true",
        "{\"person\":\"501\"} | true",
        "{\"vid\":502,\"mail\":\"shared@person.example\"} | false",
        "{\"vid\":502,\"text\":\"her number is 501, mail ann@person.example\"} | false",
        "{\"vid\":5011} | false",
        "{\"vid\":501 | true"
      })
  void body_ofAWorkflow_isReplacedWhereAValueIsTheirs(String body, boolean theirs) {
    Delivery delivery =
        new Delivery(
            ACME,
            1,
            "POST",
            "/webhooks/acme/my-workflow",
            List.of(),
            body.getBytes(StandardCharsets.UTF_8));
    assertThat(ErasedEvents.without(delivery, ANN))
        .isInstanceOf(theirs ? Redacted.Nothing.class : Redacted.Untouched.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE"})
  void body_inAnotherEncoding_isNotCutInTheMiddle(String charset) {
    String body = "[" + event("contact.deletion", "'objectId':501") + "," + BOB + "]";
    assertThat(redacted(body.getBytes(Charset.forName(charset))))
        .isInstanceOf(Redacted.Nothing.class);
  }

  @Test
  void law_anyMixture_losesTheErasedEventsAndKeepsTheOthersInOrder() {
    Seeds.forEach(500, ErasedEventsTest::checkMixture);
  }

  private static void checkMixture(SplittableRandom random) {
    List<String> all = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      boolean ann = random.nextInt(3) == 0;
      String space = " \n\t".substring(0, random.nextInt(4));
      String event =
          event("contact.propertyChange", "'objectId':" + (ann ? 501 : 502 + random.nextInt(9)))
              .replace("}", ",\"propertyName\":\"p\",\"propertyValue\":\",]" + i + "\"}");
      all.add(space + event + space);
      if (!ann) {
        others.add(event);
      }
    }
    String body = "[" + String.join(",", all) + "]";
    String expected = others.size() == all.size() ? body : "[" + String.join(",", others) + "]";
    String found = left(body);
    assertThat(found.equals("untouched") ? body : found).isEqualTo(expected);
    assertThat(events(expected)).hasSize(others.size());
  }

  private static List<CrmEvent> events(String body) {
    Decoded decoded = HubSpotEvents.decode(ACME, "1", body.getBytes(StandardCharsets.UTF_8));
    return ((Decoded.Events) decoded).events();
  }
}
