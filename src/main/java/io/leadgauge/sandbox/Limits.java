package io.leadgauge.sandbox;

/**
 * How many calls the sandbox allows; above that it answers 429. Zero means no limit.
 *
 * @param tenSecondly calls of one app within any ten seconds
 * @param daily calls of the whole account within a day of its time zone
 * @param searchSecondly searches of one app within any second, counted apart from the other two
 */
public record Limits(int tenSecondly, int daily, int searchSecondly) {

  /**
   * A private app on a free or starter account (usage guidelines, copy of January 2025): 100 in ten
   * seconds, 250,000 a day, 5 searches a second.
   */
  public static final Limits FREE = new Limits(100, 250_000, 5);

  /** A private app on a professional account: 190 in ten seconds, 650,000 a day. */
  public static final Limits PROFESSIONAL = new Limits(190, 650_000, 5);

  /** No limit at all, for benchmarks. */
  public static final Limits OFF = new Limits(0, 0, 0);

  public Limits {
    if (tenSecondly < 0 || daily < 0 || searchSecondly < 0) {
      throw new IllegalArgumentException(
          "a limit must not be negative: %d, %d, %d".formatted(tenSecondly, daily, searchSecondly));
    }
  }
}
