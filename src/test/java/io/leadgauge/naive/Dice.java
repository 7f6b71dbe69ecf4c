package io.leadgauge.naive;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Choices that a seed decides. */
final class Dice {
  private final SplittableRandom random;

  Dice(long seed) {
    this.random = new SplittableRandom(seed);
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  /** Returns a whole number, both ends included. */
  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  long below(long bound) {
    return random.nextLong(bound);
  }

  @SafeVarargs
  final <T> T of(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Returns some different ones of the choices, at least one and at most three. */
  List<String> some(List<String> choices) {
    List<String> left = new ArrayList<>(choices);
    List<String> some = new ArrayList<>();
    for (int i = between(1, Math.min(3, choices.size())); i > 0; i--) {
      some.add(left.remove(random.nextInt(left.size())));
    }
    return some;
  }

  <T> List<T> times(int least, int most, Supplier<T> one) {
    return Stream.generate(one).limit(between(least, most)).toList();
  }

  /** Returns points above zero: whole, halves, or with six decimals. */
  String positive() {
    BigDecimal points =
        switch (between(0, 5)) {
          case 0 -> BigDecimal.valueOf(between(1, 59), 1).multiply(BigDecimal.valueOf(5));
          case 1 -> BigDecimal.valueOf(between(1, 30_000_000), 6);
          case 2 -> BigDecimal.valueOf(between(1, 3_000), 2);
          default -> BigDecimal.valueOf(between(1, 30));
        };
    return points.toPlainString();
  }

  /** Returns points, negative ones now and then. */
  String points() {
    return chance(30) ? "-" + positive() : positive();
  }
}
