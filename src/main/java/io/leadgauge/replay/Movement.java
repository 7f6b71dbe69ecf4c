package io.leadgauge.replay;

import io.leadgauge.model.Contribution;
import io.leadgauge.scoring.Score;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A change of a contact's score by one model. The parts sum exactly to it: what the score was, and
 * the points of all shifts, are what it is now.
 *
 * @param model the model's name
 * @param modelHash hash of the meaning of the model that gave the newer ledger
 * @param before the older ledger; null where the contact was not scored
 * @param after the newer ledger; null where the contact is not scored any more
 * @param shifts the lines that moved, in the order of the newer ledger, lines that are gone last;
 *     copied
 */
public record Movement(
    String model,
    String modelHash,
    @Nullable Score before,
    @Nullable Score after,
    List<Shift> shifts) {
  public Movement {
    shifts = List.copyOf(shifts);
  }

  /** Compares two ledgers of one model; a score of who is not scored counts as none. */
  static Movement between(
      String model, String modelHash, @Nullable Score before, @Nullable Score after) {
    Score older = before != null && before.scored() ? before : null;
    Score newer = after != null && after.scored() ? after : null;
    return new Movement(model, modelHash, older, newer, shifts(lines(older), lines(newer)));
  }

  private static Map<String, Contribution> lines(@Nullable Score score) {
    Map<String, Contribution> lines = new LinkedHashMap<>();
    if (score != null) {
      score.contributions().forEach(line -> lines.put(line.dimension() + " " + line.rule(), line));
    }
    return lines;
  }

  private static List<Shift> shifts(
      Map<String, Contribution> before, Map<String, Contribution> after) {
    List<Shift> shifts = new ArrayList<>();
    after.forEach((key, line) -> add(shifts, before.get(key), line));
    before.forEach(
        (key, line) -> {
          if (!after.containsKey(key)) {
            shifts.add(new Shift(line.rule(), line.dimension(), line.points(), 0, line.reason()));
          }
        });
    return shifts;
  }

  private static void add(List<Shift> shifts, @Nullable Contribution before, Contribution line) {
    long was = before == null ? 0 : before.points();
    if (was != line.points()) {
      shifts.add(new Shift(line.rule(), line.dimension(), was, line.points(), line.reason()));
    }
  }

  /** Tells whether anything moved: a line of the ledger, the grade, or whether there is a score. */
  public boolean isChange() {
    return !shifts.isEmpty()
        || (before == null) != (after == null)
        || (before != null && after != null && isOtherwise(before, after));
  }

  private static boolean isOtherwise(Score before, Score after) {
    return !Objects.equals(before.grade(), after.grade())
        || !before.disqualified().equals(after.disqualified());
  }

  /** Tells whether a CRM would show it: by the total, the grade, or a disqualification. */
  public boolean isVisible() {
    if (before == null || after == null) {
      return (before == null) != (after == null);
    }
    return before.total() != after.total() || isOtherwise(before, after);
  }

  /** Returns the change of the shown total, in whole points; no score counts as 0. */
  public long points() {
    return (after == null ? 0 : after.total()) - (before == null ? 0 : before.total());
  }
}
