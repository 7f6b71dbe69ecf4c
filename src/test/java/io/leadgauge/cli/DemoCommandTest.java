package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Found;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Output;
import io.leadgauge.model.RecordState;
import io.leadgauge.store.DueWork;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreReader;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoCommandTest {
  private static final ConnectionId DEMO = new ConnectionId("demo");
  private static final Pattern DATA = Pattern.compile("--data (\\S+)");

  @ParameterizedTest
  @ValueSource(strings = {"hubspot", "salesforce"})
  void demo_printsWhatTheModelSaysByHandAndWhatTheStoreHolds(String crm) {
    StringWriter printed = new StringWriter();
    int code = Main.run(terminal(printed, "130"), "demo", "--crm", crm);
    String out = printed.toString();
    assertThat(code).as(out).isZero();

    // 20 for a C-level title, 5 for 25-50 people; one form, a careers page, three page views.
    double kim = 20 + 5 + 10 * half(38 + 7 / 24.0) - 10 * half(29 + 19 / 24.0);
    kim += half(29 + 19 / 24.0) + half(25.5) + half(5 + 2 / 24.0);
    assertRow(out, "Kim Meadow", kim, kim + 25);

    // A VP since the morning, in 25-50 people; two forms, three page views.
    double harper = 5 + 10 * half(52 + 11 / 24.0) + 10 * half(36.75);
    harper += half(52 + 4 / 24.0) + half(43 + 19 / 24.0) + half(20 + 19 / 24.0);
    assertRow(out, "Harper Reed", harper, harper + 20);

    // A director since the morning, and the company has grown from 25-50 people to 500-1000.
    double nico = 10 * half(45 + 11 / 24.0) + half(9 + 20 / 24.0);
    assertRow(out, "Nico Pine", nico + 5, nico + 20 + 15);

    assertThat(row(out, "Sasha Grove")).contains("MQL");
    assertThat(out)
        .contains("36 contacts are read, scored and written", "Next:")
        .doesNotContain("WARNING");
    assertStoreAgrees(out);
  }

  /** One model, the same facts: the two tables differ in nothing but the words for stages. */
  @Test
  void sameFacts_inEitherCrm_giveTheSamePointsGradesAndReasons() {
    Map<String, String> tables = new TreeMap<>();
    for (String crm : List.of("hubspot", "salesforce")) {
      StringWriter printed = new StringWriter();
      assertThat(Main.run(terminal(printed, "72"), "demo", "--crm=" + crm)).isZero();
      String table = printed.toString().split("What stands in the CRM now:", 2)[1];
      tables.put(
          crm,
          table
              .substring(0, table.indexOf("journal entries"))
              .replaceFirst("(?s)\\R\\R[^\\n]*$", "")
              .replaceAll(" +(opportunity|lead|Open)? *\\R", "\n"));
    }

    assertThat(tables.get("salesforce")).isEqualTo(tables.get("hubspot"));
  }

  @Test
  void table_onANarrowTerminal_staysWithinIt() {
    StringWriter printed = new StringWriter();
    assertThat(Main.run(terminal(printed, "72"), "demo")).isZero();
    String table = printed.toString().split("What stands in the CRM now:", 2)[1];
    assertThat(table.substring(0, table.indexOf("journal entries")).lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(72));
  }

  /** What is left of one point after so many days, with a half-life of 30 days. */
  private static double half(double days) {
    return Math.pow(2, -days / 30);
  }

  private static String row(String out, String name) {
    return out.lines()
        .filter(line -> line.strip().startsWith(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " in " + out));
  }

  private static void assertRow(String out, String name, double before, double after) {
    Matcher row = Pattern.compile(name + " +(-?\\d+) +(-?\\d+) ").matcher(out);
    assertThat(row.find()).as(name + " in " + out).isTrue();
    assertThat(Long.parseLong(row.group(1))).as(name + " before").isEqualTo(Math.round(before));
    assertThat(Long.parseLong(row.group(2))).as(name + " after").isEqualTo(Math.round(after));
  }

  /** Each score that was printed, as it stood in the CRM, is the one that the store keeps. */
  private static void assertStoreAgrees(String out) {
    Matcher data = DATA.matcher(out);
    assertThat(data.find()).isTrue();
    try (StoreReader reader = Store.read(Path.of(data.group(1)))) {
      reader
          .due(DEMO, DueWork.SWEEP, Long.MAX_VALUE, 1_000)
          .forEach(
              due -> {
                RecordState state = reader.load(due.ref()).orElseThrow();
                Matcher row = Pattern.compile(nameOf(state) + " +(-?\\d+) +(-?\\d+) ").matcher(out);
                if (row.find()) {
                  assertThat(Found.in(state.standings(), "b2b-saas").outputs())
                      .containsEntry(Output.SCORE, row.group(2));
                }
              });
    }
  }

  private static String nameOf(RecordState state) {
    String lower = state.facts().value("email");
    String email = String.valueOf(lower == null ? state.facts().value("Email") : lower);
    String[] parts = email.replaceFirst("@.*", "").split("[._]", 2);
    return capital(parts[0]) + " " + capital(parts[parts.length - 1]);
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + word.substring(1);
  }

  private static Terminal terminal(StringWriter out, String columns) {
    return new Terminal(
        new ByteArrayInputStream(new byte[0]),
        new PrintWriter(out),
        new PrintWriter(out),
        Map.of("COLUMNS", columns),
        new SystemClockwork(),
        false);
  }
}
