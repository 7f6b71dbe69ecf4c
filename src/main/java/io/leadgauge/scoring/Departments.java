package io.leadgauge.scoring;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the department from a free-text job title or the name of a department.
 *
 * <p>Of several departments the first counts: a "VP Sales and Marketing" is in {@link
 * Department#SALES}. One that was left ("former sales manager") does not. Whoever is at the top and
 * names none is in {@link Department#GENERAL_MANAGEMENT}: a CEO is, a "Managing Director Finance"
 * is not.
 */
final class Departments {
  private Departments() {}

  /** Returns the department that a text tells; null if it tells none. */
  static @Nullable Department of(String text) {
    List<String> words = PlainWords.of(text);
    Department named = named(words);
    if (named != null) {
      return named;
    }
    return isGeneral(words) ? Department.GENERAL_MANAGEMENT : null;
  }

  private static @Nullable Department named(List<String> words) {
    int at = 0;
    while (at < words.size()) {
      Phrases.Phrase<Department> phrase = DepartmentWords.PHRASES.at(words, at);
      if (phrase != null && phrase.meaning() != null && !Titles.isPast(words, at)) {
        return phrase.meaning();
      }
      at += phrase == null ? 1 : phrase.length();
    }
    return null;
  }

  private static boolean isGeneral(List<String> words) {
    return (words.size() == 1 && DepartmentWords.GENERAL_ALONE.contains(words.getFirst()))
        || anyIsGeneral(words)
        || Titles.seniority(words) == Seniority.C_LEVEL;
  }

  private static boolean anyIsGeneral(List<String> words) {
    for (int at = 0; at < words.size(); at++) {
      if (DepartmentWords.GENERAL.at(words, at) != null
          && !Titles.isPast(words, at)
          && !Titles.isSomeoneElses(words, at)) {
        return true;
      }
    }
    return false;
  }
}
