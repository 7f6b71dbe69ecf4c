package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.model.Contribution;
import io.leadgauge.model.Decision;
import io.leadgauge.model.Decision.StageMark;
import io.leadgauge.scoring.Evaluation;
import io.leadgauge.scoring.Outlook;
import io.leadgauge.scoring.Score;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScoreJsonTest {
  private static final long AT = 1_793_534_400_000L;

  private static final Outlook OUTLOOK =
      new Outlook(List.of(new Outlook.Way("call", 12_500_000)), AT + 2);

  private static Evaluation evaluation(
      Evaluation.@Nullable NextLabel next, long validUntil, long recheckAt) {
    Score score =
        new Score(
            AT,
            true,
            30,
            new TreeMap<>(Map.of("fit", 20_000_000L, "engagement", 9_500_001L)),
            "A2",
            List.of("a rival"),
            List.of(
                new Contribution("title", "fit", 20_000_000, "Title is known"),
                new Contribution("_rounding", "", 499_999, "Rounded to whole points")),
            "+20 Title is known",
            List.of());
    Decision decision =
        new Decision("warm", AT, List.of(new StageMark("mql", true, AT, false, 0, false)));
    return new Evaluation(score, decision, null, next, validUntil, recheckAt, null);
  }

  private static ObjectNode json(Evaluation evaluation) {
    return ScoreJson.of("m", "abc", evaluation, OUTLOOK);
  }

  @Test
  void handOff_isToldWithItsDueTimeAndOwner() {
    Evaluation without = evaluation(null, AT, AT);
    Evaluation.HandOff handOff =
        new Evaluation.HandOff("mql", AT, AT + 1, "contact-owner", null, "Call {firstName}");
    ObjectNode json =
        json(new Evaluation(without.score(), without.decision(), null, null, AT, AT, handOff));

    assertThat(json.get("handOff"))
        .hasToString(
            "{\"stage\":\"mql\",\"at\":\"2026-11-01T12:00:00Z\",\"dueAt\":\"2026-11-01T12:00:00.001Z\",\"owner\":\"contact-owner\",\"fallbackOwner\":null,\"task\":\"Call"
                + " {firstName}\"}");
  }

  @Test
  void json_ofAnEvaluation_hasExactlyTheFixedKeysInOrder() {
    ObjectNode json = json(evaluation(new Evaluation.NextLabel("hot", 12, null), AT + 1, AT + 1));

    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "model",
            "modelHash",
            "at",
            "total",
            "dimensions",
            "grade",
            "label",
            "stage",
            "segment",
            "disqualified",
            "contributions",
            "validUntil",
            "recheckAt",
            "next",
            "scored",
            "labelUntil",
            "handOff");
    assertThat(json.get("contributions").get(0).fieldNames())
        .toIterable()
        .containsExactly("rule", "dimension", "points", "reason");
    assertThat(json.get("next"))
        .hasToString(
            "{\"label\":\"hot\",\"points\":12,\"gate\":null,"
                + "\"ways\":[{\"rule\":\"call\",\"points\":12.5}]}");
    assertThat(json.get("at").asText()).isEqualTo("2026-11-01T12:00:00Z");
    assertThat(json.get("validUntil").asText()).isEqualTo("2026-11-01T12:00:00.001Z");
    assertThat(json.get("labelUntil").asText()).isEqualTo("2026-11-01T12:00:00.002Z");
    assertThat(json.get("stage").asText()).isEqualTo("mql");
    assertThat(json.get("segment").isNull()).isTrue();
  }

  @Test
  void points_inJson_areExactAndPlain() {
    String text = ScoreJson.text(json(evaluation(null, AT, AT)));

    assertThat(text)
        .contains("\"fit\" : 20\n")
        .contains("\"engagement\" : 9.500001,")
        .contains("\"points\" : 0.499999,")
        .contains("\"total\" : 30,");
  }

  @Test
  void validUntil_neverOrUnknown_isNull() {
    JsonNode never = json(evaluation(null, Long.MAX_VALUE, Long.MAX_VALUE));
    JsonNode unknown = json(evaluation(null, 0, AT + 1000));

    assertThat(never.get("validUntil").isNull()).isTrue();
    assertThat(never.get("recheckAt").isNull()).isTrue();
    assertThat(unknown.get("validUntil").isNull()).isTrue();
    assertThat(unknown.get("recheckAt").asText()).isEqualTo("2026-11-01T12:00:01Z");
    assertThat(never.get("next").isNull()).isTrue();
    assertThat(never.get("handOff").isNull()).isTrue();
  }
}
