package io.leadgauge.cli;

import io.leadgauge.manifest.Millionths;
import io.leadgauge.replay.Flow;
import io.leadgauge.replay.HandOverDays;
import io.leadgauge.replay.Kind;
import io.leadgauge.replay.ManifestChange;
import io.leadgauge.replay.ModelDifference;
import io.leadgauge.replay.ModelDifference.Move;
import io.leadgauge.replay.Parts;
import io.leadgauge.replay.Parts.Part;
import io.leadgauge.replay.Side;
import io.leadgauge.replay.Terms;
import io.leadgauge.replay.Threshold;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What another model would have changed, for people. */
final class DifferenceText {
  private static final int WIDE = 92;
  private static final int SHORT_HASH = 8;
  private static final int MOST_MOVES = 6;
  private static final int MOST_PARTS = 15;
  private static final int MOST_PARTS_OF_ONE = 4;
  private static final String NOTHING = "nothing";
  private static final String TOGETHER = "all parts together";

  private final ModelDifference difference;
  private final int width;
  private final boolean colour;
  private final List<String> lines = new ArrayList<>();

  DifferenceText(ModelDifference difference, int width, boolean colour) {
    this.difference = difference;
    this.width = width;
    this.colour = colour;
  }

  /** Returns the lines. */
  List<String> lines() {
    head();
    manifest();
    for (Kind kind : Kind.values()) {
      flows(kind);
    }
    handOvers();
    scores();
    reasons();
    notes();
    return lines;
  }

  private boolean isWide() {
    return width >= WIDE;
  }

  private void title(String text) {
    lines.add("");
    lines.add(Style.STRONG.of(text, colour));
  }

  /** Breaks a text between words. */
  private void wrapped(String text, int first, int others) {
    StringBuilder line = new StringBuilder(" ".repeat(first));
    boolean fresh = true;
    for (String word : text.split(" ", -1)) {
      if (!fresh && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
        line.append(" ".repeat(others)).append(word);
      } else {
        line.append(fresh ? "" : " ").append(word);
      }
      fresh = false;
    }
    lines.add(line.toString());
  }

  // What is compared

  private void head() {
    Terms terms = difference.terms();
    String old = named(terms.old().name(), terms.old().hash());
    String other = named(terms.other().name(), terms.other().hash());
    lines.add(Style.STRONG.of("Old", colour) + "  " + old + ", in force on " + terms.scope().id());
    lines.add(Style.STRONG.of("New", colour) + "  " + other);
    wrapped(
        count(difference.contacts())
            + (difference.contacts() == 1 ? " contact" : " contacts")
            + ", from "
            + instant(terms.since())
            + " to "
            + instant(terms.until()),
        0,
        2);
  }

  private static String named(String name, String hash) {
    return name + " " + hash.substring(0, SHORT_HASH);
  }

  private static String instant(long at) {
    String text = Instant.ofEpochMilli(at).toString();
    return text.endsWith("T00:00:00Z") ? text.substring(0, text.indexOf('T')) : text;
  }

  private void manifest() {
    title("The models");
    if (difference.changes().isEmpty()) {
      lines.add("  say the same.");
    }
    for (ManifestChange change : difference.changes()) {
      String aspects =
          change.aspects().stream()
              .map(ManifestChange.Aspect::text)
              .collect(Collectors.joining(", "));
      String what = change.what() + (change.name().isEmpty() ? "" : " " + change.name());
      String said =
          switch (change.way()) {
            case ADDED -> what + " is new";
            case REMOVED -> what + " is gone";
            case CHANGED -> what + ": " + aspects;
          };
      wrapped(change.way().sign() + " " + said, 2, 6);
    }
  }

  // Who is where

  private void flows(Kind kind) {
    Map<String, Flow> flows = difference.flows(kind);
    if (flows.isEmpty()) {
      return;
    }
    title(
        switch (kind) {
          case LABEL -> "Labels";
          case GRADE -> "Grades";
          case STAGE -> "Stages";
          case SEGMENT -> "Segments";
        });
    int names = nameWidth(flows.keySet().stream().map(String::length).toList());
    lines.add(
        isWide()
            ? pad("", names) + right("at the end", 29) + right("entered", 20) + right("left", 20)
            : pad("", names) + right("at the end", 15) + right("entered", 15) + right("left", 15));
    lines.add(Style.FAINT.of(isWide() ? wideHead(names) : narrowHead(names), colour));
    flows.forEach((name, flow) -> lines.add(row(pad("  " + name, names), flow)));
    moves(kind);
  }

  private int nameWidth(List<Integer> lengths) {
    int longest = lengths.stream().max(Comparator.naturalOrder()).orElse(0);
    return Math.clamp(longest + 2L, 12, Math.max(12, width - (isWide() ? 69 : 45)));
  }

