package io.leadgauge.scoring;

import io.leadgauge.model.Activity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model reads of one type of activity.
 *
 * @param attributes the attributes that conditions test
 * @param readers the rules that count it
 * @param discounts what makes it worth less
 */
record ActivityType(Vocabulary attributes, List<Reader> readers, List<Discounting> discounts) {
  /** A type of which nothing is read. */
  static final ActivityType NONE = new Builder("").build();

  /**
   * A rule that counts activities.
   *
   * @param place its place among all rules
   * @param where null for any
   * @param choice which of the matching ones count
   * @param share the place of its fading in {@link Shares}; -1 if it weighs none of them
   */
  record Reader(int place, @Nullable Predicate where, Rule.Choice choice, int share) {}

  /** A compiled discount. */
  record Discounting(@Nullable Predicate where, ModelDefinition.@Nullable After after, long kept) {
    boolean applies(Activity activity, Vocabulary.Values attributes, Precedence precedence) {
      return (where == null || where.holds(attributes, activity.at()))
          && (after == null || precedence.precedes(after, activity));
    }
  }

  /**
   * An activity of this type.
   *
   * @param attributes what is read of it
   * @param kept the share of its points that its discounts leave, in millionths
   */
  record Known(ActivityType type, Activity activity, Vocabulary.Values attributes, long kept) {}

  /** Reads an activity. */
  Known read(Activity activity, Precedence precedence) {
    Vocabulary.Values values = attributes.read(activity.attributes());
    return new Known(this, activity, values, kept(activity, values, precedence));
  }

  private long kept(Activity activity, Vocabulary.Values values, Precedence precedence) {
    long least = FixedPoint.ONE;
    for (Discounting discount : discounts) {
      if (discount.kept < least && discount.applies(activity, values, precedence)) {
        least = discount.kept;
      }
    }
    return least;
  }

  /** Collects what is read while rules are compiled. */
  static final class Builder {
    private final Vocabulary.Builder attributes;
    private final List<Reader> readers = new ArrayList<>();
    private final List<Discounting> discounts = new ArrayList<>();

    Builder(String type) {
      attributes = new Vocabulary.Builder(type + ".");
    }

    void reader(int place, @Nullable Condition where, Rule.Choice choice, int share) {
      readers.add(new Reader(place, compiled(where), choice, share));
    }

    void discount(ModelDefinition.Discount discount) {
      discounts.add(new Discounting(compiled(discount.where()), discount.after(), discount.kept()));
    }

    private @Nullable Predicate compiled(@Nullable Condition where) {
      return where == null ? null : Predicate.of(where, attributes);
    }

    ActivityType build() {
      return new ActivityType(attributes.build(), List.copyOf(readers), List.copyOf(discounts));
    }
  }
}
