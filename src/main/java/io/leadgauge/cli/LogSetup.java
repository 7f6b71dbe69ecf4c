package io.leadgauge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogManager;
import org.jspecify.annotations.Nullable;

/**
 * What {@link System.Logger} writes to: one {@link LogLine} an event on standard error, as {@code
 * logging.properties} in the jar says.
 *
 * <p>The launcher names this class in the system property {@code java.util.logging.manager}, which
 * the JVM reads once, before the first line is logged. The environment variable {@code
 * LEADGAUGE_LOG_LEVEL} (error, warning, info, debug, trace) sets from which level on Leadgauge
 * itself is heard; a word that is none of these is reported, and {@code info} stands.
 */
public final class LogSetup extends LogManager {
  private static final Map<String, Level> LEVELS =
      Map.of(
          "error", Level.SEVERE,
          "warning", Level.WARNING,
          "info", Level.INFO,
          "debug", Level.FINE,
          "trace", Level.FINER);

  /** For the JVM, which makes the one there is. */
  public LogSetup() {}

  @Override
  public void readConfiguration() throws IOException {
    String own = "\nio.leadgauge.level = " + level(System.getenv("LEADGAUGE_LOG_LEVEL")) + "\n";
    readConfiguration(new ByteArrayInputStream((shipped() + own).getBytes(UTF_8)));
  }

  /**
   * Does nothing. The JVM calls it as soon as the process is told to stop, which would swallow
   * every line about the stopping itself.
   */
  @Override
  public void reset() {}

  private static Level level(@Nullable String word) {
    if (word == null || word.isBlank()) {
      return Level.INFO;
    }
    Level level = LEVELS.get(word.strip().toLowerCase(Locale.ROOT));
    if (level == null) {
      System.err.println(
          "leadgauge: LEADGAUGE_LOG_LEVEL is '"
              + word
              + "', which is none of error, warning, info, debug, trace; info is used");
      return Level.INFO;
    }
    return level;
  }

  private static String shipped() throws IOException {
    try (InputStream settings = LogSetup.class.getResourceAsStream("/logging.properties")) {
      if (settings == null) {
        throw new IOException("logging.properties is missing from the jar");
      }
      return new String(settings.readAllBytes(), UTF_8);
    }
  }
}
