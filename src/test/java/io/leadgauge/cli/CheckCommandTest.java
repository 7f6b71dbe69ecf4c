package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
  private static final String MODEL =
      """
      apiVersion: leadgauge/v1
      kind: Model
      metadata: { name: m }
      spec:
        dimensions:
          fit: { rules: [ { id: title, when: { property: title, present: true }, points: 5 } ] }
      """;

  private static final String CASES =
      """
      apiVersion: leadgauge/v1
      kind: Cases
      metadata: { name: m }
      spec:
        at: 2026-11-01
        cases:
          - { name: a title, contact: { properties: { title: VP } }, expect: { total: 5 } }
          - { name: no title, contact: {}, expect: { total: 0 } }
      """;

  @TempDir private Path dir = Path.of("");

  private int check(TestTerminal terminal, String model, String cases) throws IOException {
    Path folder = Files.createDirectories(dir.resolve("models/m"));
    Files.writeString(folder.resolve("model.yaml"), model);
    Files.writeString(folder.resolve("cases.yaml"), cases);
    return terminal.run("check", dir.toString());
  }

  @Test
  void shippedManifests_areInOrder() {
    TestTerminal terminal = TestTerminal.plain();

    assertThat(terminal.run("check")).isZero();
    assertThat(terminal.out())
        .matches(
            """
            models
            (  [a-z0-9-]+ +[0-9]+ rules   ([0-9]+) of \\2 cases pass
            ){6}ok: 0 errors, [0-9]+ cases passed
            """);
    assertThat(terminal.err()).isEmpty();
  }

  @Test
  void everythingInOrder_isToldInThreeLines() throws IOException {
    TestTerminal terminal = TestTerminal.plain();

    assertThat(check(terminal, MODEL, CASES)).isZero();
    assertThat(terminal.out())
        .isEqualTo(
            """
            models
              m                            1 rule   2 of 2 cases pass
            ok: 0 errors, 2 cases passed
            """);
  }

  @Test
  void failingCase_isToldAtItsPlaceAndEndsWithOne() throws IOException {
    TestTerminal terminal = TestTerminal.plain();

    assertThat(check(terminal, MODEL.replace("points: 5", "points: 6"), CASES)).isEqualTo(1);
    assertThat(terminal.out().replace(dir + "/", ""))
        .isEqualTo(
            """
            models/m/cases.yaml:7:81: total is 6, expected 5 (case "a title")
            models
              m                            1 rule   1 of 2 cases pass
            not ok: 0 errors, 1 case failed
            """);
  }

  @Test
  void brokenManifest_isToldAtItsPlaceAndEndsWithOne() throws IOException {
    TestTerminal terminal = TestTerminal.plain();

    assertThat(check(terminal, MODEL.replace("points", "pionts"), CASES)).isEqualTo(1);
    assertThat(terminal.out().replace(dir + "/", ""))
        .isEqualTo(
            """
            models/m/model.yaml:6:21: the key "points" is missing
            models/m/model.yaml:6:76: unknown key "pionts", did you mean "points"?
            not ok: 2 errors, 0 cases passed
            """);
  }

  @Test
  void warning_alone_isNoFailure() throws IOException {
    TestTerminal terminal = TestTerminal.plain();

    assertThat(check(terminal, MODEL.replace("points: 5", "points: 05"), CASES)).isZero();
    assertThat(terminal.out())
        .contains("warning: 05 is decimal here, octal to a YAML 1.1 reader")
        .endsWith("ok: 0 errors, 1 warning, 2 cases passed\n");
  }

  @Test
  void mutate_ofRulesThatCasesHold_isWell() throws IOException {
    TestTerminal terminal = TestTerminal.plain();
    check(TestTerminal.plain(), MODEL, CASES);

    assertThat(terminal.run("check", dir.toString(), "--mutate")).isZero();
    assertThat(terminal.out())
        .endsWith(
            """
            held by cases
              m                        ████████████████████   1 of 1 rule
            ok: 0 errors, 2 cases passed, 0 of 2 changes unnoticed
            """);
  }

  @Test
  void mutate_ofARuleThatNoCaseMisses_namesItAndEndsWithOne() throws IOException {
    TestTerminal terminal = new TestTerminal(Map.of(), "");
    check(TestTerminal.plain(), MODEL, CASES.replace("{ total: 5 }", "{ stage: }"));

    assertThat(terminal.run("check", "--mutate", "m", dir.toString())).isEqualTo(1);
    assertThat(terminal.out().replace(dir + "/", ""))
        .endsWith(
            """
            models/m/model.yaml:6:21: nothing would notice if the rule title were gone
            held by cases
              m                        ░░░░░░░░░░░░░░░░░░░░   0 of 1 rule
            not ok: 0 errors, 2 cases passed, 1 of 2 changes unnoticed
            """);
  }

  @Test
  void mutate_inANarrowTerminal_staysWithinIt() throws IOException {
    TestTerminal terminal = new TestTerminal(Map.of("COLUMNS", "60"), "");
    check(TestTerminal.plain(), MODEL, CASES.replace("{ total: 5 }", "{ stage: }"));

    terminal.run("check", dir.toString(), "--mutate");
    assertThat(terminal.out().replace(dir.toString(), "manifests").lines())
        .contains(
            "  nothing would notice if the rule title were gone",
            "  m                        0 of 1 rule")
        .allMatch(line -> line.length() <= 60);
  }

  @Test
  void mutate_ofAModelWithoutCases_saysSoInOneLine() throws IOException {
    TestTerminal terminal = TestTerminal.plain();
    check(TestTerminal.plain(), MODEL, CASES);
    Files.delete(dir.resolve("models/m/cases.yaml"));

    assertThat(terminal.run("check", dir.toString(), "--mutate")).isEqualTo(1);
    assertThat(terminal.out())
        .contains("  m                        no cases, so nothing would notice any change\n")
        .doesNotContain("if the rule");
  }

  @Test
  void mutate_whereACaseFails_waitsUntilItPasses() throws IOException {
    TestTerminal terminal = TestTerminal.plain();
    check(TestTerminal.plain(), MODEL.replace("points: 5", "points: 6"), CASES);

    assertThat(terminal.run("check", dir.toString(), "--mutate")).isEqualTo(1);
    assertThat(terminal.out()).doesNotContain("held by cases");
  }

  @Test
  void mutate_ofAnUnknownModel_namesTheKnown() throws IOException {
    TestTerminal terminal = TestTerminal.plain();
    check(TestTerminal.plain(), MODEL, CASES);

    assertThat(terminal.run("check", dir.toString(), "--mutate", "n")).isEqualTo(2);
    assertThat(terminal.err()).contains("no model n in").contains("name one of m");
  }

  @Test
  void emptyFolder_isAnError() {
    TestTerminal terminal = TestTerminal.plain();

    assertThat(terminal.run("check", dir.toString())).isEqualTo(1);
    assertThat(terminal.out()).contains("no model in this folder");
  }

  @Test
  void colour_isUsedOnlyWhereItCanBeShown() {
    TestTerminal plain = TestTerminal.plain();
    TestTerminal coloured = TestTerminal.plain();
    plain.run(false, "check");
    coloured.run(true, "check");

    assertThat(plain.out()).doesNotContain("\u001b");
    assertThat(coloured.out()).contains("\u001b[32mok\u001b[0m");
    assertThat(coloured.out().replaceAll("\u001b\\[[0-9]+m", "")).isEqualTo(plain.out());
  }
}
