package io.leadgauge.cli;

import io.leadgauge.manifest.Millionths;
import io.leadgauge.replay.Movement;
import io.leadgauge.replay.Shift;
import io.leadgauge.scoring.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a score moved, as lines: the totals, then each line of the ledger that moved. */
final class LedgerText {
  private final int width;
  private final boolean colour;

  LedgerText(int width, boolean colour) {
    this.width = width;
    this.colour = colour;
  }

  /** Returns the lines, none longer than the width if that can be helped. */
  List<String> of(Movement movement) {
    List<String> lines = new ArrayList<>();
    lines.add(
        movement.model()
            + ": "
            + Style.STRONG.of(total(movement.before()) + " → " + total(movement.after()), colour)
            + change(movement));
    Score before = movement.before();
    Score after = movement.after();
    String gradeBefore = before == null ? null : before.grade();
    String gradeAfter = after == null ? null : after.grade();
    if (!Objects.equals(gradeBefore, gradeAfter)) {
      lines.add("  grade " + orNone(gradeBefore) + " → " + orNone(gradeAfter));
    }
    if (after != null && !after.disqualified().equals(disqualified(before))) {
      lines.add("  " + disqualification(after));
    }
    int points = movement.shifts().stream().mapToInt(LedgerText::length).max().orElse(0);
    int rule = movement.shifts().stream().mapToInt(one -> one.rule().length()).max().orElse(0);
    movement.shifts().forEach(shift -> add(lines, shift, points, rule));
    return lines;
  }

  private static List<String> disqualified(@Nullable Score score) {
    return score == null ? List.of() : score.disqualified();
  }

  private String disqualification(Score score) {
    return score.disqualified().isEmpty()
        ? Style.GOOD.of("disqualified no more", colour)
        : Style.BAD.of("disqualified: " + String.join("; ", score.disqualified()), colour);
  }

  private static String total(@Nullable Score score) {
    return score == null ? "not scored" : Long.toString(score.total());
  }

  private String change(Movement movement) {
    if (movement.before() == null || movement.after() == null || movement.points() == 0) {
      return "";
    }
    return " (" + styled(movement.points() * Millionths.ONE, signed(movement.points())) + ")";
  }

  private static String signed(long points) {
    return (points > 0 ? "+" : "") + points;
  }

  private String styled(long points, String text) {
    return (points < 0 ? Style.BAD : Style.GOOD).of(text, colour);
  }

  private static String orNone(@Nullable String grade) {
    return grade == null ? "none" : grade;
  }

  private static String points(Shift shift) {
    return (shift.points() > 0 ? "+" : "") + Millionths.text(shift.points());
  }

  private static int length(Shift shift) {
    return points(shift).length();
  }

  private void add(List<String> lines, Shift shift, int points, int rule) {
    String number = points(shift);
    String head =
        "  "
            + " ".repeat(points - number.length())
            + styled(shift.points(), number)
            + "  "
            + shift.rule()
            + " ".repeat(rule - shift.rule().length())
            + "  ";
    int indent = 2 + points + 2 + rule + 2;
    String was = shift.before() == 0 ? "" : " (gave " + Millionths.text(shift.before()) + ")";
    lines.add(
        head
            + String.join(
                "\n" + " ".repeat(indent), Wrapping.of(shift.reason() + was, width - indent)));
  }
}
