package io.leadgauge.scoring;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The subject of a task, in which names in braces stand for what is known of the contact: {@code
 * Call {firstName}: {reasons}}.
 *
 * @param template the subject as the manifest has it
 */
public record TaskText(String template) {
  /** The name that stands for the line of reasons, and for no property. */
  public static final String REASONS = "reasons";

  /** The longest subject that is made, in characters; what is longer is cut. */
  public static final int LONGEST = 500;

  private static final Pattern BRACED = Pattern.compile("\\{([^{}]+)}");
  private static final String CUT = "…";

  /** Returns the neutral names of the properties that it names. */
  public SortedSet<String> properties() {
    SortedSet<String> names = new TreeSet<>();
    BRACED.matcher(template).results().forEach(found -> names.add(found.group(1)));
    names.remove(REASONS);
    return Collections.unmodifiableSortedSet(names);
  }

  /**
   * Returns the subject in one line.
   *
   * @param values what each name stands for; null or empty where nothing is known, and then the
   *     subject says so: {@code (no firstName)}
   */
  public String fill(Function<String, @Nullable String> values) {
    Matcher names = BRACED.matcher(template);
    StringBuilder text = new StringBuilder();
    while (names.find()) {
      String value = values.apply(names.group(1));
      String shown = value == null || value.isBlank() ? "(no " + names.group(1) + ")" : value;
      names.appendReplacement(text, Matcher.quoteReplacement(shown));
    }
    names.appendTail(text);
    String line = text.toString().replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() <= LONGEST ? line : cut(line);
  }

  private static String cut(String line) {
    int end = LONGEST - CUT.length();
    return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + CUT;
  }
}
