package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreCommandTest {
  private static final String CONTACT =
      """
      {"properties": {"title": "VP Sales", "company.employees": "250", "email": "a@gmail.com",
                      "emailOptOut": "maybe", "hobby": "chess"},
       "activities": [
         {"type": "page_view", "at": "2026-11-01T12:00:00Z", "url": "https://x.example/pricing"},
         {"type": "form_submission", "at": "2026-10-02T12:00:00Z", "form": "Request a demo"}],
       "previous": {"label": "warm", "stage": "mql", "since": "2026-10-02T12:00:00Z"}}
      """;

  private static final ObjectMapper EXACT =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  @TempDir private Path dir = Path.of("");

  private TestTerminal score(String contact, String... more) throws IOException {
    TestTerminal terminal = TestTerminal.plain();
    Path file = Files.writeString(dir.resolve("contact.json"), contact);
    String[] arguments = {"score", "--model", "b2b-saas", "--contact", file.toString()};
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    exitCode = terminal.run(all);
    return terminal;
  }

  private int exitCode;

  @Test
  void handOff_thatWouldFollow_isShownWithItsDueTimeAndOwner() throws IOException {
    Path model = Files.createDirectories(dir.resolve("own/models/b2b-saas")).resolve("model.yaml");
    Path calendar = Files.createDirectories(dir.resolve("own/calendars")).resolve("sales.yaml");
    Files.copy(Path.of("manifests/calendars/sales.yaml"), calendar);
    Files.writeString(
        model,
        """
        apiVersion: leadgauge/v1
        kind: Model
        metadata: { name: b2b-saas }
        spec:
          dimensions:
            fit: { rules: [ { id: boss, when: { property: title, like: "*VP*" }, points: 50 } ] }
          stages:
            mql:
              enter: total >= 40
              handOff: { task: "Call {title}", due: 4h, calendar: sales, fallbackOwner: "12345" }
        """);
    String boss = "{\"properties\": {\"title\": \"VP Sales\"}}";
    String folder = dir.resolve("own").toString();
    String friday = "2026-11-20T14:00:00Z";

    String json = score(boss, "--manifests", folder, "--at", friday, "--format", "json").out();
    assertThat(EXACT.readTree(json).get("handOff"))
        .hasToString(
            "{\"stage\":\"mql\",\"at\":\"2026-11-20T14:00:00Z\",\"dueAt\":\"2026-11-23T11:00:00Z\",\"owner\":\"contact-owner\",\"fallbackOwner\":\"12345\",\"task\":\"Call"
                + " {title}\"}");
    assertThat(score(boss, "--manifests", folder, "--at", friday).out())
        .contains("Call {title}")
        .contains("due 2026-11-23T11:00:00Z, owner contact-owner or else 12345");
    String known = boss.replace("}}", "}, \"previous\": {\"stage\": \"mql\"}}");
    String again = score(known, "--manifests", folder, "--at", friday, "--format", "json").out();
    assertThat(EXACT.readTree(again).get("handOff").isNull()).isTrue();
  }

  @Test
  void text_answersFirstAndTellsEveryLineOfTheLedger() throws IOException {
    TestTerminal terminal = score(CONTACT);

    assertThat(exitCode).isZero();
    assertThat(terminal.err()).isEmpty();
    assertThat(masked(terminal.out()))
        .isEqualTo(
            """
            b2b-saas HASH0000 at 2026-11-01T12:00:00Z

              42 points  ·  warm  ·  grade C2  ·  stage mql  ·  segment nurture-product

              fit  20 of 50  ████████░░░░░░░░░░░░
                +20    decision-maker  Title is VP Sales (vp)
                +10    company-size    Company employees is 250
                -10    free-mail       Email is at gmail.com (free)

              engagement  21.5 of 50  █████████░░░░░░░░░░░
                +12.5  demo-request    Form submission (form matches *demo* or *contact
                                       sales*) once, each form once, halving every 30 days
                 +8    pricing-page    Page view (url matches */pricing*) once in the last
                                       14 days, at most 1 a day, halving every 30 days
                 +1    page-view       Page view once, at most 5 a day, halving every 30
                                       days

              total
                +20    fit             Sum of the lines above
                +21.5  engagement      Sum of the lines above
                 +0.5  _rounding       Rounded to whole points
                ─────
                 42

              next label   hot, 28 more
              label until  INSTANT if nothing happens
              valid until  INSTANT, when time alone changes something
              unreadable   emailOptOut
              not read     hobby
            """);
  }

  /** Hides what depends on the arithmetic of the model and not on how a page is laid out. */
  private static String masked(String page) {
    return page.replaceFirst("[0-9a-f]{8}", "HASH0000")
        .replaceFirst("label until  2026-11-16T17:00:[0-9.]+Z", "label until  INSTANT")
        .replaceFirst("valid until  2026-11-01T12:00:[0-9.]+Z", "valid until  INSTANT");
  }

  @Test
  void text_fitsEightyColumns() throws IOException {
    assertThat(score(CONTACT).out().lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
  }

  @Test
  void text_ofADisqualifiedContact_tellsWhy() throws IOException {
    TestTerminal terminal = score("{\"properties\": {\"email\": \"a@rival.example\"}}");

    assertThat(terminal.out())
        .contains("  0 points  ·  cold  ·  grade D4\n  disqualified: works for a competitor\n");
  }

  @Test
  void json_addsUpAndHoldsExactNumbers() throws IOException {
    TestTerminal terminal = score(CONTACT, "--format", "json", "--at", "2026-11-05T00:00:00Z");

    JsonNode json = EXACT.readTree(terminal.out());
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode line : json.get("contributions")) {
      sum = sum.add(line.get("points").decimalValue());
    }
    assertThat(sum).isEqualByComparingTo(json.get("total").decimalValue());
    assertThat(json.get("modelHash").asText()).matches("[0-9a-f]{64}");
    assertThat(json.get("at").asText()).isEqualTo("2026-11-05T00:00:00Z");
    assertThat(json.get("dimensions").get("fit").decimalValue()).isEqualByComparingTo("20");
    assertThat(json.get("grade").asText()).isEqualTo("C3");
  }

  @Test
  void standardInput_isReadForADash() {
    TestTerminal terminal = new TestTerminal(Map.of(), "{\"properties\": }");

    assertThat(terminal.run("score", "--model", "b2b-saas", "--contact", "-")).isEqualTo(2);
    assertThat(terminal.err())
        .startsWith("(standard input):1:16: not JSON: ")
        .endsWith("leadgauge: the contact file has errors\n");
  }

  @Test
  void contactFile_wrong_isToldAtItsPlace() throws IOException {
    TestTerminal terminal = score("{\"propertys\": {}}");

    assertThat(exitCode).isEqualTo(2);
    assertThat(terminal.err())
        .isEqualTo(
            dir
                + "/contact.json:1:2: unknown key \"propertys\", did you mean \"properties\"?\n"
                + "leadgauge: the contact file has errors\n");
    assertThat(terminal.out()).isEmpty();
  }

  @Test
  void contactFile_missing_isWrongUse() {
    TestTerminal terminal = TestTerminal.plain();

    assertThat(terminal.run("score", "--model", "b2b-saas", "--contact", "gone.json")).isEqualTo(2);
    assertThat(terminal.err()).startsWith("gone.json:1:1: cannot be read: no such file\n");
  }

  @Test
  void instant_thatIsNone_isWrongUse() throws IOException {
    TestTerminal terminal = score("{}", "--at", "noon");

    assertThat(exitCode).isEqualTo(2);
    assertThat(terminal.err())
        .isEqualTo(
            "leadgauge: --at noon is no instant, expected one such as 2026-11-01T10:00:00Z\n");
  }

  @Test
  void model_thatIsNotThere_isGuessed() throws IOException {
    TestTerminal terminal = TestTerminal.plain();

    assertThat(terminal.run("score", "--model", "b2b-sass", "--contact", "-")).isEqualTo(2);
    assertThat(terminal.err())
        .isEqualTo("leadgauge: no model \"b2b-sass\" in manifests, did you mean \"b2b-saas\"?\n");
  }

  @Test
  void model_withErrors_isToldWithThem() throws IOException {
    TestTerminal terminal = TestTerminal.plain();
    Path folder = Files.createDirectories(dir.resolve("models/m"));
    Files.writeString(folder.resolve("model.yaml"), "kind: Model\n");

    int code =
        terminal.run("score", "--model", "m", "--contact", "-", "--manifests", dir.toString());

    assertThat(code).isEqualTo(2);
    assertThat(terminal.err())
        .contains("/models/m/model.yaml:1:1: the key \"apiVersion\" is missing\n")
        .endsWith("leadgauge: the model m has errors\n");
  }
}
