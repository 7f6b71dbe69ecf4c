package io.leadgauge.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.manifest.Node.Scalar;
import io.leadgauge.scoring.PointsCondition;
import io.leadgauge.scoring.PointsCondition.Compare;
import io.leadgauge.scoring.PointsCondition.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {
  private static final List<String> DIMENSIONS = List.of("fit", "intent-2");

  private final Problems problems = new Problems();

  private @Nullable PointsCondition read(String text) {
    Scalar scalar = new Scalar(new Position("f", 1, 1), text, false, true);
    return Expression.read(
        scalar, new Expression.Compared(DIMENSIONS, false, null), new Values(problems));
  }

  @Test
  void expression_andBindsStrongerThanOr() {
    assertThat(read("total>=1 or fit<2.5 and intent-2 <= -3"))
        .isEqualTo(
            new PointsCondition.Any(
                List.of(
                    new Compare(null, Comparison.AT_LEAST, 1_000_000),
                    new PointsCondition.All(
                        List.of(
                            new Compare("fit", Comparison.LESS_THAN, 2_500_000),
                            new Compare("intent-2", Comparison.AT_MOST, -3_000_000))))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          total >= 40 and       | 1:17 | the end in the condition, expected total or a dimension
          total >= 40 fit > 1   | 1:14 | "fit" in the condition, expected "and", "or" or the end
          (total >= 40          | 1:14 | the end in the condition, expected ")"
          total => 40           | 1:8  | "=" in the condition, expected >=, >, <= or <
          total >= 1.2.3        | 1:11 | "1.2.3" in the condition, expected a number
          tottal >= 1           | 1:2  | unknown "tottal", did you mean "total"?
          40 <= total           | 1:2  | "40" in the condition, expected total or a dimension
          not total > 1         | 1:2  | unknown "not", did you mean "fit"?
          total > 1 ; fit > 2   | 1:12 | ";" in the condition, expected "and", "or" or the end
          """)
  void expression_broken_isRefusedWhereItBreaks(String text, String place, String message) {
    assertThat(read(text)).isNull();
    assertThat(problems.sorted())
        .map(Problem::toString)
        .containsExactly("f:" + place + ": " + message);
  }

  @Test
  void expression_nestedWithoutEnd_isRefusedWithoutOverflow() {
    assertThat(read("(".repeat(100_000))).isNull();
    assertThat(problems.sorted())
        .map(Problem::message)
        .containsExactly("\"(\" in the condition, expected at most 16 levels of parentheses");
  }

  /** What is written from a condition and read again is the same condition. */
  @Test
  void expression_anyWrittenCondition_readsBack() {
    long seed = 20_261_121;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 2_000; i++) {
      PointsCondition condition = random(random, 3);
      String text = write(condition);
      assertThat(read(text)).as("seed %d, %s", seed, text).isEqualTo(condition);
    }
  }

  private static PointsCondition random(SplittableRandom random, int depth) {
    int kind = depth == 0 ? 0 : random.nextInt(3);
    if (kind == 0) {
      String dimension = random.nextBoolean() ? null : DIMENSIONS.get(random.nextInt(2));
      List<Comparison> comparisons = List.of(Comparison.values());
      Comparison comparison = comparisons.get(random.nextInt(comparisons.size()));
      return new Compare(dimension, comparison, random.nextLong(-200_000_000, 200_000_000));
    }
    List<PointsCondition> parts = new ArrayList<>();
    for (int i = random.nextInt(2, 4); i > 0; i--) {
      parts.add(random(random, depth - 1));
    }
    return kind == 1 ? new PointsCondition.All(parts) : new PointsCondition.Any(parts);
  }

  private static String write(PointsCondition condition) {
    return switch (condition) {
      case PointsCondition.All all -> join(all.conditions(), " and ");
      case PointsCondition.Any any -> join(any.conditions(), " or ");
      case Compare(String dimension, Comparison comparison, long points) ->
          (dimension == null ? "total" : dimension)
              + " "
              + comparison.sign()
              + " "
              + Millionths.text(points);
    };
  }

  private static String join(List<PointsCondition> parts, String word) {
    return parts.stream().map(ExpressionTest::write).collect(Collectors.joining(word, "(", ")"));
  }
}
