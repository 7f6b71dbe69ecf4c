package io.leadgauge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/**
 * How far a backfill is, in one line that changes; where nobody watches, a line for each tenth of
 * the way and whenever something else is done. Not thread-safe.
 */
final class BackfillBar {
  private static final int BAR = 30;
  private static final int PERCENT = 100;
  private static final String CLEAR = "\r\u001b[2K";

  private final PrintWriter out;
  private final boolean watched;
  private String told = "";

  BackfillBar(Terminal terminal) {
    this.out = terminal.out();
    this.watched = terminal.colour();
  }

  /** Shows how far it is. */
  void show(JsonNode progress) {
    if (!progress.path("running").asBoolean()) {
      return;
    }
    if (watched) {
      out.print(CLEAR + bar(progress) + words(progress));
      out.flush();
      return;
    }
    String step = progress.path("phase").asText() + percent(progress) / 10 + trouble(progress);
    if (!step.equals(told)) {
      told = step;
      out.println(words(progress));
      out.flush();
    }
  }

  /** Says how it ended, or what is to be done next. */
  void end(String connection, JsonNode progress) {
    out.print(watched ? CLEAR : "");
    long moved = 0;
    for (JsonNode stage : progress.path("moves")) {
      moved += stage.asLong();
    }
    String read = progress.path("done").asLong() + " contacts of " + connection + " read";
    long gone = progress.path("gone").asLong();
    switch (progress.path("phase").asText()) {
      case "done" -> out.println("Done: " + read + ", " + gone + " known ones are gone.");
      case "paused" ->
          out.println(
              "Paused: "
                  + read
                  + "; "
                  + moved
                  + " would be moved to another stage, more than the guard. Let them by:"
                  + " leadgauge approve "
                  + connection);
      default -> out.println("On its way: " + read + " so far.");
    }
  }

  private static long percent(JsonNode progress) {
    long total = progress.path("total").asLong();
    return total == 0 ? 0 : progress.path("done").asLong() * PERCENT / total;
  }

  private static String bar(JsonNode progress) {
    int full = Math.toIntExact(percent(progress) * BAR / PERCENT);
    return Style.GOOD.of("█".repeat(full), true)
        + Style.FAINT.of("░".repeat(BAR - full), true)
        + " ";
  }

  private static String words(JsonNode progress) {
    String said =
        switch (progress.path("phase").asText()) {
          case "reading" -> reading(progress);
          case "missing" -> "looking for contacts that are gone";
          case "counting" -> "counting what would be moved";
          case "releasing" -> "letting the CRM be written";
          default -> progress.path("phase").asText();
        };
    return said + trouble(progress);
  }

  private static String reading(JsonNode progress) {
    long total = progress.path("total").asLong();
    String of = total == 0 ? "" : " of " + total + " (" + percent(progress) + " %)";
    String rate = ", " + progress.path("perSecond").asLong() + " a second";
    String left =
        progress.path("secondsLeft").isNumber()
            ? ", " + span(progress.path("secondsLeft").asLong()) + " left"
            : "";
    return progress.path("done").asLong() + of + rate + left;
  }

  private static String trouble(JsonNode progress) {
    String trouble = progress.path("trouble").asText();
    return trouble.isEmpty() ? "" : "; waits: " + trouble;
  }

  private static String span(long seconds) {
    Duration span = Duration.ofSeconds(seconds);
    return span.toHours() > 0
        ? String.format(Locale.ROOT, "%d h %02d min", span.toHours(), span.toMinutesPart())
        : String.format(Locale.ROOT, "%d min %02d s", span.toMinutes(), span.toSecondsPart());
  }
}
