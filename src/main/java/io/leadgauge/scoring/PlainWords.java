package io.leadgauge.scoring;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Free text as words that can be compared: in lower case, without accents, the dots within an
 * abbreviation ({@code C.E.O.}) dropped, split at everything that is neither letter nor digit.
 *
 * <p>Many contacts have few titles, and each is read at every evaluation, for its seniority and for
 * its department. So the words of some short texts are kept; whichever thread has read one keeps it
 * for all.
 */
final class PlainWords {
  private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
  private static final Pattern DOTTED_LETTER = Pattern.compile("(?<=\\b\\p{L})\\.(?=\\p{L}\\b)");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
  private static final Pattern UNDIVIDED = Pattern.compile("[ßæøœłđðþı]");

  /** Letters that Unicode does not divide into a plain letter and an accent. */
  private static final Map<String, String> PLAIN =
      Map.of(
          "ß", "ss", "æ", "ae", "ø", "o", "œ", "oe", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "ı",
          "i");

  private static final int MOST_KEPT = 512;
  private static final int LONGEST_KEPT = 64;
  private static final @Nullable Kept[] KEPT = new @Nullable Kept[MOST_KEPT];

  private PlainWords() {}

  private record Kept(String text, List<String> words) {}

  /**
   * Returns the words of a text in their order; none for a text without letters and digits;
   * unmodifiable.
   */
  static List<String> of(String text) {
    if (text.length() > LONGEST_KEPT) {
      return read(text);
    }
    int place = Math.floorMod(text.hashCode(), MOST_KEPT);
    Kept kept = KEPT[place];
    if (kept == null || !kept.text().equals(text)) {
      kept = new Kept(text, read(text));
      KEPT[place] = kept;
    }
    return kept.words();
  }

  private static List<String> read(String text) {
    String plain = Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
    plain = ACCENTS.matcher(plain).replaceAll("");
    plain = UNDIVIDED.matcher(plain).replaceAll(letter -> PLAIN.get(letter.group()));
    plain = DOTTED_LETTER.matcher(plain).replaceAll("");
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(plain);
    while (matcher.find()) {
      words.add(matcher.group());
    }
    return List.copyOf(words);
  }
}
