package io.leadgauge.scoring;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads a country from free text as its code of ISO 3166-1.
 *
 * <p>The codes and names are in {@code countries.txt} beside this class, read when first asked.
 * Accents, upper and lower case, dots, hyphens, "the" and the difference of "and" and {@code &} do
 * not matter. Safe for any thread.
 */
public final class Countries {
  private static final Set<String> FILLERS = Set.of("and", "the");

  private Countries() {}

  /**
   * Returns the alpha-2 code, in upper case, of the country that a text names: by its alpha-2 or
   * alpha-3 code, its short or official name in English, or a common name elsewhere. Null if it
   * names none.
   */
  public static @Nullable String code(String text) {
    return Loaded.CODES.get(key(text));
  }

  /** Returns all alpha-2 codes in upper case, in their order. */
  public static Set<String> codes() {
    return Loaded.ALL;
  }

  /** Returns a name as it is looked up; AND alone is a code, Andorra's. */
  private static String key(String name) {
    List<String> words = PlainWords.of(name);
    StringBuilder key = new StringBuilder();
    for (String word : words) {
      if (words.size() == 1 || !FILLERS.contains(word)) {
        key.append(word.equals("st") ? "saint" : word);
      }
    }
    return key.toString();
  }

  /** Holds the names from their first use on. */
  private static final class Loaded {
    static final Map<String, String> CODES = new HashMap<>();
    static final Set<String> ALL;

    static {
      Set<String> all = new TreeSet<>();
      for (String line : ResourceLines.of("countries.txt")) {
        List<String> names = Arrays.asList(line.split("\\s*\\|\\s*", -1));
        all.add(names.getFirst());
        names.forEach(name -> add(name, names.getFirst()));
      }
      ALL = Collections.unmodifiableSet(all);
    }

    private static void add(String name, String code) {
      String before = CODES.put(key(name), code);
      if (before != null && !before.equals(code)) {
        throw new IllegalStateException(name + " is the name of " + before + " and " + code);
      }
    }
  }
}
