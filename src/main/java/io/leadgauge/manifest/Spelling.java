package io.leadgauge.manifest;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** Finds the word that was probably meant. */
public final class Spelling {
  /** Longer words are nobody's slip of the finger. */
  private static final int LONGEST = 64;

  private Spelling() {}

  /**
   * Returns the candidate nearest to a word, if one is near: at most two letters inserted, left
   * out, replaced or swapped, and fewer than half of the word.
   */
  public static Optional<String> nearest(String word, Collection<String> candidates) {
    if (word.length() > LONGEST) {
      return Optional.empty();
    }
    String best = null;
    int least = Math.min(3, (word.length() + 1) / 2 + 1);
    for (String candidate : new TreeSet<>(candidates)) {
      int distance = distance(lower(word), lower(candidate));
      if (distance < least) {
        best = candidate;
        least = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  /** Returns the end of a sentence on an unknown word: what was meant, or what there is. */
  public static String hint(String word, Collection<String> candidates) {
    Optional<String> nearest = nearest(word, candidates);
    if (nearest.isPresent()) {
      return ", did you mean \"" + nearest.get() + "\"?";
    }
    if (candidates.isEmpty()) {
      return ", there are none";
    }
    return ", expected " + (candidates.size() > 1 ? "one of " : "") + String.join(", ", candidates);
  }

  private static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }

  /** Optimal string alignment distance: edits and swaps of neighbours, none twice at one place. */
  private static int distance(String left, String right) {
    int[][] cost = new int[left.length() + 1][right.length() + 1];
    for (int i = 0; i <= left.length(); i++) {
      for (int j = 0; j <= right.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, left, right, i, j);
      }
    }
    return cost[left.length()][right.length()];
  }

  private static int step(int[][] cost, String left, String right, int i, int j) {
    boolean same = left.charAt(i - 1) == right.charAt(j - 1);
    int replace = cost[i - 1][j - 1] + (same ? 0 : 1);
    int best = Math.min(replace, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
    boolean swapped =
        i > 1
            && j > 1
            && left.charAt(i - 1) == right.charAt(j - 2)
            && left.charAt(i - 2) == right.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
