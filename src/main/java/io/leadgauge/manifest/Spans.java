package io.leadgauge.manifest;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time as manifests write them: {@code 30d}, {@code 12h}, {@code 90m}, {@code 10s}. */
public final class Spans {
  static final long SECOND = 1_000;
  static final long MINUTE = 60 * SECOND;
  static final long HOUR = 60 * MINUTE;

  /** A day is 24 hours: spans are compared with instants and know no time zone. */
  static final long DAY = 24 * HOUR;

  private static final Pattern SPAN = Pattern.compile("([0-9]{1,9})(s|m|h|d)");

  private Spans() {}

  /** Reads a span; empty if the text is none. */
  static OptionalLong parse(String text) {
    Matcher matcher = SPAN.matcher(text);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseLong(matcher.group(1)) * unit(matcher.group(2).charAt(0)));
  }

  private static long unit(char letter) {
    return switch (letter) {
      case 's' -> SECOND;
      case 'm' -> MINUTE;
      case 'h' -> HOUR;
      case 'd' -> DAY;
      default -> throw new IllegalArgumentException("no unit of time: " + letter);
    };
  }

  /** Returns a span of whole seconds in its largest unit without remainder. */
  public static String text(long millis) {
    if (millis % DAY == 0) {
      return millis / DAY + "d";
    }
    if (millis % HOUR == 0) {
      return millis / HOUR + "h";
    }
    return millis % MINUTE == 0 ? millis / MINUTE + "m" : millis / SECOND + "s";
  }
}
