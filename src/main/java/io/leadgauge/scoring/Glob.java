package io.leadgauge.scoring;

/**
 * A pattern for folded text: {@code *} stands for any text, also none, {@code ?} for one character,
 * anything else for itself.
 *
 * @param pattern folded
 */
record Glob(String pattern) {
  static Glob of(String written) {
    return new Glob(Value.fold(written));
  }

  /**
   * Tells whether the whole text matches.
   *
   * <p>Only the last star is ever gone back to, so the cost is at most the product of the lengths.
   */
  boolean matches(String text) {
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
