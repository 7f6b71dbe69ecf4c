package io.leadgauge.bench;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One figure of a report.
 *
 * @param section below which heading it stands
 * @param name what was measured
 * @param unit in what; empty where it has none
 * @param spread what it was in the rounds
 * @param comparisons what it is held against
 */
public record Figure(
    String section, String name, String unit, Spread spread, List<Comparison> comparisons) {
  public Figure {
    comparisons = List.copyOf(comparisons);
  }

  /** Returns a number with as many digits as mean something. */
  public static String text(double number) {
    int digits = number >= 100 ? 0 : number >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%,." + digits + "f", number);
  }

  /**
   * A figure held against another one of the same run, or against a number.
   *
   * @param of the other one; null where it is held against a number itself
   * @param value the median of the ratios of the rounds; the median of the figure itself without
   *     another one
   * @param reach how far it should reach; null where nothing is asked
   * @param isReached whether it does; true where nothing is asked
   */
  public record Comparison(
      @Nullable String of, double value, @Nullable String reach, boolean isReached) {}
}
