package io.leadgauge.cli;

import io.leadgauge.model.RecordRef;
import io.leadgauge.replay.Life;
import java.io.PrintWriter;
import java.util.List;
import java.util.StringJoiner;

/** The life of a contact as a page for people, in the order of the journal. */
final class LifeText {
  private static final int MOST_NAMED = 8;

  private final Life life;
  private final Terminal terminal;
  private final PrintWriter out;
  private final boolean colour;

  LifeText(Life life, Terminal terminal) {
    this.life = life;
    this.terminal = terminal;
    this.out = terminal.out();
    this.colour = terminal.colour();
  }

  /** Prints the page. */
  void print() {
    out.println(
        Style.STRONG.of(StoryWords.name(life.contact()), colour)
            + " of "
            + life.contact().connection()
            + ", times in UTC");
    also("also told of", life.relations().own().stream().skip(1).toList());
    also("linked to", List.copyOf(life.relations().linked()));
    also("lives on in", List.copyOf(life.relations().survivors()));
    if (life.emptied() > 0) {
      warn(
          Tally.counted(life.emptied(), "entry was", "entries were")
              + " emptied by retention: of what they told, only what still counts is left");
    }
    if (life.leftOut() > 0) {
      warn(
          Tally.counted(life.leftOut(), "older entry is", "older entries are")
              + " left out; --limit shows more");
    }
    life.refused()
        .forEach(
            field ->
                warn(
                    "the CRM refuses "
                        + field.property()
                        + " of any contact since "
                        + StoryWords.instant(field.since())
                        + ": "
                        + field.message()));
    MomentText moments = new MomentText(life.contact(), terminal);
    life.moments().forEach(moments::print);
  }

  private void warn(String text) {
    Wrapping.of(text, terminal.width())
        .forEach(line -> out.println(Style.DOUBTFUL.of(line, colour)));
  }

  private void also(String head, List<RecordRef> records) {
    if (records.isEmpty()) {
      return;
    }
    StringJoiner names = new StringJoiner(", ");
    records.stream().limit(MOST_NAMED).forEach(ref -> names.add(StoryWords.name(ref)));
    int more = records.size() - MOST_NAMED;
    String text = head + " " + names + (more > 0 ? " and " + more + " more" : "");
    out.println(String.join("\n  ", Wrapping.of(text, terminal.width() - 2)));
  }
}
