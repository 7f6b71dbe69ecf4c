package io.leadgauge.bench;

import org.jspecify.annotations.Nullable;

/**
 * What a figure is compared with, and how far it should reach.
 *
 * @param of the name of the figure that it is divided by; null to look at the figure itself
 * @param side on which side of the reach it should be
 * @param reach what is reached for; of no meaning without a side
 */
record Aim(@Nullable String of, Side side, double reach) {
  /** Where a good figure is. */
  enum Side {
    LEAST,
    MOST,
    NONE
  }

  /** Only compares with another figure. */
  static Aim of(String other) {
    return new Aim(other, Side.NONE, 0);
  }

  /** At least so many times another figure. */
  static Aim atLeast(double share, String other) {
    return new Aim(other, Side.LEAST, share);
  }

  /** At most so many times another figure. */
  static Aim atMost(double share, String other) {
    return new Aim(other, Side.MOST, share);
  }

  /** At least so much. */
  static Aim atLeast(double figure) {
    return new Aim(null, Side.LEAST, figure);
  }

  /** At most so much. */
  static Aim atMost(double figure) {
    return new Aim(null, Side.MOST, figure);
  }
}
