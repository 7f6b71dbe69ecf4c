package io.leadgauge.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.model.Activity;
import io.leadgauge.model.Contribution;
import io.leadgauge.model.Decision;
import io.leadgauge.scoring.Generated.Case;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every model and every contact. The seed of a failure is in its name. */
final class LawsTest {
  private static final int CASES = 400;

  static LongStream seeds() {
    return LongStream.range(0, CASES);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void ledger_sumsExactlyToTheShownTotal(long seed) {
    Score score = new Generated(seed).next().evaluate().score();
    long sum = score.contributions().stream().mapToLong(Contribution::points).sum();
    assertThat(sum).isEqualTo(score.total() * FixedPoint.ONE);
    assertThat(score.contributions()).noneMatch(line -> line.points() == 0);
    for (var dimension : score.dimensions().entrySet()) {
      long own =
          score.contributions().stream()
              .filter(line -> line.dimension().equals(dimension.getKey()))
              .filter(line -> !line.rule().startsWith("_weight:"))
              .mapToLong(Contribution::points)
              .sum();
      assertThat(own).as(dimension.getKey()).isEqualTo(dimension.getValue());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void order_ofRulesAndActivities_changesNothing(long seed) {
    Generated generated = new Generated(seed);
    Case one = generated.next();
    List<Activity> shuffled = new ArrayList<>(generated.shuffled(one.subject().activities()));
    if (!shuffled.isEmpty()) {
      shuffled.add(shuffled.getFirst());
    }
    ModelDefinition definition = shuffled(one.definition(), generated);
    Case other =
        new Case(
            definition,
            ScoringModel.of(definition),
            new Subject(one.subject().properties(), shuffled, one.subject().knownSince()),
            one.previous(),
            one.crm(),
            one.now());
    assertThat(inOneOrder(other.evaluate())).isEqualTo(inOneOrder(one.evaluate()));
    assertThat(other.model().hash()).isEqualTo(one.model().hash());
  }

  private static ModelDefinition shuffled(ModelDefinition model, Generated generated) {
    List<ModelDefinition.Dimension> dimensions = new ArrayList<>();
    for (ModelDefinition.Dimension dimension : generated.shuffled(model.dimensions())) {
      dimensions.add(
          new ModelDefinition.Dimension(
              dimension.name(),
              dimension.min(),
              dimension.max(),
              dimension.weight(),
              generated.shuffled(dimension.rules())));
    }
    return new ModelDefinition(
        model.name(),
        model.audience(),
        generated.shuffled(model.discounts()),
        dimensions,
        model.minTotal(),
        model.maxTotal(),
        model.disqualifiers(),
        model.labels(),
        model.grade(),
        model.segments(),
        model.stages());
  }

  private static Evaluation inOneOrder(Evaluation evaluation) {
    Score score = evaluation.score();
    Score sorted =
        new Score(
            score.at(),
            score.scored(),
            score.total(),
            score.dimensions(),
            score.grade(),
            score.disqualified(),
            score.contributions().stream()
                .sorted(Comparator.comparing(Contribution::rule))
                .toList(),
            score.reasons(),
            score.unreadable());
    return new Evaluation(
        sorted,
        evaluation.decision(),
        evaluation.segment(),
        evaluation.next(),
        evaluation.validUntil(),
        evaluation.recheckAt(),
        evaluation.handOff());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void total_ofAContactReadOnce_isThatOfItsLedger(long seed) {
    Case one = new Generated(seed).next();
    Contact contact = one.model().read(one.subject());
    for (long at = one.now(); at < one.now() + 100 * Samples.DAY; at += 9 * Samples.DAY) {
      Score score = contact.score(at);
      assertThat(contact.total(at)).isEqualTo(score.total());
      assertThat(score).isEqualTo(one.evaluate(one.previous(), at).score());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void engagement_withoutNewFactsAndNegativePoints_neverRises(long seed) {
    Generated generated = new Generated(seed).onlyFalling();
    Case one = generated.next();
    long before = Long.MAX_VALUE;
    for (int hours = 0; hours < 3_000; hours += 97) {
      long at = one.now() + hours * Samples.HOUR;
      long total = one.evaluate(one.previous(), at).score().total();
      assertThat(total).isLessThanOrEqualTo(before);
      before = total;
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void decision_takenAgainAtOnce_isTheSame(long seed) {
    Case one = new Generated(seed).next();
    Evaluation first = one.evaluate();
    Evaluation again = one.evaluate(first.decision(), one.now());
    assertThat(again).isEqualTo(first);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void visible_beforeValidUntil_staysAndThenChanges(long seed) {
    Generated generated = new Generated(seed);
    Case one = generated.next();
    Evaluation evaluation = one.evaluate();
    Decision decided = evaluation.decision();
    Visible now = Visible.of(evaluation);
    long until = evaluation.recheckAt();

    assertThat(until).isGreaterThan(one.now());
    assertThat(Visible.of(one.evaluate(decided, until - 1))).isEqualTo(now);
    for (long at : instants(one, generated, until)) {
      assertThat(Visible.of(one.evaluate(decided, at))).as("at %d", at).isEqualTo(now);
    }
    if (evaluation.validUntil() == Long.MAX_VALUE) {
      assertThat(until).isEqualTo(Long.MAX_VALUE);
    } else if (evaluation.validUntil() != 0) {
      assertThat(until).isEqualTo(evaluation.validUntil());
      assertThat(Visible.of(one.evaluate(decided, until))).isNotEqualTo(now);
    }
  }

  /** What people see. */
  private record Visible(
      boolean scored,
      List<String> disqualified,
      long total,
      @Nullable String grade,
      Decision decision,
      @Nullable String segment,
      String reasons) {
    static Visible of(Evaluation evaluation) {
      return new Visible(
          evaluation.score().scored(),
          evaluation.score().disqualified(),
          evaluation.score().total(),
          evaluation.score().grade(),
          evaluation.decision(),
          evaluation.segment(),
          evaluation.score().reasons());
    }
  }

  /** Where something could change, a millisecond to either side, and anywhere. */
  private static Set<Long> instants(Case one, Generated generated, long until) {
    Set<Long> instants = new HashSet<>();
    for (Activity activity : one.subject().activities()) {
      around(activity.at(), instants);
      for (ModelDefinition.Dimension dimension : one.definition().dimensions()) {
        for (Rule rule : dimension.rules()) {
          for (long span : spans(rule)) {
            around(activity.at() + span, instants);
            around(one.subject().knownSince() + span, instants);
          }
        }
      }
    }
    for (long days = -40; days <= 40; days++) {
      around(Generated.DATE + days * Samples.DAY, instants);
    }
    long last = Math.min(until, one.now() + 700 * Samples.DAY) - 1;
    for (int i = 0; i < 20; i++) {
      instants.add(generated.instant(one.now(), last));
      instants.add(generated.instant(one.now(), one.now() + (last - one.now()) / 100));
    }
    instants.removeIf(at -> at <= one.now() || at >= until);
    return new TreeSet<>(instants);
  }

  private static void around(long at, Set<Long> instants) {
    instants.add(at - 1);
    instants.add(at);
    instants.add(at + 1);
  }

  private static List<Long> spans(Rule rule) {
    return switch (rule) {
      case Rule.OnActivity activity -> {
        List<Long> spans = new ArrayList<>();
        spans.add(activity.within() == null ? 0 : activity.within());
        switch (activity.decay()) {
          case Decay.None none -> {}
          case Decay.HalfLife(long span) -> spans.add(span);
          case Decay.Linear(long span) -> spans.add(span);
          case Decay.Steps(List<Decay.Step> steps) -> steps.forEach(step -> spans.add(step.age()));
        }
        yield spans;
      }
      case Rule.OnSilence silence -> List.of(silence.span());
      case Rule.OnProperty property -> List.of();
      case Rule.ByRange range -> List.of();
      case Rule.ByValue value -> List.of();
    };
  }

  @Test
  void validUntil_withinItsBound_isNearlyAlwaysFound() {
    int missed = 0;
    for (long seed = 0; seed < CASES; seed++) {
      assertThat(new Generated(seed).onlyFalling().next().evaluate().validUntil())
          .as("only falling points, seed %d", seed)
          .isNotZero();
      missed += new Generated(seed).next().evaluate().validUntil() == 0 ? 1 : 0;
    }
    assertThat(missed).isLessThanOrEqualTo(CASES / 50);
  }
}
