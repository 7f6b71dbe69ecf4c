package io.leadgauge.scoring;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the seniority from a free-text job title.
 *
 * <p>Of several ranks the highest counts: a CEO and Head of Sales is {@link Seniority#C_LEVEL}. A
 * rank that someone else holds does not: neither an "Assistant to the CEO" nor a "Partner of the
 * Managing Director" has it. A managing director is {@code C_LEVEL}, as in most of Europe.
 */
final class Titles {
  private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
  private static final Pattern DOTTED_LETTER = Pattern.compile("(?<=\\b\\p{L})\\.(?=\\p{L}\\b)");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

  /** How many words may stand between "chief" and "officer". */
  private static final int CHIEF_WORDS = 4;

  private Titles() {}

  /** Returns the seniority that a title tells; null if it tells none. */
  static @Nullable Seniority seniority(String title) {
    List<String> words = words(title);
    Seniority highest = null;
    int at = 0;
    while (at < words.size()) {
      if (isHelper(words, at)) {
        return null;
      }
      Rank rank = rank(words, at);
      if (rank.seniority != null && !isSomeoneElses(words, at) && !isPast(words, at)) {
        highest = higher(highest, rank.seniority);
      }
      at += rank.length;
    }
    return highest;
  }

  /**
   * What a title says from some word on.
   *
   * @param seniority null for nothing
   * @param length how many words say it
   */
  private record Rank(@Nullable Seniority seniority, int length) {}

  private static Rank rank(List<String> words, int at) {
    TitleWords.Phrase phrase = TitleWords.phrase(words, at);
    if (phrase != null) {
      return new Rank(phrase.seniority(), phrase.words().size());
    }
    if (words.get(at).equals("chief")) {
      return chief(words, at);
    }
    return new Rank(ending(words.get(at)), 1);
  }

  /** A chief of something is an officer, or none of ours: a chief engineer. */
  private static Rank chief(List<String> words, int at) {
    int end = Math.min(words.size(), at + CHIEF_WORDS + 2);
    int officer = words.subList(at, end).indexOf("officer");
    return officer < 0 ? new Rank(null, 1) : new Rank(Seniority.C_LEVEL, officer + 1);
  }

  private static @Nullable Seniority ending(String word) {
    if (word.endsWith("begleiter") || word.endsWith("begleiterin")) {
      return null;
    }
    for (var ending : TitleWords.ENDINGS.entrySet()) {
      if (word.endsWith(ending.getKey())) {
        return ending.getValue();
      }
    }
    return null;
  }

  /** A helper has no rank, but an assistant director has: that one is a director. */
  private static boolean isHelper(List<String> words, int at) {
    if (!TitleWords.isHelper(words.get(at)) || isSomeoneElses(words, at)) {
      return false;
    }
    boolean isFirst = at == 0;
    boolean isLast = at + 1 == words.size();
    Seniority next = isLast ? null : rank(words, at + 1).seniority;
    return !words.get(at).equals("assistant")
        || (!isFirst && TitleWords.OFFICE.contains(words.get(at - 1)))
        || next == null
        || next == Seniority.C_LEVEL;
  }

  private static boolean isSomeoneElses(List<String> words, int at) {
    int before = at - 1;
    while (before >= 0 && TitleWords.ARTICLES.contains(words.get(before))) {
      before--;
    }
    return before >= 0
        && TitleWords.OF.contains(words.get(before))
        && !(before > 0 && words.get(before - 1).equals("mitglied"));
  }

  private static boolean isPast(List<String> words, int at) {
    return at > 0 && TitleWords.NOT_NOW.contains(words.get(at - 1));
  }

  private static Seniority higher(@Nullable Seniority one, Seniority other) {
    return one == null || other.compareTo(one) < 0 ? other : one;
  }

  private static List<String> words(String title) {
    String plain = Normalizer.normalize(title.toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
    plain = ACCENTS.matcher(plain).replaceAll("").replace("ß", "ss");
    plain = DOTTED_LETTER.matcher(plain).replaceAll("");
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(plain);
    while (matcher.find()) {
      words.add(matcher.group());
    }
    return words;
  }
}
