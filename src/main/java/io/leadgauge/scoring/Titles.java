package io.leadgauge.scoring;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the seniority from a free-text job title.
 *
 * <p>Of several ranks the highest counts: a CEO and Head of Sales is {@link Seniority#C_LEVEL}. A
 * rank that someone else holds does not: a "Partner of the Managing Director" has none. Beside a
 * helper or a learner the lowest counts: an "Assistant to the CEO" is {@link Seniority#ENTRY}, a
 * "Student assistant" {@link Seniority#STUDENT}. A managing director is {@code C_LEVEL}, as in most
 * of Europe.
 */
final class Titles {
  /** How many words may stand between "chief" and "officer". */
  private static final int CHIEF_WORDS = 4;

  private Titles() {}

  /** Returns the seniority that a title tells; null if it tells none. */
  static @Nullable Seniority seniority(String title) {
    return seniority(PlainWords.of(title));
  }

  /** Returns the seniority that the words of a title tell; null if they tell none. */
  static @Nullable Seniority seniority(List<String> words) {
    Seniority highest = null;
    Seniority lowest = null;
    boolean helps = false;
    int at = 0;
    while (at < words.size()) {
      Rank rank = rank(words, at);
      TitleWords.Sense sense = rank.sense;
      if (sense != null && counts(sense, words, at)) {
        highest = highest == null || isAbove(sense, highest) ? sense.seniority() : highest;
        lowest = lowest == null || !isAbove(sense, lowest) ? sense.seniority() : lowest;
        helps |= sense.helps();
      }
      at += rank.length;
    }
    return helps ? lowest : highest;
  }

  private static boolean isAbove(TitleWords.Sense sense, Seniority other) {
    return sense.seniority().compareTo(other) < 0;
  }

  private static boolean counts(TitleWords.Sense sense, List<String> words, int at) {
    return !isSomeoneElses(words, at)
        && !isPast(words, at)
        && !(sense.helps() && isPartOfRank(words, at));
  }

  /**
   * What a title says from some word on.
   *
   * @param sense null for nothing
   * @param length how many words say it
   */
  private record Rank(TitleWords.@Nullable Sense sense, int length) {}

  private static Rank rank(List<String> words, int at) {
    Phrases.Phrase<TitleWords.Sense> phrase = TitleWords.PHRASES.at(words, at);
    if (phrase != null) {
      return new Rank(phrase.meaning(), phrase.length());
    }
    return words.get(at).equals("chief") ? chief(words, at) : new Rank(null, 1);
  }

  /** A chief of something is an officer, or none of ours: a chief engineer. */
  private static Rank chief(List<String> words, int at) {
    int end = Math.min(words.size(), at + CHIEF_WORDS + 2);
    int officer = words.subList(at, end).indexOf("officer");
    return officer < 0
        ? new Rank(null, 1)
        : new Rank(new TitleWords.Sense(Seniority.C_LEVEL, false), officer + 1);
  }

  /** An assistant helps, but an assistant director directs. */
  private static boolean isPartOfRank(List<String> words, int at) {
    boolean isFirst = at == 0;
    boolean isLast = at + 1 == words.size();
    if (!words.get(at).equals("assistant")
        || isLast
        || (!isFirst && TitleWords.OFFICE.contains(words.get(at - 1)))) {
      return false;
    }
    TitleWords.Sense next = rank(words, at + 1).sense;
    return next != null && TitleWords.ASSISTED.contains(next.seniority());
  }

  /** Tells whether what stands at a word is governed by "of": someone else has it. */
  static boolean isSomeoneElses(List<String> words, int at) {
    int before = at - 1;
    while (before >= 0 && TitleWords.ARTICLES.contains(words.get(before))) {
      before--;
    }
    return before >= 0
        && TitleWords.OF.contains(words.get(before))
        && !(before > 0 && words.get(before - 1).equals("mitglied"));
  }

  /** Tells whether what stands at a word is held no longer, or not yet. */
  static boolean isPast(List<String> words, int at) {
    return at > 0 && TitleWords.NOT_NOW.contains(words.get(at - 1));
  }
}
