package io.leadgauge.replay;

import io.leadgauge.model.Contribution;
import io.leadgauge.scoring.Score;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What each line of the ledger gave to a number of contacts by two models, in millionths of a
 * point: the parts of the difference sum exactly to the whole. Not thread-safe.
 */
public final class Parts {
  private static final long ONE = 1_000_000;
  private static final Comparator<Part> GREATEST_FIRST =
      Comparator.<Part>comparingLong(part -> Math.abs(part.difference()))
          .reversed()
          .thenComparing(Part::dimension)
          .thenComparing(Part::rule);

  private final SortedMap<String, SortedMap<String, Part>> parts = new TreeMap<>();
  private long contacts;
  private long before;
  private long after;

  /**
   * What one line gave, summed over contacts.
   *
   * @param rule the rule's id, or {@code _limit:fit}, {@code _clamp}, {@code _rounding}, …
   * @param dimension its dimension; empty for none
   * @param before by the old model, in millionths of a point
   * @param after by the new one
   */
  public record Part(String rule, String dimension, long before, long after) {
    /** Returns the new less the old. */
    public long difference() {
      return Math.subtractExact(after, before);
    }
  }

  /** Adds a contact; one that a model does not score has no points by it. */
  void add(@Nullable Score old, @Nullable Score other) {
    contacts++;
    if (old != null) {
      before = Math.addExact(before, Math.multiplyExact(old.total(), ONE));
      old.contributions().forEach(line -> add(line, line.points(), 0));
    }
    if (other != null) {
      after = Math.addExact(after, Math.multiplyExact(other.total(), ONE));
      other.contributions().forEach(line -> add(line, 0, line.points()));
    }
  }

  private void add(Contribution line, long old, long other) {
    Part more = new Part(line.rule(), line.dimension(), old, other);
    parts
        .computeIfAbsent(line.dimension(), name -> new TreeMap<>())
        .merge(line.rule(), more, Parts::sum);
  }

  private static Part sum(Part one, Part other) {
    return new Part(
        one.rule,
        one.dimension,
        Math.addExact(one.before, other.before),
        Math.addExact(one.after, other.after));
  }

  /** Returns how many contacts these are. */
  public long contacts() {
    return contacts;
  }

  /** Returns the sum of their shown totals by the old model, in millionths of a point. */
  public long before() {
    return before;
  }

  /** Returns the same by the new one. */
  public long after() {
    return after;
  }

  /** Returns the new sum less the old: to the millionth the sum of the parts' differences. */
  public long difference() {
    return Math.subtractExact(after, before);
  }

  /** Returns the parts that differ, the greatest difference first. */
  public List<Part> differing() {
    List<Part> differing = new ArrayList<>();
    for (SortedMap<String, Part> ofDimension : parts.values()) {
      ofDimension.values().stream().filter(part -> part.difference() != 0).forEach(differing::add);
    }
    differing.sort(GREATEST_FIRST);
    return differing;
  }
}
