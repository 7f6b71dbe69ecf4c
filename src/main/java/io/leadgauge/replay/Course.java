package io.leadgauge.replay;

import io.leadgauge.model.Decision;
import io.leadgauge.model.Decision.StageMark;
import io.leadgauge.scoring.Placing;
import io.leadgauge.scoring.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What became of one contact by one model: written down while its life is simulated. Not
 * thread-safe.
 */
public final class Course {
  private final long since;
  private final List<Change> changes = new ArrayList<>();
  private final List<HandOver> handOvers = new ArrayList<>();
  private Holding holding = Holding.NOTHING;
  private boolean everEntered;
  private @Nullable Score score;
  private Set<String> known = Set.of();

  /**
   * @param since what happened before is not written down
   */
  Course(long since) {
    this.since = since;
  }

  /**
   * A contact that came to hold something else.
   *
   * @param at when
   * @param from what it held, empty for nothing
   * @param to what it holds since, empty for nothing
   */
  public record Change(long at, Kind kind, String from, String to) {}

  /** A contact that was handed over to sales. */
  public record HandOver(long at, String stage) {}

  /** Notes where the contact is placed from an instant on. */
  void placed(long at, Decision before, Placing placing) {
    for (StageMark mark : placing.decision().stages()) {
      Decision.HandOff handOff = mark.handOff();
      everEntered |= mark.entered() && handOff != null;
      if (handOff != null && handOff.at() == at && at >= since && !isDone(before, mark, at)) {
        handOvers.add(new HandOver(at, mark.stage()));
      }
    }
    hold(at, Holding.of(placing));
  }

  private static boolean isDone(Decision before, StageMark mark, long at) {
    Decision.HandOff last = before.mark(mark.stage()).map(StageMark::handOff).orElse(null);
    return last != null && last.at() == at;
  }

  /** Notes that the contact is gone from an instant on, or is placed nowhere. */
  void gone(long at) {
    hold(at, Holding.NOTHING);
  }

  private void hold(long at, Holding now) {
    if (now.equals(holding)) {
      return;
    }
    for (Kind kind : Kind.values()) {
      if (at >= since && !now.get(kind).equals(holding.get(kind))) {
        changes.add(new Change(at, kind, holding.get(kind), now.get(kind)));
      }
    }
    holding = now;
  }

  /**
   * Notes the score at the end.
   *
   * @param names the properties that have a value then, and the types of what the contact did
   */
  void ended(Score last, Set<String> names) {
    score = last;
    known = names;
  }

  /** Returns the properties that have a value at the end, and the types of what it ever did. */
  Set<String> known() {
    return known;
  }

  /** Returns what it came to hold, in order of time; not to be changed. */
  public List<Change> changes() {
    return changes;
  }

  /** Returns when it was handed over, in order of time; not to be changed. */
  public List<HandOver> handOvers() {
    return handOvers;
  }

  /** Returns where the contact is at the end. */
  Holding holding() {
    return holding;
  }

  /** Tells whether the contact ever entered a stage that hands over. */
  boolean everEntered() {
    return everEntered;
  }

  /** Returns the score at the end; null for a contact that is not there, or not scored. */
  @Nullable Score score() {
    return score != null && score.scored() ? score : null;
  }
}
