package io.leadgauge.cli;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One event as one line: instant in UTC, level, the logger's last name, message, causes.
 *
 * <pre>2026-11-21T08:00:00.120Z WARNING Reconciler portal 123 answers 429, next try in 10 s</pre>
 *
 * <p>Parameters stand in the message as they print, without the digit grouping and the quoting of
 * {@link java.text.MessageFormat}: an id stays {@code 1234567}. An exception follows as its chain
 * of causes, each with the place in our code it came from. Control characters are escaped, so that
 * no text from outside can begin a line of its own. Stateless and thread-safe.
 */
public final class LogLine extends Formatter {
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d{1,2})}");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final int MOST_CAUSES = 8;

  /** For the JVM, which makes it by the name in {@code logging.properties}. */
  public LogLine() {}

  @Override
  public String format(LogRecord event) {
    String line =
        String.join(
            " ",
            INSTANT.format(event.getInstant()),
            word(event.getLevel()),
            lastName(event.getLoggerName()),
            message(event) + causes(event.getThrown()));
    return oneLine(line) + System.lineSeparator();
  }

  /** JUL's levels by the names that {@link System.Logger} and LEADGAUGE_LOG_LEVEL use. */
  private static String word(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (value >= Level.WARNING.intValue()) {
      return "WARNING";
    }
    if (value >= Level.INFO.intValue()) {
      return "INFO";
    }
    return value >= Level.FINE.intValue() ? "DEBUG" : "TRACE";
  }

  private static String lastName(@Nullable String logger) {
    return logger == null ? "-" : logger.substring(logger.lastIndexOf('.') + 1);
  }

  private static String message(LogRecord event) {
    String message = String.valueOf(event.getMessage());
    Object[] values = event.getParameters();
    if (values == null || values.length == 0) {
      return message;
    }
    return PLACEHOLDER
        .matcher(message)
        .replaceAll(place -> Matcher.quoteReplacement(value(values, place.group())));
  }

  private static String value(Object[] values, String placeholder) {
    int index = Integer.parseInt(placeholder.substring(1, placeholder.length() - 1));
    return index < values.length ? String.valueOf(values[index]) : placeholder;
  }

  private static String causes(@Nullable Throwable thrown) {
    StringBuilder chain = new StringBuilder();
    Throwable cause = thrown;
    for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
      chain.append(i == 0 ? ": " : "; caused by ").append(cause).append(place(cause));
      cause = cause.getCause();
    }
    return chain.toString();
  }

  private static String place(Throwable cause) {
    StackTraceElement[] frames = cause.getStackTrace();
    return Arrays.stream(frames)
        .filter(frame -> frame.getClassName().startsWith("io.leadgauge."))
        .findFirst()
        .or(() -> Arrays.stream(frames).findFirst())
        .map(frame -> " (at " + frame.getFileName() + ":" + frame.getLineNumber() + ")")
        .orElse("");
  }

  private static String oneLine(String text) {
    return CONTROL
        .matcher(text)
        .replaceAll(found -> String.format("\\\\u%04x", (int) found.group().charAt(0)));
  }
}
