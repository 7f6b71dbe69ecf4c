package io.leadgauge.scoring;

import java.util.regex.Pattern;

/**
 * A regular expression whose cost is bounded: only the beginning of a text is searched, and a
 * search that goes back and forth too often ends as no match. Thread-safe.
 */
final class BoundedRegex {
  private final Pattern pattern;

  private BoundedRegex(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * Compiles an expression.
   *
   * @throws IllegalArgumentException if it is none
   */
  static BoundedRegex of(String regex) {
    return new BoundedRegex(
        Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
  }

  /** Tells whether the expression matches somewhere in the text. */
  boolean isIn(String text) {
    int end = Math.min(text.length(), Condition.Matches.MOST_MATCHED);
    try {
      return pattern.matcher(new Counted(text, 0, end, new Steps())).find();
    } catch (TooManySteps e) {
      return false;
    }
  }

  /** How often a search has looked at a character. */
  private static final class Steps {
    private int taken;
  }

  /** Text that counts how often it is looked at: the one thing that every search does. */
  private record Counted(String text, int start, int end, Steps steps) implements CharSequence {
    @Override
    public char charAt(int index) {
      if (++steps.taken > Condition.Matches.MOST_STEPS) {
        throw new TooManySteps();
      }
      return text.charAt(start + index);
    }

    @Override
    public int length() {
      return end - start;
    }

    @Override
    public CharSequence subSequence(int from, int to) {
      return new Counted(text, start + from, start + to, steps);
    }

    @Override
    public String toString() {
      return text.substring(start, end);
    }
  }

  /** Ends a search in the middle. */
  private static final class TooManySteps extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooManySteps() {
      super("too many steps", null, false, false);
    }
  }
}
