package io.leadgauge.replay;

import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordRef;
import io.leadgauge.scoring.Score;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A contact at an instant of the past, seen twice: as it was known then, and as it is known now
 * that it was. Both are scored at that instant, by the version that was in force.
 *
 * @param contact who it is
 * @param at the instant
 * @param known by what had come by then
 * @param happened by what had happened by then, whenever it came
 * @param late what had happened by then and came later, in the order in which it came; copied
 * @param difference how the score by what had happened differs from the one that was known, a model
 *     each; copied
 * @param emptied how many of the entries have no body any more: what they told and an entry after
 *     the instant told again is known by that one alone
 */
public record AsOf(
    RecordRef contact,
    long at,
    Seen known,
    Seen happened,
    List<Late> late,
    List<Movement> difference,
    int emptied) {
  public AsOf {
    late = List.copyOf(late);
    difference = List.copyOf(difference);
  }

  /**
   * One way of seeing it.
   *
   * @param scores where it stood, a model each; empty while it was not scored; copied
   * @param properties what it held, by the platform's name; reserved names left out; copied
   * @param activities how often it had done what, by type; copied
   */
  public record Seen(
      List<Standing> scores,
      SortedMap<String, String> properties,
      SortedMap<String, Integer> activities) {
    public Seen {
      scores = List.copyOf(scores);
      properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
      activities = Collections.unmodifiableSortedMap(new TreeMap<>(activities));
    }
  }

  /**
   * Where it stood by one model.
   *
   * @param label what was decided by what was known; what would have been decided next by what had
   *     happened; null for none
   * @param stage the same of the stage
   */
  public record Standing(
      String model,
      String modelHash,
      Score score,
      @Nullable String label,
      @Nullable String stage) {}

  /**
   * A fact that came late.
   *
   * @param fact the fact
   * @param sequence the entry that told it first
   * @param receivedAt when that came
   */
  public record Late(Fact fact, long sequence, long receivedAt) {}
}
