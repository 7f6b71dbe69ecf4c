package io.leadgauge.pipeline;

import io.leadgauge.model.Due;
import io.leadgauge.model.Fact;
import io.leadgauge.model.Fact.Assigned;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody else writes a field of ours, and how often we have put it right. Told by the
 * contact's facts alone, so it outlasts a restart. Pure.
 *
 * @param property the field
 * @param by who wrote it last, in the CRM's words
 * @param until until when it is left to them; 0 while it is put right
 */
record Contest(String property, String by, long until) {
  /** Stands for a writer whom the CRM did not name. */
  static final String SOMEBODY = "somebody";

  private static final long HOUR = Duration.ofHours(1).toMillis();

  /**
   * Looks at a field whose value is not what it should be.
   *
   * @param corrections how often an hour it is put right
   * @return null if the value is not one that somebody wrote over ours
   */
  static @Nullable Contest of(RecordFacts facts, String property, int corrections, long now) {
    List<Stamp> history = facts.history(property);
    Stamp wrote = facts.current(Assigned.WROTE + property).orElse(null);
    int ours = wrote == null ? lastWritten(history) : lastWritten(history, wrote);
    if (ours < 0 || ours == history.size() - 1) {
      return null;
    }
    Stamp held = history.getLast();
    if (SameValue.isSame(held.value(), history.get(ours).value())) {
      return null;
    }
    String by = writer(facts, property, held);
    List<Stamp> putRight = facts.history(Assigned.PUT_RIGHT + property);
    int first = putRight.size() - corrections;
    long overwritten = history.get(ours + 1).at();
    boolean tooOften = first >= 0 && overwritten - putRight.get(first).at() < HOUR;
    long until = held.at() + HOUR;
    return new Contest(property, by, tooOften && until > now ? until : 0);
  }

  /**
   * Returns the place of the value that we wrote last, negative if there is none. Where reads tell
   * histories, what only an answer told is what we wrote; but a field that was never anything is
   * read as empty, too.
   */
  private static int lastWritten(List<Stamp> history) {
    int last = -1;
    boolean any = false;
    for (int i = history.size() - 1; i >= 0 && !any; i--) {
      if (history.get(i).rank() == SourceRank.READ) {
        last = last < 0 ? i : last;
        any = !history.get(i).value().isEmpty();
      }
    }
    return any ? last : -1;
  }

  /**
   * Returns the place of the value that we are known to have written last, or of the same value
   * seen later; negative if it was cut.
   */
  private static int lastWritten(List<Stamp> history, Stamp wrote) {
    for (int i = history.size() - 1; i >= 0; i--) {
      Stamp stamp = history.get(i);
      if (stamp.compareTo(wrote) <= 0 || SameValue.isSame(stamp.value(), wrote.value())) {
        return i;
      }
    }
    return -1;
  }

  private static String writer(RecordFacts facts, String property, Stamp held) {
    for (Stamp by : facts.history(Assigned.BY + property).reversed()) {
      if (by.at() == held.at()) {
        return by.value();
      }
    }
    return SOMEBODY;
  }

  /** Tells whether there was ever anything to put right. */
  static boolean isPossible(RecordFacts facts) {
    for (String property : facts.properties()) {
      if (property.startsWith(Assigned.PUT_RIGHT)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the fact that the field was put right by a value that the CRM has confirmed. */
  Fact putRight(Assigned confirmed) {
    Stamp stamp = new Stamp(confirmed.stamp().at(), SourceRank.EVENT, by);
    return new Assigned(confirmed.of(), Assigned.PUT_RIGHT + property, stamp);
  }

  /** Tells whether the field is left to the other writer for now. */
  boolean isLost() {
    return until > 0;
  }

  /** Returns when it is put right again at the earliest; {@link Due#NEVER} if nothing hinders. */
  long resumesAt() {
    return isLost() ? until : Due.NEVER;
  }
}
