package io.leadgauge.cli;

import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordRef;
import io.leadgauge.replay.Learned;
import io.leadgauge.replay.Life;
import io.leadgauge.replay.Moment;
import io.leadgauge.replay.Movement;
import io.leadgauge.replay.Occasion;
import io.leadgauge.replay.Turn;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** The life of a contact as a page for people, in the order of the journal. */
final class LifeText {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd EEEE", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int WIDE = 72;
  private static final int BESIDE_TIME = 12;
  private static final int BELOW_TIME = 4;

  private final Life life;
  private final StoryWords words;
  private final PrintWriter out;
  private final boolean colour;
  private final int width;
  private final int indent;
  private final LedgerText ledger;
  private String day = "";

  LifeText(Life life, Terminal terminal) {
    this.life = life;
    this.words = new StoryWords(life.contact());
    this.out = terminal.out();
    this.colour = terminal.colour();
    this.width = terminal.width();
    this.indent = width < WIDE ? BELOW_TIME : BESIDE_TIME;
    this.ledger = new LedgerText(width - indent, colour);
  }

  /** Prints the page. */
  void print() {
    out.println(
        Style.STRONG.of(StoryWords.name(life.contact()), colour)
            + " of "
            + life.contact().connection()
            + ", times in UTC");
    also("also told of ", life.relations().own().stream().skip(1).toList());
    also("moved by     ", List.copyOf(life.relations().linked()));
    also("lives on in  ", List.copyOf(life.relations().survivors()));
    if (life.emptied() > 0) {
      out.println(
          Style.DOUBTFUL.of(
              Tally.counted(life.emptied(), "entry was", "entries were")
                  + " emptied by retention; of what they told, only what still counts is left",
              colour));
    }
    if (life.leftOut() > 0) {
      out.println(
          Tally.counted(life.leftOut(), "older entry is", "older entries are")
              + " left out; --limit shows more");
    }
    life.moments().forEach(this::print);
  }

  private static final int MOST_NAMED = 8;

  private void also(String head, List<RecordRef> records) {
    if (records.isEmpty()) {
      return;
    }
    StringJoiner names = new StringJoiner(", ");
    records.stream().limit(MOST_NAMED).forEach(ref -> names.add(StoryWords.name(ref)));
    int more = records.size() - MOST_NAMED;
    out.println(head + names + (more > 0 ? " and " + more + " more" : ""));
  }

  /** Prints one moment. */
  void print(Moment moment) {
    Instant at = Instant.ofEpochMilli(moment.at());
    if (!DAY.format(at).equals(day)) {
      day = DAY.format(at);
      out.println();
      out.println(Style.STRONG.of(day, colour));
    }
    String number = moment.sequence() == 0 ? "" : "#" + moment.sequence() + " ";
    head(TIME.format(at), number + title(moment.occasion()), style(moment.occasion()));
    lines(moment).forEach(this::body);
  }

  private String title(Occasion occasion) {
    return occasion instanceof Occasion.TimePassed passed
        ? words.of(occasion) + " since " + StoryWords.instant(passed.since())
        : words.of(occasion);
  }

  private void head(String time, String text, Style style) {
    boolean wide = indent == BESIDE_TIME;
    List<String> lines = Wrapping.of(text, width - indent);
    if (!wide) {
      out.println("  " + Style.FAINT.of(time, colour));
    }
    for (int i = 0; i < lines.size(); i++) {
      String left =
          wide && i == 0 ? "  " + Style.FAINT.of(time, colour) + "  " : " ".repeat(indent);
      out.println(left + style.of(lines.get(i), colour));
    }
  }

  private static Style style(Occasion occasion) {
    return switch (occasion) {
      case Occasion.Quarantined quarantined -> Style.BAD;
      case Occasion.Refused refused -> Style.BAD;
      case Occasion.Delivered delivered when delivered.lateBy() > 0 -> Style.DOUBTFUL;
      case Occasion.Delivered delivered -> Style.STRONG;
      case Occasion.Retried retried -> Style.STRONG;
      case Occasion.Read read -> Style.STRONG;
      case Occasion.Written written -> Style.STRONG;
      case Occasion.Decided decided -> Style.STRONG;
      case Occasion.NewVersion version -> Style.STRONG;
      case Occasion.TimePassed passed -> Style.STRONG;
      case Occasion.Earlier earlier -> Style.STRONG;
    };
  }

  private List<String> lines(Moment moment) {
    List<String> lines = new ArrayList<>();
    switch (moment.occasion()) {
      case Occasion.Written written ->
          written
              .values()
              .forEach(
                  (name, value) -> wrap(lines, name + ": " + (value.isEmpty() ? "empty" : value)));
      case Occasion.Decided decided -> turns(decided.turns()).forEach(line -> wrap(lines, line));
      default -> learned(moment, lines);
    }
    for (Movement movement : moment.movements()) {
      lines.addAll(ledger.of(movement));
    }
    return lines;
  }

  private List<String> turns(List<Turn> turns) {
    List<String> shown = turns.stream().flatMap(turn -> words.of(turn).stream()).toList();
    return shown.isEmpty() ? List.of("nothing that shows") : shown;
  }

  private void learned(Moment moment, List<String> lines) {
    List<String> empty = new ArrayList<>();
    for (Learned one : moment.learned()) {
      if (isEmptyFromTheFirst(one)) {
        empty.add(((Fact.Assigned) one.fact()).property());
      } else if (one.isNew()) {
        words.of(one, moment.at()).ifPresent(line -> wrap(lines, line));
      }
    }
    if (!empty.isEmpty()) {
      wrap(lines, "empty: " + String.join(", ", empty));
    }
  }

  private static boolean isEmptyFromTheFirst(Learned learned) {
    return learned.isNew()
        && learned.before() == null
        && learned.fact() instanceof Fact.Assigned assigned
        && !assigned.property().startsWith(Fact.Assigned.RESERVED)
        && assigned.stamp().value().isEmpty();
  }

  private void wrap(List<String> lines, String text) {
    lines.add(String.join("\n  ", Wrapping.of(text, width - indent - 2)));
  }

  private void body(String text) {
    text.lines().forEach(line -> out.println(" ".repeat(indent) + line));
  }
}
