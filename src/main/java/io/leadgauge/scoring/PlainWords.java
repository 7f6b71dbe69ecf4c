package io.leadgauge.scoring;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Free text as words that can be compared: in lower case, without accents, the dots within an
 * abbreviation ({@code C.E.O.}) dropped, split at everything that is neither letter nor digit.
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

  private PlainWords() {}

  /** Returns the words of a text in their order; none for a text without letters and digits. */
  static List<String> of(String text) {
    String plain = Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
    plain = ACCENTS.matcher(plain).replaceAll("");
    plain = UNDIVIDED.matcher(plain).replaceAll(letter -> PLAIN.get(letter.group()));
    plain = DOTTED_LETTER.matcher(plain).replaceAll("");
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(plain);
    while (matcher.find()) {
      words.add(matcher.group());
    }
    return words;
  }
}
