package io.leadgauge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;

/** How far a backfill is, as {@code serve} tells it, and how it ended. Not thread-safe. */
final class BackfillBar {
  private final PrintWriter out;
  private final ProgressBar bar;

  BackfillBar(Terminal terminal) {
    this.out = terminal.out();
    this.bar = new ProgressBar(out, terminal.colour(), terminal.clock());
  }

  /** Shows how far it is. */
  void show(JsonNode progress) {
    if (progress.path("running").asBoolean()) {
      bar.show(
          progress.path("phase").asText() + trouble(progress),
          progress.path("done").asLong(),
          progress.path("total").asLong(),
          words(progress));
    }
  }

  /** Says how it ended, or what is to be done next. */
  void end(String connection, JsonNode progress) {
    bar.clear();
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
    String rate = ", " + progress.path("perSecond").asLong() + " a second";
    String left =
        progress.path("secondsLeft").isNumber()
            ? ", " + ProgressBar.span(progress.path("secondsLeft").asLong()) + " left"
            : "";
    return ProgressBar.of(progress.path("done").asLong(), progress.path("total").asLong())
        + rate
        + left;
  }

  private static String trouble(JsonNode progress) {
    String trouble = progress.path("trouble").asText();
    return trouble.isEmpty() ? "" : "; waits: " + trouble;
  }
}
