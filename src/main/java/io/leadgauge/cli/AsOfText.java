package io.leadgauge.cli;

import io.leadgauge.manifest.Millionths;
import io.leadgauge.model.Contribution;
import io.leadgauge.replay.AsOf;
import io.leadgauge.replay.Learned;
import io.leadgauge.scoring.Score;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How a contact was seen at an instant, and how it is seen now, as a page for people. */
final class AsOfText {
  private static final String INDENT = "  ";

  private final AsOf asOf;
  private final PrintWriter out;
  private final boolean colour;
  private final int width;
  private final StoryWords words;

  AsOfText(AsOf asOf, Terminal terminal) {
    this.asOf = asOf;
    this.out = terminal.out();
    this.colour = terminal.colour();
    this.width = terminal.width();
    this.words = new StoryWords(asOf.contact());
  }

  /** Prints the page. */
  void print() {
    out.println(
        Style.STRONG.of(StoryWords.name(asOf.contact()), colour)
            + " of "
            + asOf.contact().connection()
            + " at "
            + StoryWords.instant(asOf.at()));
    if (asOf.emptied() > 0) {
      String warning =
          Tally.counted(asOf.emptied(), "entry was", "entries were")
              + " emptied by retention: what they told and a later one told again is missing here";
      Wrapping.of(warning, width).forEach(line -> out.println(Style.DOUBTFUL.of(line, colour)));
    }
    head("What was known then");
    standings(asOf.known());
    held(asOf.known());
    head("What had happened then, by all that is known now");
    standings(asOf.happened());
    differences();
    late();
  }

  private void head(String text) {
    out.println();
    out.println(Style.STRONG.of(text, colour));
  }

  private void standings(AsOf.Seen seen) {
    if (seen.scores().isEmpty()) {
      line("not scored");
    }
    for (AsOf.Standing standing : seen.scores()) {
      Score score = standing.score();
      line(
          standing.model()
              + ": "
              + Style.STRONG.of(score.scored() ? score.total() + "" : "not scored", colour)
              + also("grade ", score.grade())
              + also("label ", standing.label())
              + also("stage ", standing.stage()));
      int points =
          score.contributions().stream().mapToInt(one -> points(one).length()).max().orElse(0);
      int rule =
          score.contributions().stream().mapToInt(one -> one.rule().length()).max().orElse(0);
      score.contributions().forEach(one -> contribution(one, points, rule));
    }
  }

  private static String also(String what, @Nullable String value) {
    return value == null ? "" : ", " + what + value;
  }

  private static String points(Contribution line) {
    return (line.points() > 0 ? "+" : "") + Millionths.text(line.points());
  }

  private void contribution(Contribution line, int points, int rule) {
    String number = points(line);
    int indent = 4 + points + 2 + rule + 2;
    String head =
        INDENT
            + " ".repeat(points - number.length())
            + (line.points() < 0 ? Style.BAD : Style.GOOD).of(number, colour)
            + "  "
            + line.rule()
            + " ".repeat(rule - line.rule().length())
            + "  ";
    List<String> reason = Wrapping.of(line.reason(), width - indent);
    line(head + String.join("\n" + " ".repeat(indent), reason));
  }

  private void held(AsOf.Seen seen) {
    seen.properties().forEach((name, value) -> wrapped(name + ": \"" + value + "\""));
    seen.activities().forEach((type, count) -> line(type + ": " + count + " times"));
  }

  private void differences() {
    if (asOf.difference().isEmpty()) {
      line("no score differs");
      return;
    }
    head("The difference is late data");
    LedgerText ledger = new LedgerText(width - INDENT.length(), colour);
    asOf.difference().forEach(movement -> ledger.of(movement).forEach(this::line));
    Set<String> others = new TreeSet<>();
    asOf.happened()
        .properties()
        .forEach(
            (name, value) -> {
              if (!value.equals(asOf.known().properties().get(name))) {
                others.add(name);
              }
            });
    if (!others.isEmpty()) {
      wrapped("other values: " + String.join(", ", others));
    }
  }

  private void late() {
    boolean headed = false;
    for (AsOf.Late one : asOf.late()) {
      Learned learned = new Learned(one.fact(), Learned.Effect.HOLDS, null);
      String text = words.of(learned, one.receivedAt()).orElse("");
      if (!text.isEmpty()) {
        if (!headed) {
          head("What came late");
          headed = true;
        }
        wrapped(
            "#"
                + one.sequence()
                + " "
                + StoryWords.instant(one.receivedAt())
                + ", "
                + Spans.of(one.receivedAt() - asOf.at())
                + " later: "
                + text);
      }
    }
  }

  private void wrapped(String text) {
    line(String.join("\n    ", Wrapping.of(text, width - 4)));
  }

  private void line(String text) {
    out.println(INDENT + text);
  }
}
