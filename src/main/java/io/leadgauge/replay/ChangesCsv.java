package io.leadgauge.replay;

import io.leadgauge.store.StoredContact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Writes a line for each contact and change: contacts in the order of the store, of each one its
 * changes by time, at one instant those by the old model first. Not thread-safe.
 */
public final class ChangesCsv implements ModelDiff.Taker {
  private static final String HEAD = "contact,at,model,what,from,to\n";

  private final Appendable out;

  /** A line: when, by which model, and what it says. */
  private record Line(long at, Side side, String what, String from, String to) {}

  /** What is equal by this keeps the order of the course. */
  private static final Comparator<Line> ORDER =
      Comparator.comparingLong(Line::at).thenComparing(Line::side);

  /**
   * Begins with the names of the columns.
   *
   * @param out flushed and closed by the caller
   */
  public ChangesCsv(Appendable out) {
    this.out = out;
    append(HEAD);
  }

  @Override
  public void take(StoredContact contact, Course old, Course other) {
    List<Line> lines = new ArrayList<>();
    add(lines, Side.OLD, old);
    add(lines, Side.NEW, other);
    lines.sort(ORDER);
    String who = contact.ref().type() + "/" + contact.ref().id();
    for (Line line : lines) {
      append(
          String.join(
              ",",
              cell(who),
              Instant.ofEpochMilli(line.at).toString(),
              line.side.word(),
              line.what,
              cell(line.from),
              cell(line.to) + "\n"));
    }
  }

  private static void add(List<Line> lines, Side side, Course course) {
    for (Course.Change change : course.changes()) {
      lines.add(new Line(change.at(), side, change.kind().word(), change.from(), change.to()));
    }
    for (Course.HandOver one : course.handOvers()) {
      lines.add(new Line(one.at(), side, "hand-off", "", one.stage()));
    }
  }

  private static String cell(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  private void append(String text) {
    try {
      out.append(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
