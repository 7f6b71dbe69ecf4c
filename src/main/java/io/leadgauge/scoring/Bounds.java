package io.leadgauge.scoring;

/**
 * Points that are known within bounds, both inclusive, in millionths: slot {@link #TOTAL} is the
 * shown total, the others are the dimensions. Exact points are bounds that touch.
 */
final class Bounds {
  /** The slot of the shown total. */
  static final int TOTAL = 0;

  private final long[] least;
  private final long[] most;

  Bounds(long[] least, long[] most) {
    this.least = least;
    this.most = most;
  }

  long least(int slot) {
    return least[slot];
  }

  long most(int slot) {
    return most[slot];
  }

  /** Returns the slot of a dimension. */
  static int slot(int dimension) {
    return dimension + 1;
  }

  /** Returns the one value that the bounds of a slot leave. */
  long exact(int slot) {
    if (!isExact(slot)) {
      throw new IllegalStateException("known only within bounds: slot " + slot);
    }
    return least[slot];
  }

  /** Tells whether the bounds of a slot leave one value. */
  boolean isExact(int slot) {
    return least[slot] == most[slot];
  }
}
