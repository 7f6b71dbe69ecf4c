package io.leadgauge.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.model.Decision;
import io.leadgauge.scoring.Condition;
import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.ModelDefinition.Dimension;
import io.leadgauge.scoring.ModelDefinition.Segment;
import io.leadgauge.scoring.PointsCondition;
import io.leadgauge.scoring.PointsCondition.Compare;
import io.leadgauge.scoring.PointsCondition.Comparison;
import io.leadgauge.scoring.Rule;
import io.leadgauge.scoring.ScoringModel;
import io.leadgauge.scoring.StageInCrm;
import io.leadgauge.scoring.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JointReachTest {
  private static final int RULES = 6;

  @Test
  void points_thatSomeContactHas_areNeverOutOfReach() {
    long seed = 20_261_122;
    SplittableRandom random = new SplittableRandom(seed);
    int outOfReach = 0;
    for (int round = 0; round < 1_000; round++) {
      PointsCondition condition = condition(random, 2);
      ModelDefinition definition = model(random, condition);
      boolean allowed = new JointReach(definition).allows(List.of(condition));
      boolean opposite = new JointReach(definition).allows(List.of(JointReach.not(condition)));
      ScoringModel model = ScoringModel.of(definition);
      for (int contact = 0; contact < 1 << RULES; contact++) {
        boolean holds = holds(model, contact);
        String what = "seed %d, round %d: %s in %s".formatted(seed, round, condition, definition);
        assertThat(holds ? allowed : opposite).as(what).isTrue();
      }
      outOfReach += allowed ? 0 : 1;
    }
    assertThat(outOfReach).as("seed %d: how many were found out", seed).isGreaterThan(50);
  }

  @Test
  void condition_andItsOpposite_areNeverMetTogether() {
    long seed = 20_261_123;
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 500; round++) {
      PointsCondition condition = condition(random, 0);
      JointReach reach = new JointReach(model(random, condition));

      assertThat(reach.allows(List.of(condition, JointReach.not(condition))))
          .as("seed %d, round %d: %s", seed, round, condition)
          .isFalse();
    }
  }

  private static boolean holds(ScoringModel model, int contact) {
    Map<String, String> properties = new HashMap<>();
    for (int rule = 0; rule < RULES; rule++) {
      if ((contact >> rule & 1) == 1) {
        properties.put("p" + rule, "x");
      }
    }
    Subject subject = new Subject(properties, List.of(), 0);
    StageInCrm nowhere = new StageInCrm(-1, Map.of());
    return "met".equals(model.evaluate(subject, Decision.NONE, nowhere, 0).segment());
  }

  private static ModelDefinition model(SplittableRandom random, PointsCondition condition) {
    List<Rule> rules = new ArrayList<>();
    for (int i = 0; i < RULES; i++) {
      long points = random.nextInt(-10, 20) * 500_000L;
      rules.add(new Rule.OnProperty("r" + i, new Condition.Present("p" + i), points, null));
    }
    List<Dimension> dimensions =
        List.of(
            dimension(random, "a", rules.subList(0, 3)),
            dimension(random, "b", rules.subList(3, RULES)));
    return new ModelDefinition(
        "m",
        null,
        List.of(),
        dimensions,
        0,
        random.nextInt(5, 30) * Millionths.ONE,
        List.of(),
        List.of(),
        null,
        List.of(new Segment("met", null, condition)),
        List.of());
  }

  private static Dimension dimension(SplittableRandom random, String name, List<Rule> rules) {
    Long min = random.nextBoolean() ? null : Long.valueOf(-random.nextInt(5) * Millionths.ONE);
    Long max = random.nextBoolean() ? null : Long.valueOf(random.nextInt(15) * Millionths.ONE);
    return new Dimension(name, min, max, random.nextInt(5) * 250_000L, rules);
  }

  private static PointsCondition condition(SplittableRandom random, int depth) {
    int kind = depth == 0 ? 2 : random.nextInt(3);
    return switch (kind) {
      case 0 -> new PointsCondition.All(conditions(random, depth - 1));
      case 1 -> new PointsCondition.Any(conditions(random, depth - 1));
      default -> {
        String dimension = List.of("total", "a", "b").get(random.nextInt(3));
        yield new Compare(
            dimension.equals("total") ? null : dimension,
            List.of(Comparison.values()).get(random.nextInt(4)),
            random.nextInt(-5, 40) * 500_000L);
      }
    };
  }

  private static List<PointsCondition> conditions(SplittableRandom random, int depth) {
    return List.of(condition(random, depth), condition(random, depth), condition(random, depth));
  }
}
