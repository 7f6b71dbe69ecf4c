package io.leadgauge.naive;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What comes out of a model for a contact, in one text that two evaluators can be compared by.
 *
 * @param scored whether the contact is scored at all; if not, all else is empty
 * @param total whole points, as shown
 * @param dimensions millionths by dimension, limits applied
 * @param disqualified the reasons, in the model's order
 * @param contributions millionths by line of the ledger
 * @param unreadable properties that a test cannot read
 */
public record NaiveScore(
    boolean scored,
    long total,
    SortedMap<String, Long> dimensions,
    Optional<String> grade,
    Optional<String> label,
    Optional<String> segment,
    List<String> disqualified,
    SortedMap<String, Long> contributions,
    SortedSet<String> unreadable) {
  /** Who is not scored at all. */
  static final NaiveScore NONE =
      new NaiveScore(
          false,
          0,
          Map.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Map.of(),
          List.of());

  NaiveScore(
      boolean scored,
      long total,
      Map<String, Long> dimensions,
      Optional<String> grade,
      Optional<String> label,
      Optional<String> segment,
      List<String> disqualified,
      Map<String, Long> contributions,
      Collection<String> unreadable) {
    this(
        scored,
        total,
        Collections.unmodifiableSortedMap(new TreeMap<>(dimensions)),
        grade,
        label,
        segment,
        List.copyOf(disqualified),
        Collections.unmodifiableSortedMap(new TreeMap<>(contributions)),
        Collections.unmodifiableSortedSet(new TreeSet<>(unreadable)));
  }

  /** Returns all of it, a line each, in one order. */
  String text() {
    if (!scored) {
      return "not scored\n";
    }
    return "total "
        + total
        + "\ndimensions "
        + dimensions
        + "\ngrade "
        + grade.orElse("-")
        + "\nlabel "
        + label.orElse("-")
        + "\nsegment "
        + segment.orElse("-")
        + "\ndisqualified "
        + disqualified
        + "\nunreadable "
        + unreadable
        + "\n"
        + lines();
  }

  private String lines() {
    StringBuilder lines = new StringBuilder();
    contributions.forEach(
        (rule, points) -> lines.append(rule).append(' ').append(points).append('\n'));
    return lines.toString();
  }
}
