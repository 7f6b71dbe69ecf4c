package io.leadgauge.model;

/**
 * A value and when it was so: the instant by the CRM's clock, the rank of the source, the value's
 * own bytes. Nothing that differs between two deliveries of the same fact (event id, subscription,
 * attempt, our clock) is part of it.
 *
 * <p>Stamps are totally ordered by instant, then rank, then value in code point order, which is the
 * order of the UTF-8 bytes. The greatest stamp of a property holds its current value, whatever
 * order the stamps came in.
 *
 * @param at the instant by the CRM's clock
 * @param rank what the source knows about that instant
 * @param value the value as text; empty means that the property was empty
 */
public record Stamp(long at, SourceRank rank, String value) implements Comparable<Stamp> {

  @Override
  public int compareTo(Stamp other) {
    int byInstant = Long.compare(at, other.at);
    if (byInstant != 0) {
      return byInstant;
    }
    int byRank = rank.compareTo(other.rank);
    return byRank != 0 ? byRank : compareCodePoints(value, other.value);
  }

  private static int compareCodePoints(String left, String right) {
    int shared = Math.min(left.length(), right.length());
    int index = 0;
    while (index < shared && left.charAt(index) == right.charAt(index)) {
      index++;
    }
    if (index == shared) {
      return Integer.compare(left.length(), right.length());
    }
    // The first difference may be the second half of a pair that began alike.
    if (index > 0 && Character.isHighSurrogate(left.charAt(index - 1))) {
      index--;
    }
    return Integer.compare(left.codePointAt(index), right.codePointAt(index));
  }
}
