package io.leadgauge.replay;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a rebuild has found to differ. Of the first {@value #MOST_KEPT} it is known what, of all
 * others that they do. Not thread-safe.
 */
final class Findings {
  private static final int MOST_KEPT = 10_000;

  private final List<Found> kept = new ArrayList<>();

  /** Those that an entry may be found for, by record. */
  private final Map<RecordRef, List<Found>> open = new HashMap<>();

  private final Set<ConnectionId> erasedIn = new HashSet<>();
  private long count;
  private long lost;
  private long ofOtherRelease;

  /** What differs; of a fact that the store lacks, or a first sight, by what it is found again. */
  private record Found(Difference difference, @Nullable Fact fact, long seenAt) {}

  /** Notes that a decision comes out otherwise, or cannot be taken again. */
  void note(Difference difference) {
    note(new Found(difference, null, 0));
  }

  /**
   * Notes that a fact differs.
   *
   * @param fact the one that the journal tells; null where it tells none
   */
  void note(Difference difference, @Nullable Fact fact) {
    note(new Found(difference, fact, 0));
  }

  /** Notes that a record was seen first at another time. */
  void noteFirstSight(Difference difference, long seenAt) {
    note(new Found(difference, null, seenAt));
  }

  private void note(Found found) {
    count++;
    if (kept.size() >= MOST_KEPT) {
      return;
    }
    kept.add(found);
    RecordRef record = found.difference().record();
    if (record != null && (found.fact() != null || found.seenAt() > 0)) {
      open.computeIfAbsent(record, ref -> new ArrayList<>()).add(found);
    }
  }

  /** Notes that something cannot be told again, since persons were erased. */
  void noteLost() {
    lost++;
  }

  /**
   * Notes that persons of a connection were erased. What was decided on those who were linked to
   * them, or shared a name with them, was decided on what is not known any more.
   */
  void noteErasure(ConnectionId connection) {
    erasedIn.add(connection);
    for (Iterator<Found> all = kept.iterator(); all.hasNext(); ) {
      Difference difference = all.next().difference();
      RecordRef record = difference.record();
      if (difference.kind() == Difference.Kind.DECISION
          && record != null
          && record.connection().equals(connection)) {
        all.remove();
        count--;
        lost++;
      }
    }
  }

  /** Tells whether persons of a connection were erased. */
  boolean hasErasures(ConnectionId connection) {
    return erasedIn.contains(connection);
  }

  /** Notes a decision by a model that this release reads otherwise. */
  void noteOtherRelease() {
    ofOtherRelease++;
  }

  /** Returns how many decisions were taken by a model that this release reads otherwise. */
  long ofOtherRelease() {
    return ofOtherRelease;
  }

  /** Returns how many records differ, of those of which it is known what does. */
  long records() {
    return kept.stream().map(found -> found.difference().record()).distinct().count();
  }

  /** Returns how much differs. */
  long count() {
    return count;
  }

  /** Returns how much cannot be told again, since persons were erased. */
  long lost() {
    return lost;
  }

  /** Tells whether it is worth looking for entries that have brought what differs. */
  boolean areOpen() {
    return !open.isEmpty();
  }

  /**
   * Returns the difference that an entry has brought, if it has brought one.
   *
   * @param told its facts
   */
  Optional<Difference> broughtBy(long sequence, long receivedAt, List<Fact> told) {
    for (Fact fact : told) {
      for (Found found : open.getOrDefault(fact.of(), List.of())) {
        if (found.fact() == null ? found.seenAt() == receivedAt : found.fact().equals(fact)) {
          return Optional.of(found.difference().by(sequence));
        }
      }
    }
    return Optional.empty();
  }

  /** Returns the difference of the earliest entry; of those without one, the first found. */
  Optional<Difference> earliest() {
    Difference earliest = null;
    for (Found found : kept) {
      Difference one = found.difference();
      if (earliest == null
          || (one.entry() > 0 && (earliest.entry() == 0 || one.entry() < earliest.entry()))) {
        earliest = one;
      }
    }
    return Optional.ofNullable(earliest);
  }

  /** Returns what differs, as far as it is kept. */
  List<Difference> all() {
    return kept.stream().map(Found::difference).toList();
  }
}
