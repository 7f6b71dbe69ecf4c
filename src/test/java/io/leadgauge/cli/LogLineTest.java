package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LogLineTest {
  private static final Instant AT = Instant.parse("2026-11-21T08:00:00.120Z");

  @Test
  void line_plainMessage_hasInstantLevelAndLastNameOfLogger() {
    assertThat(line(event("portal 123 answers 429")))
        .isEqualTo("2026-11-21T08:00:00.120Z WARNING Reconciler portal 123 answers 429\n");
  }

  @Test
  void instant_wholeSecond_keepsItsMilliseconds() {
    LogRecord event = event("x");
    event.setInstant(Instant.parse("2026-11-21T08:00:00Z"));
    assertThat(line(event)).startsWith("2026-11-21T08:00:00.000Z ");
  }

  @Test
  void parameters_numbersAndApostrophes_standAsTheyAre() {
    LogRecord event = event("contact {0} isn't {1}, see {2}");
    event.setParameters(new Object[] {1234567L, "$1"});
    assertThat(line(event)).endsWith("contact 1234567 isn't $1, see {2}\n");
  }

  @Test
  void message_withLineBreaks_staysOneLine() {
    assertThat(line(event("name is 'a\r\n2026 ERROR forged'")))
        .endsWith("name is 'a\\u000d\\u000a2026 ERROR forged'\n");
  }

  @Test
  void exception_withCause_isAChainWithPlaces() {
    LogRecord event = event("commit failed");
    event.setThrown(new IllegalStateException("no room", new java.io.IOException("disk\nfull")));
    assertThat(line(event))
        .containsPattern(
            "commit failed: java.lang.IllegalStateException: no room \\(at"
                + " LogLineTest.java:\\d+\\); caused by java.io.IOException: disk\\\\u000afull"
                + " \\(at LogLineTest.java:\\d+\\)\n"
                + "$");
  }

  @ParameterizedTest
  @CsvSource({"SEVERE,ERROR", "WARNING,WARNING", "INFO,INFO", "FINE,DEBUG", "FINER,TRACE"})
  void level_ofEachKind_hasTheNameThatOperatorsSet(String jul, String shown) {
    LogRecord event = event("x");
    event.setLevel(Level.parse(jul));
    assertThat(line(event)).contains(" " + shown + " Reconciler ");
  }

  private static LogRecord event(String message) {
    LogRecord event = new LogRecord(Level.WARNING, message);
    event.setInstant(AT);
    event.setLoggerName("io.leadgauge.pipeline.Reconciler");
    return event;
  }

  private static String line(LogRecord event) {
    return new LogLine().format(event);
  }
}
