package io.leadgauge.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadgauge.Seeds;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same is replaced by the same, nothing by what it was, and no two ids by one. */
class PseudonymsTest {
  private static final String LETTERS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private static byte[] key(SplittableRandom random) {
    byte[] key = new byte[Pseudonyms.KEY_BYTES];
    random.nextBytes(key);
    return key;
  }

  private static Replacement replacement(boolean ids) {
    Pseudonyms pseudonyms = new Pseudonyms(key(new SplittableRandom(1)), false);
    return new Replacement(pseudonyms, ids, List.of("favourite__c"), List.of("Industry"));
  }

  @Test
  void numericIds_stayApart_andHaveAsManyDigits() {
    Seeds.forEach(
        30,
        random -> {
          Pseudonyms pseudonyms = new Pseudonyms(key(random), false);
          int length = random.nextInt(1, 4);
          long least = (long) Math.pow(10, length - 1);
          Set<String> made = new HashSet<>();
          for (long id = least; id < 10 * least; id++) {
            String pseudonym = pseudonyms.numericId(Long.toString(id));
            assertThat(pseudonym).hasSize(length).doesNotStartWith("0");
            made.add(pseudonym);
          }
          assertThat(made).hasSize((int) (9 * least));
        });
  }

  @Test
  void salesforceIds_stayApart_keepTheirObject_andFitTheirChecksum() {
    Seeds.forEach(
        200,
        random -> {
          Pseudonyms pseudonyms = new Pseudonyms(key(random), false);
          StringBuilder id = new StringBuilder("00Q");
          for (int i = 0; i < 12; i++) {
            id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
          }
          String shorter = pseudonyms.salesforceId(id.toString());
          assertThat(shorter).startsWith("00Q").hasSize(15).isNotEqualTo(id.toString());
          assertThat(pseudonyms.salesforceId(id + "AAA")).startsWith(shorter).hasSize(18);
          id.setCharAt(14, id.charAt(14) == 'x' ? 'y' : 'x');
          assertThat(pseudonyms.salesforceId(id.toString())).isNotEqualTo(shorter);
        });
    assertThat(
            new Pseudonyms(key(new SplittableRandom(3)), false).salesforceId("00Qxx0000004C92EAE"))
        .matches("00Q[A-Za-z0-9]{12}[A-Z0-5]{3}");
  }

  @Test
  void same_isReplacedByTheSame_andByAnotherKeyOtherwise() {
    Pseudonyms one = new Pseudonyms(key(new SplittableRandom(1)), false);
    Pseudonyms other = new Pseudonyms(key(new SplittableRandom(2)), false);
    assertThat(one.address("Ann@Acme.example")).isEqualTo(one.address(" ann@acme.example "));
    assertThat(one.address("ann@acme.example")).isNotEqualTo(other.address("ann@acme.example"));
    assertThat(one.address("ann@gmail.com")).endsWith("@gmail.com");
    assertThat(one.name("Ann Smith")).isEqualTo(one.name("ann") + " " + one.name("SMITH"));
    assertThat(one.digits("+49 (170) 555-0123")).matches("\\+\\d\\d \\(\\d{3}\\) \\d{3}-\\d{4}");
    assertThat(one.digits("5550123")).isEqualTo(one.digits("555 01 23").replace(" ", ""));
    assertThatThrownBy(() -> new Pseudonyms(new byte[8], false)).hasMessageContaining("32 bytes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jobtitle | VP Sales",
        "Title | Head of Marketing",
        "lifecyclestage | marketingqualifiedlead",
        "hs_email_optout | true",
        "num_visits | 12",
        "revenue | 12345.5",
        "annualrevenue | 250000000",
        "anything | 2026-11-01T10:00:00Z",
        "anything | 2026-11-01",
        "anything | 1769081993375",
        "occurredAt | 1769081993375",
        "objectId | 123456",
        "OwnerId | 00Qxx0000004C92EAE",
        "url | https://x.example/pricing/plans",
        "Favourite__c | tea",
        "country | Germany",
      })
  void value_thatTellsNothingOfAnybody_stays(String field, String value) {
    assertThat(replacement(false).of(field, value)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jobtitle | assistant of ann@acme.example | ann@",
        "jobtitle | call 0170 5550123 | 5550123",
        "email | Ann@acme.example | acme",
        "anything | Ann@acme.example | Ann",
        "firstname | Ann | Ann",
        "company | Acme | Acme",
        "phone | 5550123 | 5550123",
        "hs_whatsapp_phone_number | +15550123 | 5550123",
        "anything | 15550123 | 15550123",
        "date_of_birth | 1985-03-02 | 1985",
        "anything | 1985-03-02 | 1985",
        "zip | 53111 | 53111",
        "latitude | 50.73 | 50.73",
        "anything | Ann likes tea | Ann",
        "anonymousId | anns-phone | ann",
        "taxId | 12345 | 12345",
        "website | https://www.ann-smith.example/me | ann",
        "linkedin | https://linkedin.example/in/ann | ann",
        "url | https://x.example/users/ann/cart | ann",
        "url | https://x.example/a?q=ann+smith | ann",
        "url | https://x.example/unsubscribe/ann%40acme.example | ann",
        "url | https://x.example/order/123456789 | 123456789",
        "Industry | Astronautics | Astro",
        "ip | 10.1.2.3 | 10.1",
      })
  void value_thatMayTellOfSomebody_goes(String field, String value, String gone) {
    assertThat(replacement(false).of(field, value)).doesNotContain(gone).isNotBlank();
  }

  @Test
  void ids_goWhereThatIsAskedFor_alsoInPaths() {
    Replacement replacement = replacement(true);
    assertThat(replacement.of("objectId", "123456"))
        .matches("[1-9][0-9]{5}")
        .isNotEqualTo("123456");
    assertThat(replacement.of("portalId", "44237313")).isEqualTo("44237313");
    String id = replacement.of("Id", "00Qxx0000004C92EAE");
    assertThat(replacement.of("type", "/services/data/v65.0/sobjects/Lead/00Qxx0000004C92EAE"))
        .isEqualTo("/services/data/v65.0/sobjects/Lead/" + id);
  }

  @Test
  void json_keepsItsShape_whateverStandsInIt() {
    String body =
        """
        {"a":[1,2.50,null,true,"Ann",{"propertyName":"phone","propertyValue":15550123}],
         "big":12345678901234567890,"ann@acme.example":1,"deep":{"value":{"value":"Ann"}}}
        """;
    String made =
        new String(
            new PseudonymousJson(replacement(false)).of(body.getBytes(UTF_8)).orElseThrow(), UTF_8);
    assertThat(made)
        .startsWith("{\"a\":[1,2.50,null,true,\"text-")
        .doesNotContain("Ann", "ann@", "15550123", "12345678901234567890")
        .matches("(?s).*\"propertyValue\":[1-9][0-9]{7}}.*");
    assertThat(new PseudonymousJson(replacement(false)).of("{\"a\":".getBytes(UTF_8))).isEmpty();
    assertThat(new PseudonymousXml(replacement(false)).of("<a><b>Ann</a>".getBytes(UTF_8)))
        .isEmpty();
    assertThat(
            new PseudonymousXml(replacement(false))
                .of("<!DOCTYPE a [<!ENTITY e 'Ann'>]><a>&e;</a>".getBytes(UTF_8)))
        .isEmpty();
  }
}