  private static String wideHead(int names) {
    return pad("", names)
        + right("old", 9)
        + right("new", 9)
        + right("change", 11)
        + (right("old", 11) + right("new", 9)).repeat(2);
  }

  private static String narrowHead(int names) {
    return pad("", names) + right("old → new", 15).repeat(3);
  }

  private String row(String name, Flow flow) {
    long change = flow.held(Side.NEW) - flow.held(Side.OLD);
    if (isWide()) {
      return name
          + right(count(flow.held(Side.OLD)), 9)
          + right(count(flow.held(Side.NEW)), 9)
          + styled(change, right(signed(change), 11))
          + right(count(flow.entered(Side.OLD)), 11)
          + right(count(flow.entered(Side.NEW)), 9)
          + right(count(flow.left(Side.OLD)), 11)
          + right(count(flow.left(Side.NEW)), 9);
    }
    return name
        + right(fromTo(flow.held(Side.OLD), flow.held(Side.NEW)), 15)
        + right(fromTo(flow.entered(Side.OLD), flow.entered(Side.NEW)), 15)
        + right(fromTo(flow.left(Side.OLD), flow.left(Side.NEW)), 15);
  }

  private static String fromTo(long old, long other) {
    return old + " → " + other;
  }

  private String styled(long change, String text) {
    Style style = change == 0 ? Style.FAINT : change > 0 ? Style.GOOD : Style.DOUBTFUL;
    return style.of(text, colour);
  }

  private void moves(Kind kind) {
    List<Map.Entry<Move, Long>> moves = new ArrayList<>(difference.moves(kind).entrySet());
    if (moves.isEmpty()) {
      lines.add("  Nobody is elsewhere at the end.");
      return;
    }
    moves.sort(
        Map.Entry.<Move, Long>comparingByValue()
            .reversed()
            .thenComparing(Map.Entry.comparingByKey()));
    long all = moves.stream().mapToLong(Map.Entry::getValue).sum();
    String named =
        moves.stream()
            .limit(MOST_MOVES)
            .map(
                one ->
                    orNothing(one.getKey().from())
                        + " → "
                        + orNothing(one.getKey().to())
                        + " "
                        + count(one.getValue()))
            .collect(Collectors.joining(", "));
    long others = moves.stream().skip(MOST_MOVES).mapToLong(Map.Entry::getValue).sum();
    wrapped(
        "Elsewhere at the end: "
            + count(all)
            + ". "
            + named
            + (others == 0 ? "" : ", otherwise " + count(others)),
        2,
        4);
  }

  private static String orNothing(String value) {
    return value.isEmpty() ? NOTHING : value;
  }

  // Hand-offs

  private void handOvers() {
    HandOverDays old = difference.handOvers(Side.OLD);
    HandOverDays other = difference.handOvers(Side.NEW);
    title("Hand-offs to sales");
    if (old.total() == 0 && other.total() == 0) {
      lines.add("  None by either model.");
    } else {
      lines.add(Style.FAINT.of(pad("", 26) + right("old", 17) + right("new", 17), colour));
      compared("  in all", count(old.total()), count(other.total()));
      compared(
          "  a working day", hundredths(old.perWorkingDay()), hundredths(other.perWorkingDay()));
      compared("  most on a day", worst(old), worst(other));
      compared("  that day", worstDay(old), worstDay(other));
      Long capacity = difference.terms().capacity();
      if (capacity != null) {
        compared(
            "  days with more than " + capacity,
            count(old.daysAbove(capacity)),
            count(other.daysAbove(capacity)));
      }
    }
    Threshold threshold = difference.threshold();
    if (threshold != null) {
      wrapped(said(threshold), 2, 2);
    }
  }

  private void compared(String what, String old, String other) {
    lines.add(pad(what, 26) + right(old, 17) + right(other, 17));
  }

  private static String worst(HandOverDays days) {
    LocalDate worst = days.worst();
    return worst == null ? "-" : count(days.on(worst));
  }

  private static String worstDay(HandOverDays days) {
    LocalDate worst = days.worst();
    return worst == null ? "-" : worst.toString();
  }

  private static String said(Threshold threshold) {
    HandOverDays days = threshold.days();
    if (threshold.isMet()) {
      return "The new model hands over at most " + threshold.capacity() + " a day as it is.";
    }
    if (days == null || threshold.total() == null) {
      return "No total that anybody reaches would keep every day within "
          + threshold.capacity()
          + ".";
    }
    return "With \"and total >= "
        + threshold.total()
        + "\" where the stage is entered, every day stays within "
        + threshold.capacity()
        + ": "
        + count(days.total())
        + " in all, "
        + hundredths(days.perWorkingDay())
        + " a working day. With a point less, not.";
  }

  // Why

