package io.leadgauge.cli;

import io.leadgauge.model.Clockwork;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/**
 * How far long work is, in one line that changes; where nobody watches, a line for each tenth of
 * the way and whenever something else is done. Not thread-safe.
 */
final class ProgressBar {
  private static final int BAR = 30;
  private static final int PERCENT = 100;
  private static final long NANOS = 1_000_000_000;

  /** A terminal that is written to more often only flickers. */
  private static final long LEAST_NANOS = NANOS / 10;

  private static final String CLEAR = "\r\u001b[2K";

  private final PrintWriter out;
  private final boolean watched;
  private final Clockwork clock;
  private String doing = "";
  private String told = "";
  private long begunAt;
  private long begunWith;
  private long shownAt;

  /**
   * Makes a bar that has shown nothing yet.
   *
   * @param out where it is shown
   * @param watched whether that is a terminal, on which a line can be written over
   * @param clock measures the rate
   */
  ProgressBar(PrintWriter out, boolean watched, Clockwork clock) {
    this.out = out;
    this.watched = watched;
    this.clock = clock;
  }

  /**
   * Returns a bar beside the answers of a command, which may go to a file: it is shown where
   * complaints are.
   */
  static ProgressBar beside(Terminal terminal) {
    return new ProgressBar(terminal.err(), terminal.colour(), terminal.clock());
  }

  /**
   * Shows how far it is, with the rate since the same was first done and the time left by it. Cheap
   * where it was shown just before.
   *
   * @param what what is done, such as {@code comparing contacts}
   * @param done how many are done
   * @param total how many there are; 0 if that is not known
   */
  void show(String what, long done, long total) {
    long now = clock.nanos();
    boolean first = !what.equals(doing);
    if (first) {
      doing = what;
      begunAt = now;
      begunWith = done;
    } else if (watched && now - shownAt < LEAST_NANOS && done < total) {
      return;
    }
    shownAt = now;
    long rate = perSecond(done - begunWith, now - begunAt);
    String left = rate == 0 || total == 0 ? "" : ", " + span((total - done) / rate) + " left";
    String speed = rate == 0 ? "" : ", " + rate + " a second";
    show(what, done, total, what + ": " + of(done, total) + speed + left);
  }

  /**
   * Shows how far it is in words that the caller chooses.
   *
   * @param step what is done; where nobody watches, the words are printed when it changes
   */
  void show(String step, long done, long total, String words) {
    long percent = percent(done, total);
    if (watched) {
      out.print(CLEAR + bar(percent) + words);
      out.flush();
      return;
    }
    String now = step + percent / 10;
    if (!now.equals(told)) {
      told = now;
      out.println(words);
      out.flush();
    }
  }

  /** Takes the bar away. What was printed as lines stays. */
  void clear() {
    out.print(watched ? CLEAR : "");
    out.flush();
  }

  /** Says how many are done of how many: {@code 25 of 100 (25 %)}. */
  static String of(long done, long total) {
    return done + (total == 0 ? "" : " of " + total + " (" + percent(done, total) + " %)");
  }

  /** Says how long it is: {@code 2 min 05 s}. */
  static String span(long seconds) {
    Duration span = Duration.ofSeconds(seconds);
    return span.toHours() > 0
        ? String.format(Locale.ROOT, "%d h %02d min", span.toHours(), span.toMinutesPart())
        : String.format(Locale.ROOT, "%d min %02d s", span.toMinutes(), span.toSecondsPart());
  }

  private static long perSecond(long done, long nanos) {
    return nanos <= 0 ? 0 : Math.round((double) done * NANOS / nanos);
  }

  private static long percent(long done, long total) {
    return total == 0 ? 0 : Math.min(PERCENT, done * PERCENT / total);
  }

  private static String bar(long percent) {
    int full = Math.toIntExact(percent * BAR / PERCENT);
    return Style.GOOD.of("█".repeat(full), true)
        + Style.FAINT.of("░".repeat(BAR - full), true)
        + " ";
  }
}
