package io.leadgauge.crm.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadgauge.Seeds;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A query is made of checked parts only. */
class SoqlTest {
  private static final SalesforceId ID = new SalesforceId("00Qxx0000000001AAA");

  /** What breaks out of a literal that was put together carelessly. */
  private static final String[] ATTEMPTS = {
    "'",
    "\\",
    "\\'",
    "' OR Id != '",
    "\\\\'",
    "%",
    "_",
    "\n",
    "\r",
    "\t",
    "\f",
    "\b",
    "\"",
    " LIMIT 1",
    ")",
    "OR Name LIKE '%",
    "\u2019",
    "\u02BC",
    "\uFF07",
    "é",
    "\uD83D\uDE00",
    "a",
    "\0"
  };

  private static String attempt(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    int parts = random.nextInt(8);
    for (int i = 0; i < parts; i++) {
      text.append(ATTEMPTS[random.nextInt(ATTEMPTS.length)]);
    }
    return text.toString();
  }

  /** Reads a literal as Salesforce does; fails where it ends before the text does. */
  private static String read(String literal) {
    assertThat(literal).startsWith("'").endsWith("'");
    StringBuilder text = new StringBuilder();
    int at = 1;
    while (at < literal.length() - 1) {
      char letter = literal.charAt(at++);
      assertThat(letter).as("a quote ends the literal").isNotEqualTo('\'');
      if (letter != '\\') {
        text.append(letter);
        continue;
      }
      assertThat(at).as("a backslash takes the last quote").isLessThan(literal.length() - 1);
      char escaped = literal.charAt(at++);
      text.append(
          switch (escaped) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case '\\', '\'', '"' -> escaped;
            default -> throw new AssertionError("no escape: \\" + escaped);
          });
    }
    return text.toString();
  }

  /** Law: a text is one literal of exactly that text, whatever stands in it. */
  @Test
  void text_isALiteralOfItself() {
    Seeds.forEach(
        5_000,
        random -> {
          String text = attempt(random);

          String query =
              Soql.select(List.of("Id"), "Task").is("Leadgauge_Key__c", text).first(1).text();

          String before = "SELECT Id FROM Task WHERE Leadgauge_Key__c = ";
          assertThat(query).startsWith(before).endsWith(" LIMIT 1");
          String literal = query.substring(before.length(), query.length() - " LIMIT 1".length());
          assertThat(read(literal)).isEqualTo(text);
          assertThat(literal).doesNotContain("\n", "\r");
        });
  }

  /** Law: what is no name of a field never gets into a query. */
  @Test
  void name_thatIsNone_isRefused() {
    Seeds.forEach(
        5_000,
        random -> {
          String name = "Name" + attempt(random);
          if (name.matches("[A-Za-z0-9_]+")) {
            assertThat(Soql.select(List.of(name), "Lead").text()).contains(name);
            return;
          }
          assertThat(Soql.isField(name)).isFalse();
          assertThat(Soql.isObject(name)).isFalse();
          assertThatThrownBy(() -> Soql.select(List.of(name), "Lead"))
              .isInstanceOf(IllegalArgumentException.class);
          assertThatThrownBy(() -> Soql.select(List.of("Id"), name))
              .isInstanceOf(IllegalArgumentException.class);
          assertThatThrownBy(() -> Soql.select(List.of("Id"), "Lead").is(name, "x"))
              .isInstanceOf(IllegalArgumentException.class);
          assertThatThrownBy(() -> Soql.select(List.of("Id"), "Lead").orderedBy(name))
              .isInstanceOf(IllegalArgumentException.class);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Id,Name",
        "Id FROM User--",
        "COUNT()",
        "1Id",
        "_Id",
        "Id ",
        ".Id",
        "Account..Name",
        "A.B.C.D.E.F",
        "Ιd",
        "FIELDS(ALL)"
      })
  void name_ofOtherShape_isNone(String name) {
    assertThat(Soql.isField(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Id", "Lead_Score__c", "ns__Lead_Score__c", "Account.Owner.Name"})
  void name_ofAField_isOne(String name) {
    assertThat(Soql.isField(name)).isTrue();
  }

  @Test
  void query_hasItsPartsInOrder() {
    Soql query =
        Soql.select(List.of("Id", "Title", "Id"), "Lead")
            .in("Id", List.of(ID))
            .after(ID)
            .isSet("Title")
            .is("IsConverted", false)
            .orderedBy("SystemModstamp", "Id")
            .first(200);

    assertThat(query.text())
        .isEqualTo(
            "SELECT Id,Title FROM Lead WHERE Id IN ('00Qxx0000000001AAA') AND Id >"
                + " '00Qxx0000000001AAA' AND Title != null AND IsConverted = false ORDER BY"
                + " SystemModstamp,Id LIMIT 200");
    assertThat(URLDecoder.decode(query.encoded(), StandardCharsets.UTF_8)).isEqualTo(query.text());
    assertThat(Soql.count("Contact").text()).isEqualTo("SELECT COUNT() FROM Contact");
  }

  /** Salesforce keeps whole seconds: the span must hold every second that it touches. */
  @ParameterizedTest
  @CsvSource({
    "1790000000000, 1790000001000, 2026-09-21T14:13:20Z, 2026-09-21T14:13:21Z",
    "1790000000500, 1790000001001, 2026-09-21T14:13:20Z, 2026-09-21T14:13:22Z",
    "1790000000999, 1790000001999, 2026-09-21T14:13:20Z, 2026-09-21T14:13:22Z"
  })
  void span_holdsEverySecondThatItTouches(long from, long to, String first, String end) {
    assertThat(Soql.select(List.of("Id"), "Lead").within("SystemModstamp", from, to).text())
        .endsWith(" WHERE SystemModstamp >= " + first + " AND SystemModstamp < " + end);
  }

  @Test
  void query_withoutFieldsOrIds_isRefused() {
    assertThatThrownBy(() -> Soql.select(List.of(), "Lead"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Soql.select(List.of("Id"), "Lead").in("Id", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