  private void scores() {
    Parts parts = difference.parts();
    title("Scores at the end, summed");
    wrapped(
        points(parts.before())
            + " by the old model ("
            + count(difference.scored(Side.OLD))
            + " scored), "
            + points(parts.after())
            + " by the new ("
            + count(difference.scored(Side.NEW))
            + " scored)",
        2,
        2);
    if (parts.differing().isEmpty()) {
      lines.add("  No rule gives anything else.");
      return;
    }
    List<Part> differing = parts.differing();
    int names =
        Math.max(
            TOGETHER.length() + 2,
            nameWidth(
                differing.stream().limit(MOST_PARTS).map(one -> name(one).length()).toList()));
    lines.add(Style.FAINT.of(partsHead(names), colour));
    differing.stream()
        .limit(MOST_PARTS)
        .forEach(one -> part(names, name(one), one.before(), one.after()));
    List<Part> others = differing.stream().skip(MOST_PARTS).toList();
    if (!others.isEmpty()) {
      part(
          names,
          "and " + others.size() + " more",
          others.stream().mapToLong(Part::before).sum(),
          others.stream().mapToLong(Part::after).sum());
    }
    String sum = right(signedPoints(parts.difference()), isWide() ? 57 : 19);
    lines.add(Style.STRONG.of(pad("  " + TOGETHER, names) + sum, colour));
  }

  private String partsHead(int names) {
    return isWide()
        ? pad("", names) + right("old", 19) + right("new", 19) + right("difference", 19)
        : pad("", names) + right("difference", 19);
  }

  private void part(int names, String name, long before, long after) {
    String sums = isWide() ? right(points(before), 19) + right(points(after), 19) : "";
    lines.add(
        pad("  " + name, names)
            + sums
            + styled(after - before, right(signedPoints(after - before), 19)));
  }

  private static String name(Part part) {
    boolean said = part.dimension().isEmpty() || part.rule().startsWith("_");
    return part.rule() + (said ? "" : " (" + part.dimension() + ")");
  }

  private void reasons() {
    List<String> said = new ArrayList<>();
    difference
        .flows(Kind.LABEL)
        .forEach(
            (label, flow) -> {
              reason(said, "come to " + label, flow.gained());
              reason(said, "go from " + label, flow.lost());
            });
    if (!said.isEmpty()) {
      title("Why contacts have another label at the end");
      said.forEach(one -> wrapped(one, 2, 4));
    }
  }

  private static void reason(List<String> said, String what, Parts parts) {
    if (parts.contacts() == 0) {
      return;
    }
    List<Part> differing = parts.differing();
    String named =
        differing.stream()
            .limit(MOST_PARTS_OF_ONE)
            .map(one -> one.rule() + " " + signedPoints(one.difference()))
            .collect(Collectors.joining(", "));
    long others = differing.stream().skip(MOST_PARTS_OF_ONE).mapToLong(Part::difference).sum();
    boolean more = differing.size() > MOST_PARTS_OF_ONE;
    said.add(
        count(parts.contacts())
            + " "
            + what
            + ", "
            + signedPoints(parts.difference())
            + " points"
            + (named.isEmpty() ? "" : ": " + named)
            + (more ? ", others " + signedPoints(others) : ""));
  }

  private void notes() {
    List<String> notes = new ArrayList<>();
    if (!difference.unknown().isEmpty()) {
      notes.add(
          "Only the new model reads "
              + String.join(", ", difference.unknown())
              + ", and no contact has it: it was never read from the CRM, or nobody ever had it.");
    }
    if (difference.terms().old().use().stages() == null) {
      notes.add("This model moves no stages here, so none is entered and nobody is handed over.");
    }
    if (!difference.strangeStages().isEmpty()) {
      notes.add(
          "The connection does not say what "
              + String.join(", ", difference.strangeStages())
              + " means in the CRM, so it is never entered; add it under stages.");
    }
    if (!notes.isEmpty()) {
      title("Mind");
      notes.forEach(note -> wrapped(note, 2, 2));
    }
  }

  // Numbers

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String signed(long number) {
    return number > 0 ? "+" + count(number) : count(number);
  }

  private static String hundredths(long number) {
    return String.format(Locale.ROOT, "%,d.%02d", number / 100, number % 100);
  }

  /** Returns points to the last digit, so that what is printed can be added up. */
  private static String points(long millionths) {
    return String.format(Locale.ROOT, "%,.6f", Millionths.decimal(millionths))
        .replaceFirst("\\.?0+$", "");
  }

  private static String signedPoints(long millionths) {
    return (millionths > 0 ? "+" : "") + points(millionths);
  }

  /** Fills a text up to so many columns; a longer one is cut. */
  private static String pad(String text, int columns) {
    return text.length() > columns
        ? text.substring(0, columns - 1) + "…"
        : text + " ".repeat(columns - text.length());
  }

  private static String right(String text, int columns) {
    return " ".repeat(Math.max(1, columns - text.length())) + text;
  }
}
