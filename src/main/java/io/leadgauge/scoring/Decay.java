package io.leadgauge.scoring;

/** How the points of one activity fade with its age. */
public sealed interface Decay {
  /** They do not. */
  record None() implements Decay {}

  /**
   * They halve again and again.
   *
   * @param span the half-life in milliseconds, 1 to {@value #LONGEST}
   */
  record HalfLife(long span) implements Decay {
    /** The longest half-life: ten years of 365 days. */
    public static final long LONGEST = 10L * 365 * 24 * 60 * 60 * 1000;

    public HalfLife {
      if (span < 1 || span > LONGEST) {
        throw new IllegalArgumentException("half-life out of range: " + span + " ms");
      }
    }
  }
}
