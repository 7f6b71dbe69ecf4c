package io.leadgauge.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.model.Decision;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is called steady within bounds is the same at every point in them. The search for the end of
 * a result's validity skips whatever is called steady.
 */
final class SteadinessTest {
  private static final int CASES = 300;
  private static final int TRIES = 40;

  static LongStream seeds() {
    return LongStream.range(0, CASES);
  }

  /** One model with bounds on its points, and a decision taken somewhere in them. */
  private static final class Setting {
    private final Generated generated;
    private final Judgement judgement;
    private final int dimensions;
    private final Bounds bounds;
    private final Bounds points;
    private final StageInCrm crm;
    private final boolean disqualified;
    private final long lastAt;
    private final Decision decision;

    Setting(long seed) {
      generated = new Generated(seed);
      judgement = Judgement.of(generated.definition());
      dimensions = judgement.scale().size();
      bounds = generated.bounds(dimensions);
      points = generated.within(bounds, dimensions);
      crm = generated.crm();
      disqualified = generated.chance(10);
      lastAt = Samples.NOW + generated.instant(0, 20 * Samples.DAY);
      decision = decide(generated.decision(Samples.NOW), points, Samples.NOW);
    }

    Decision decide(Decision previous, Bounds at, long now) {
      return judgement.decisions().decide(previous, at, disqualified, crm, now, true);
    }

    boolean isDecisionSteady() {
      return judgement.decisions().isLabelSteady(decision, bounds, disqualified)
          && judgement.decisions().areStagesSteady(decision, bounds, disqualified, crm, lastAt);
    }

    boolean isSegmentSteady() {
      return judgement.segments().isSteady(decision.label(), bounds);
    }

    Bounds elsewhere() {
      return generated.within(bounds, dimensions);
    }

    long later() {
      return generated.chance(30) ? lastAt : generated.instant(Samples.NOW, lastAt);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void steady_withinBounds_isTheSameEverywhere(long seed) {
    Setting setting = new Setting(seed);
    Judgement judgement = setting.judgement;
    String label = setting.decision.label();
    for (int i = 0; i < TRIES; i++) {
      Bounds elsewhere = setting.elsewhere();
      if (setting.isDecisionSteady()) {
        assertThat(setting.decide(setting.decision, elsewhere, setting.later()))
            .isEqualTo(setting.decision);
      }
      if (setting.isSegmentSteady()) {
        assertThat(judgement.segments().segment(label, elsewhere))
            .isEqualTo(judgement.segments().segment(label, setting.points));
      }
      if (judgement.grades().isSteady(setting.bounds)) {
        assertThat(judgement.grades().grade(elsewhere))
            .isEqualTo(judgement.grades().grade(setting.points));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void decided_again_isTheSame(long seed) {
    Setting setting = new Setting(seed);
    assertThat(setting.decide(setting.decision, setting.points, Samples.NOW))
        .isEqualTo(setting.decision);
  }

  @Test
  void steady_overAllCases_isNeitherAlwaysNorNever() {
    int decisions = 0;
    int segments = 0;
    for (long seed = 0; seed < CASES; seed++) {
      Setting setting = new Setting(seed);
      decisions += setting.isDecisionSteady() ? 1 : 0;
      segments += setting.isSegmentSteady() ? 1 : 0;
    }
    assertThat(decisions).isBetween(20, CASES - 20);
    assertThat(segments).isBetween(20, CASES - 20);
  }
}
