package io.leadgauge.scoring;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What gives or takes points. Points are millionths of a point and may be negative.
 *
 * <p>A rule may have a sentence of its own that says why it gives them. In it {@code {value}}
 * stands for the value of the rule's property, {@code {count}} for how many activities count, and
 * {@code {times}} for the same in words: {@code once}, {@code 3 times}.
 */
public sealed interface Rule {
  /** Returns the rule's id, unique in its model. */
  String id();

  /** Returns the sentence that says why; null for one made from the rule's names and values. */
  @Nullable String reason();

  /**
   * Points once, while a condition on the contact's properties holds.
   *
   * @param id its id
   * @param when the condition
   * @param points what it gives
   * @param reason its sentence; null for none
   */
  record OnProperty(String id, Condition when, long points, @Nullable String reason)
      implements Rule {}

  /**
   * Points by the range that a number falls into. A value that is there but is no number gives
   * nothing, not what a missing one gives.
   *
   * @param id its id
   * @param property the property, read as a number
   * @param bands not overlapping, in ascending order; copied
   * @param missing what it gives where the property is missing
   * @param reason its sentence; null for none
   */
  record ByRange(
      String id, String property, List<Band> bands, long missing, @Nullable String reason)
      implements Rule {
    public ByRange {
      bands = List.copyOf(bands);
    }
  }

  /**
   * Points by the value of a property.
   *
   * @param id its id
   * @param property the property
   * @param values what each value gives, upper and lower case alike; copied
   * @param other what any other value gives
   * @param missing what it gives where the property is missing
   * @param reason its sentence; null for none
   */
  record ByValue(
      String id,
      String property,
      SequencedMap<String, Long> values,
      long other,
      long missing,
      @Nullable String reason)
      implements Rule {
    public ByValue {
      values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
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
   * Points for what the contact did. An activity from the future has age zero.
   *
   * @param id its id
   * @param activity the type of activity
   * @param where a condition on the activity's attributes; null for none
   * @param gives what it gives for the activities that count
   * @param within how far back is looked, in milliseconds, exclusive; null for no bound
   * @param decay how points fade: those of each time with its age; those by count with the age of
   *     the newest that counts
   * @param limit the most that the rule gives in all, after decay; if points are negative, the
   *     least, itself negative; null for none; null where points go by count
   * @param choice which of the activities count
   * @param reason its sentence; null for none
   */
  record OnActivity(
      String id,
      String activity,
      @Nullable Condition where,
      Gives gives,
      @Nullable Long within,
      Decay decay,
      @Nullable Long limit,
      Choice choice,
      @Nullable String reason)
      implements Rule {}

  /** What an activity rule gives for the activities that count. */
  sealed interface Gives {
    /** So many points for each, before decay. */
    record Each(long points) implements Gives {}

    /**
     * Points by how many they are; a count in no band gives nothing.
     *
     * @param bands counts in millionths from 1 on, not overlapping, in ascending order; copied
     */
    record ByCount(List<Band> bands) implements Gives {
      public ByCount {
        bands = List.copyOf(bands);
      }
    }
  }

  /**
   * Which of the activities that match a rule count. The newest are always preferred, and the rules
   * apply in this order.
   *
   * @param distinct only the newest activity of each value of this attribute counts, upper and
   *     lower case alike, and of those without a value one; null for all
   * @param atMost at most so many of a UTC day count; null for all
   * @param once only the newest of all counts
   */
  record Choice(@Nullable String distinct, @Nullable Integer atMost, boolean once) {
    /** Each activity counts. */
    public static final Choice ALL = new Choice(null, null, false);
  }

  /**
   * Points while the contact has been silent: no activity of any type that the model's rules read,
   * counted from its latest, or from when the contact was first known.
   *
   * @param id its id
   * @param span how long the silence must have lasted, in milliseconds
   * @param points what it gives
   * @param reason its sentence; null for none
   */
  record OnSilence(String id, long span, long points, @Nullable String reason) implements Rule {}
}
