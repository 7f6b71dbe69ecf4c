package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  @Test
  void help_tellsEveryCommandAndEndsWell() {
    TestTerminal terminal = TestTerminal.plain();

    assertThat(terminal.run("--help")).isZero();
    assertThat(terminal.out())
        .startsWith("Scores the contacts of your CRM, moves their stage and says why.\n")
        .containsPattern("(?m)^  check +Validates manifests and runs their cases\\.$")
        .containsPattern("(?m)^  score +Scores one contact file and explains it\\.$")
        .contains("LEADGAUGE_ADMIN_PORT")
        .contains("Exit codes: 0 done, 1 the answer is no, 2 used wrongly.");
    assertThat(terminal.err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "80,--help",
    "80,check --help",
    "80,score --help",
    "80,serve --help",
    "80,demo --help",
    "80,deliveries list --help",
    "80,signature --help",
    "80,sandbox --help",
    "80,setup --help",
    "80,doctor --help",
    "120,--help",
    "120,score --help"
  })
  void help_fitsItsColumns(int columns, String arguments) {
    TestTerminal terminal = new TestTerminal(Map.of("COLUMNS", "" + columns), "");

    assertThat(terminal.run(arguments.split(" ", -1))).isZero();
    assertThat(terminal.out().lines())
        .allSatisfy(
            line -> {
              assertThat(line.length()).isLessThanOrEqualTo(columns);
              assertThat(line).doesNotEndWith(" ");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
                               | no command given, expected one of demo, setup, serve, check, score, deliveries, replay, rebuild, backfill, install, doctor, approve, erase, backup, restore, versions, rollback, signature, sandbox, bench
          chekc                | Unmatched argument at index 0: 'chekc'; did you mean check?
          score --contact=x    | Missing required option: '--model=NAME'
          score --modl=x       | Missing required options: '--model=NAME', '--contact=FILE'
          check --fast         | Unknown option: '--fast'
          check nowhere        | no folder nowhere; name the folder that holds models/
          """)
  void wrongUse_saysWhatInOneLineAndEndsWithTwo(String arguments, String message) {
    TestTerminal terminal = TestTerminal.plain();

    String[] split = arguments == null ? new String[0] : arguments.split(" ", -1);
    assertThat(terminal.run(split)).isEqualTo(2);
    assertThat(terminal.err().lines().findFirst()).hasValue("leadgauge: " + message);
    assertThat(terminal.err()).doesNotContain("at io.leadgauge").hasLineCount(hint(message));
    assertThat(terminal.out()).isEmpty();
  }

  /** What the parser refuses is followed by where to find help. */
  private static int hint(String message) {
    return message.startsWith("no folder") ? 1 : 2;
  }

  @Test
  void option_notGiven_isTakenFromTheEnvironment() {
    TestTerminal terminal = new TestTerminal(Map.of("LEADGAUGE_MANIFESTS", "manifests"), "");

    assertThat(terminal.run("check")).isZero();

    TestTerminal elsewhere = new TestTerminal(Map.of("LEADGAUGE_MANIFESTS", "no/such"), "");
    assertThat(elsewhere.run("check")).isEqualTo(2);
    assertThat(elsewhere.err()).contains("no folder no/such");
  }

  @Test
  void option_given_winsOverTheEnvironment() {
    TestTerminal terminal = new TestTerminal(Map.of("LEADGAUGE_MANIFESTS", "no/such"), "");

    assertThat(terminal.run("check", "manifests")).isZero();
  }

  @Test
  void option_requiredAndInTheEnvironment_isEnough() {
    Map<String, String> environment =
        Map.of("LEADGAUGE_MODEL", "b2b-saas", "LEADGAUGE_CONTACT", "-", "LEADGAUGE_FORMAT", "json");
    TestTerminal terminal = new TestTerminal(environment, "{}");

    assertThat(terminal.run("score")).isZero();
    assertThat(terminal.out()).startsWith("{").contains("\"at\" : \"" + TestTerminal.NOW + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--admin-port", "-admin-port"})
  void variable_ofAnOption_isInCapitals(String option) {
    assertThat(EnvironmentDefaults.variable(option)).isEqualTo("LEADGAUGE_ADMIN_PORT");
  }
}
