package io.leadgauge.scoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Phrases of job titles, and what each means. A phrase is written as plain words, separated from
 * the next by a comma or a line end; {@code vertrieb*} stands for every word that starts so, {@code
 * *leiter} for every word that ends so. The longest one counts, a whole phrase before a start, a
 * start before an ending.
 *
 * @param <T> what a phrase may mean
 */
final class Phrases<T> {
  private static final String REST = "*";

  private final Map<String, List<Phrase<T>>> byFirstWord = new HashMap<>();
  private final Map<String, Phrase<T>> starts = new HashMap<>();
  private final Map<String, Phrase<T>> endings = new HashMap<>();

  /** The longest start or ending: no longer part of a word can be one. */
  private int longest;

  /**
   * Words with a meaning.
   *
   * @param words in order
   * @param meaning null if they only look as if they had one
   */
  record Phrase<T>(List<String> words, @Nullable T meaning) {
    int length() {
      return words.size();
    }
  }

  /** Adds the phrases of a text, which all mean the same; null for nothing. */
  Phrases<T> add(@Nullable T meaning, String text) {
    for (String phrase : split(text)) {
      add(new Phrase<>(List.of(phrase.split(" ", -1)), meaning));
    }
    return this;
  }

  private void add(Phrase<T> phrase) {
    String first = phrase.words.getFirst();
    if (first.startsWith(REST)) {
      put(endings, first.substring(1), phrase);
    } else if (first.endsWith(REST)) {
      put(starts, first.substring(0, first.length() - 1), phrase);
    } else {
      List<Phrase<T>> phrases = byFirstWord.computeIfAbsent(first, word -> new ArrayList<>());
      refuseIf(phrases.stream().anyMatch(other -> other.words.equals(phrase.words)), phrase);
      phrases.add(phrase);
      phrases.sort((one, other) -> other.length() - one.length());
    }
  }

  private void put(Map<String, Phrase<T>> phrases, String key, Phrase<T> phrase) {
    longest = Math.max(longest, key.length());
    refuseIf(phrases.put(key, phrase) != null, phrase);
  }

  /** Two meanings of one phrase would leave it to the order of lines which one counts. */
  private static void refuseIf(boolean isKnown, Phrase<?> phrase) {
    if (isKnown) {
      throw new IllegalArgumentException("two meanings of " + phrase.words);
    }
  }

  /** Returns the phrase that starts at a word of a title; null for none. */
  @Nullable Phrase<T> at(List<String> title, int at) {
    String first = title.get(at);
    for (Phrase<T> phrase : byFirstWord.getOrDefault(first, List.of())) {
      int end = at + phrase.length();
      if (end <= title.size() && title.subList(at, end).equals(phrase.words)) {
        return phrase;
      }
    }
    Phrase<T> start = startOf(first);
    return start == null ? endingOf(first) : start;
  }

  private @Nullable Phrase<T> startOf(String word) {
    Phrase<T> found = null;
    for (int end = Math.min(word.length(), longest); end > 0 && found == null; end--) {
      found = starts.get(word.substring(0, end));
    }
    return found;
  }

  private @Nullable Phrase<T> endingOf(String word) {
    Phrase<T> found = null;
    int first = Math.max(0, word.length() - longest);
    for (int from = first; from < word.length() && found == null; from++) {
      found = endings.get(word.substring(from));
    }
    return found;
  }

  /** Returns the items of a text, which commas and line ends separate. */
  static Set<String> split(String text) {
    return Set.copyOf(Arrays.asList(text.strip().split("\\s*[,\\n]\\s*", -1)));
  }
}
