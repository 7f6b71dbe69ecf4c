package io.leadgauge.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.manifest.ContactReader.ReadContact;
import io.leadgauge.model.Activity;
import io.leadgauge.model.Decision;
import io.leadgauge.model.Decision.StageMark;
import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.PointsCondition.Compare;
import io.leadgauge.scoring.PointsCondition.Comparison;
import io.leadgauge.scoring.StageInCrm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ContactReaderTest {
  private static final long NOON = 1_793_534_400_000L;

  private static final ModelDefinition MODEL =
      new ModelDefinition(
          "m",
          null,
          List.of(),
          List.of(),
          0,
          0,
          List.of(),
          List.of(
              new ModelDefinition.Label("hot", 1, 1, null),
              new ModelDefinition.Label("cold", 0, 0, null)),
          null,
          List.of(),
          List.of(stage("mql"), stage("sql"), stage("won")));

  private static ModelDefinition.Stage stage(String name) {
    return new ModelDefinition.Stage(name, new Compare(null, Comparison.AT_LEAST, 0), null, 0);
  }

  private static ReadContact read(String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return ContactReader.read("c.json", new ByteArrayInputStream(bytes), MODEL);
  }

  private static SampleContact contact(String json) throws IOException {
    ReadContact read = read(json);
    assertThat(read.problems()).isEmpty();
    return Objects.requireNonNull(read.contact());
  }

  @Test
  void contact_allParts_areRead() throws IOException {
    SampleContact contact =
        contact(
            """
            {\t"properties": {"title": "VP \\u00fc", "size": 250, "optOut": false, "empty": "", "none": null},
             "activities": [{"type": "page_view", "at": "2026-11-01T12:00:00Z", "url": "https://x.example/"}],
             "knownSince": "2026-10-01",
             "previous": {"label": "hot", "stage": "sql", "since": "2026-11-01T12:00:00Z"}}
            """);

    assertThat(contact.properties())
        .isEqualTo(Map.of("title", "VP ü", "size", "250", "optOut", "false"));
    assertThat(contact.activities())
        .containsExactly(Activity.of("page_view", NOON, Map.of("url", "https://x.example/")));
    assertThat(contact.subject(NOON).knownSince()).isLessThan(NOON);
    assertThat(contact.decision(MODEL, NOON + 5))
        .isEqualTo(
            new Decision(
                "hot",
                NOON,
                List.of(
                    new StageMark("mql", true, NOON, true, 0, false),
                    new StageMark("sql", true, NOON, true, 0, false),
                    new StageMark("won", false, 0, false, 0, false))));
    assertThat(contact.crm(MODEL))
        .isEqualTo(new StageInCrm(1, Map.of("mql", 0, "sql", 1, "won", 2), true, false));
  }

  @Test
  void contact_inLists_hasThemAsProperties() throws IOException {
    SampleContact contact =
        contact("{\"properties\": {\"title\": \"VP\"}, \"lists\": [\"newsletter\", \"staff\"]}");

    assertThat(contact.properties())
        .isEqualTo(Map.of("title", "VP", "list:newsletter", "true", "list:staff", "true"));
    assertThat(contact("{\"lists\": []}").properties()).isEmpty();
  }

  @Test
  void contact_thatSaysNothing_isNewAndUndecided() throws IOException {
    SampleContact contact = contact("{}");

    assertThat(contact.subject(NOON).knownSince()).isEqualTo(NOON);
    assertThat(contact.decision(MODEL, NOON)).isEqualTo(Decision.NONE);
    assertThat(contact.crm(MODEL).position()).isEqualTo(-1);
  }

  @Test
  void contact_withoutBeginning_isKnownSinceItsFirstActivity() throws IOException {
    SampleContact contact =
        contact(
            """
            {"activities": [{"type": "a", "at": "2026-11-01T12:00:00Z"},
                            {"type": "a", "at": "2026-11-01T11:59:59Z"}]}
            """);

    assertThat(contact.subject(NOON + 99).knownSince()).isEqualTo(NOON - 1000);
  }

  @Test
  void contact_wrongInManyWays_tellsAllOfThem() throws IOException {
    ReadContact read =
        read(
            """
            {"properties": {"title": ["VP"], "a": 1, "a": 2},
             "activites": [],
             "activities": [{"type": "x"}, {"type": "x", "at": "yesterday"}, "x"],
             "previous": {"label": "hott", "stage": 5}}
            """);

    assertThat(read.contact()).isNull();
    assertThat(read.problems())
        .map(Problem::toString)
        .containsExactly(
            "c.json:1:26: a list, expected a single value",
            "c.json:1:42: the key \"a\" stands here twice",
            "c.json:2:2: unknown key \"activites\", did you mean \"activities\"?",
            "c.json:3:17: the key \"at\" is missing",
            "c.json:3:52: \"yesterday\", expected an instant such as 2026-11-01T10:00:00Z",
            "c.json:3:66: \"x\", expected a mapping of keys to values",
            "c.json:4:24: \"hott\", did you mean \"hot\"?",
            "c.json:4:41: the number 5, expected one of mql, sql, won");
  }

  @Test
  void json_broken_isRefusedWhereItBreaks() throws IOException {
    assertThat(read("{\n \"properties\": {,}\n}").problems())
        .singleElement()
        .asString()
        .startsWith("c.json:2:17: not JSON: Unexpected character (','");
    assertThat(read("{} {}").problems())
        .map(Problem::toString)
        .containsExactly("c.json:1:4: a second value, expected the end of the file");
    assertThat(read("").problems())
        .map(Problem::toString)
        .containsExactly("c.json:1:1: the file is empty");
    assertThat(read("[]").problems())
        .map(Problem::toString)
        .containsExactly("c.json:1:1: an empty list, expected a mapping of keys to values");
  }

  @Test
  void json_thatEndsTooEarly_isToldInAFewWords() throws IOException {
    assertThat(read("{\n").problems())
        .map(Problem::toString)
        .containsExactly(
            "c.json:2:1: not JSON: Unexpected end-of-input: expected close marker for Object");
  }

  @Test
  void json_nestedWithoutEnd_isRefusedWithoutOverflow() throws IOException {
    assertThat(read("[".repeat(100_000)).problems())
        .singleElement()
        .asString()
        .contains("not JSON");
  }
}
