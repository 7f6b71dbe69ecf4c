package io.leadgauge.scoring;

import java.util.List;

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

  /**
   * They fall evenly to nothing.
   *
   * @param span after how many milliseconds nothing is left, 1 to {@value HalfLife#LONGEST}
   */
  record Linear(long span) implements Decay {
    public Linear {
      if (span < 1 || span > HalfLife.LONGEST) {
        throw new IllegalArgumentException("linear decay out of range: " + span + " ms");
      }
    }
  }

  /**
   * They fall in steps.
   *
   * @param steps in the order of their ages, each keeping no more than the one before; not empty;
   *     copied
   */
  record Steps(List<Step> steps) implements Decay {
    public Steps {
      steps = List.copyOf(steps);
      if (steps.isEmpty()) {
        throw new IllegalArgumentException("decay without steps");
      }
      for (int i = 1; i < steps.size(); i++) {
        Step before = steps.get(i - 1);
        if (steps.get(i).age() <= before.age() || steps.get(i).kept() > before.kept()) {
          throw new IllegalArgumentException("steps of decay out of order at " + steps.get(i));
        }
      }
    }

    /** Returns a decay that keeps all until an age, and nothing from then on. */
    public static Steps expiry(long age) {
      return new Steps(List.of(new Step(age, 0)));
    }
  }

  /**
   * What is left from an age on.
   *
   * @param age in milliseconds, 1 to {@value HalfLife#LONGEST}; inclusive
   * @param kept the share that is left, in millionths, 0 to 1,000,000
   */
  record Step(long age, long kept) {
    public Step {
      if (age < 1 || age > HalfLife.LONGEST || kept < 0 || kept > 1_000_000) {
        throw new IllegalArgumentException("step of decay out of range: " + age + " ms, " + kept);
      }
    }
  }
}
