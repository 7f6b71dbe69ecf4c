package io.leadgauge.scoring;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What gives or takes points. Points are millionths of a point and may be negative. */
public sealed interface Rule {
  /** Returns the rule's id, unique in its model. */
  String id();

  /**
   * Points once, while a condition on the contact's properties holds.
   *
   * @param id its id
   * @param when the condition
   * @param points what it gives
   */
  record OnProperty(String id, Condition when, long points) implements Rule {}

  /**
   * Points by the range that a number falls into. A value that is there but is no number gives
   * nothing, not what a missing one gives.
   *
   * @param id its id
   * @param property the property, read as a number
   * @param bands not overlapping, in ascending order; copied
   * @param missing what it gives where the property is missing
   */
  record ByRange(String id, String property, List<Band> bands, long missing) implements Rule {
    public ByRange {
      bands = List.copyOf(bands);
    }
  }

  /**
   * A half-open range of numbers, in millionths.
   *
   * @param from the least number, inclusive; null for no bound
   * @param to the bound above, exclusive; null for none
   * @param points what the range gives
   */
  record Band(@Nullable Long from, @Nullable Long to, long points) {}

  /**
   * Points for each time that the contact did something. An activity from the future has age zero.
   *
   * @param id its id
   * @param activity the type of activity
   * @param where a condition on the activity's attributes; null for none
   * @param points what each time gives, before decay
   * @param within how far back is looked, in milliseconds, exclusive; null for no bound
   * @param decay how the points of one time fade
   * @param limit the most that the rule gives in all, after decay; if points are negative, the
   *     least, itself negative; null for none
   * @param distinct only the newest activity of each value of this attribute counts, upper and
   *     lower case alike, and of those without a value one; null for all
   * @param atMost at most so many of a UTC day count, the newest; null for all
   */
  record OnActivity(
      String id,
      String activity,
      @Nullable Condition where,
      long points,
      @Nullable Long within,
      Decay decay,
      @Nullable Long limit,
      @Nullable String distinct,
      @Nullable Integer atMost)
      implements Rule {}

  /**
   * Points while the contact has been silent: no activity of any type that the model reads, counted
   * from its latest, or from when the contact was first known.
   *
   * @param id its id
   * @param span how long the silence must have lasted, in milliseconds
   * @param points what it gives
   */
  record OnSilence(String id, long span, long points) implements Rule {}
}
