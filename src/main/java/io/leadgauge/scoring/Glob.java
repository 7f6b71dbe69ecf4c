package io.leadgauge.scoring;

/**
 * A pattern for folded text: {@code *} stands for any text, also none, {@code ?} for one character,
 * anything else for itself.
 *
 * <p>Most patterns are a plain text with a star at its ends or none, so they are compared as such.
 *
 * @param pattern folded
 * @param core the pattern without stars at its ends
 * @param startsOpen whether it starts with a star
 * @param endsOpen whether it ends with a star
 * @param isPlain whether the core stands for itself
 */
record Glob(String pattern, String core, boolean startsOpen, boolean endsOpen, boolean isPlain) {
  static Glob of(String written) {
    String pattern = Value.fold(written);
    int start = 0;
    while (start < pattern.length() && pattern.charAt(start) == '*') {
      start++;
    }
    int end = pattern.length();
    while (end > start && pattern.charAt(end - 1) == '*') {
      end--;
    }
    String core = pattern.substring(start, end);
    boolean isPlain = core.indexOf('*') < 0 && core.indexOf('?') < 0;
    return new Glob(pattern, core, start > 0, pattern.endsWith("*"), isPlain);
  }

  /** Tells whether the whole text matches. */
  boolean matches(String text) {
    if (!isPlain) {
      return isMatch(text);
    }
    if (startsOpen) {
      return endsOpen ? text.contains(core) : text.endsWith(core);
    }
    return endsOpen ? text.startsWith(core) : text.equals(core);
  }

  /**
   * Tries character by character. Only the last star is ever gone back to, so the cost is at most
   * the product of the lengths.
   */
  private boolean isMatch(String text) {
    int at = 0;
    int next = 0;
    int star = -1;
    int afterStar = 0;
    while (at < text.length()) {
      if (next < pattern.length() && pattern.charAt(next) == '*') {
        star = next++;
        afterStar = at;
      } else if (next < pattern.length() && isSame(pattern.charAt(next), text.charAt(at))) {
        next++;
        at++;
      } else if (star >= 0) {
        next = star + 1;
        at = ++afterStar;
      } else {
        return false;
      }
    }
    while (next < pattern.length() && pattern.charAt(next) == '*') {
      next++;
    }
    return next == pattern.length();
  }

  private static boolean isSame(char expected, char actual) {
    return expected == '?' || expected == actual;
  }
}
