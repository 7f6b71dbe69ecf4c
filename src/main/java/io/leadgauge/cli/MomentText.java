package io.leadgauge.cli;

import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordRef;
import io.leadgauge.replay.Learned;
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
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Moments of a contact's life for people, one below the other, under the day. */
final class MomentText {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd EEEE", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final long AT_ONCE_MILLIS = 60_000;
  private static final int WIDE = 72;
  private static final int BESIDE_TIME = 12;
  private static final int BELOW_TIME = 4;

  private final StoryWords words;
  private final PrintWriter out;
  private final boolean colour;
  private final int width;
  private final int indent;
  private final LedgerText ledger;
  private String day = "";
  private @Nullable Moment last;

  /**
   * Begins to print.
   *
   * @param contact whose life it is
   */
  MomentText(RecordRef contact, Terminal terminal) {
    this.words = new StoryWords(contact);
    this.out = terminal.out();
    this.colour = terminal.colour();
    this.width = terminal.width();
    this.indent = width < WIDE ? BELOW_TIME : BESIDE_TIME;
    this.ledger = new LedgerText(width - indent, colour);
  }

  /** Prints one moment; what was decided at once because of the one before, below that. */
  void print(Moment moment) {
    if (moment.occasion() instanceof Occasion.Decided decided && isConsequence(moment, decided)) {
      String head = "#" + moment.sequence() + " " + decided.model() + " decides: ";
      String turns = String.join("; ", turns(decided.turns()));
      String whose = words.whose(decided.contact());
      List<String> lines = new ArrayList<>();
      wrap(lines, whose + head + turns);
      lines.forEach(this::body);
      return;
    }
    last = moment;
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

  private boolean isConsequence(Moment moment, Occasion.Decided decided) {
    return last != null
        && decided.cause() == last.sequence()
        && moment.movements().isEmpty()
        && moment.at() - last.at() < AT_ONCE_MILLIS;
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
    SortedMap<RecordRef, List<String>> empty = new TreeMap<>();
    for (Learned one : moment.learned()) {
      if (isEmptyFromTheFirst(one)) {
        empty
            .computeIfAbsent(one.fact().of(), of -> new ArrayList<>())
            .add(((Fact.Assigned) one.fact()).property());
      } else if (one.isNew()) {
        words.of(one, moment.at()).ifPresent(line -> wrap(lines, line));
      }
    }
    empty.forEach(
        (record, names) -> wrap(lines, words.whose(record) + "empty: " + String.join(", ", names)));
    if (lines.isEmpty() && moment.occasion() instanceof Occasion.Read) {
      lines.add("nothing new");
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
