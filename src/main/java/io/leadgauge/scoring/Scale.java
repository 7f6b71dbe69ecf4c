package io.leadgauge.scoring;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The limits of the dimensions, and how the shown total comes from them. */
final class Scale {
  private final Named[] names;
  private final Map<String, Integer> slots = new HashMap<>();
  private final long[] least;
  private final long[] most;
  private final long[] weights;
  private final long minTotal;
  private final long maxTotal;

  Scale(ModelDefinition definition) {
    List<ModelDefinition.Dimension> dimensions = definition.dimensions();
    names = dimensions.stream().map(Named::of).toArray(Named[]::new);
    minTotal = definition.minTotal();
    maxTotal = definition.maxTotal();
    least = new long[dimensions.size()];
    most = new long[dimensions.size()];
    weights = new long[dimensions.size()];
    for (int i = 0; i < least.length; i++) {
      ModelDefinition.Dimension dimension = dimensions.get(i);
      slots.put(dimension.name(), Bounds.slot(i));
      least[i] = dimension.min() == null ? Long.MIN_VALUE : dimension.min();
      most[i] = dimension.max() == null ? Long.MAX_VALUE : dimension.max();
      weights[i] = dimension.weight();
    }
  }

  /**
   * How a dimension is named.
   *
   * @param name its name
   * @param title its name at the start of a sentence
   * @param limit the id of the line that says what its limits took or gave
   * @param weight the id of the line that says what its weight took or gave
   * @param weighing the reason of that line, such as {@code Fit counts 40%}
   */
  record Named(String name, String title, String limit, String weight, String weighing) {
    static Named of(ModelDefinition.Dimension dimension) {
      String name = dimension.name();
      String title = Wording.capitalised(name);
      String percentage = FixedPoint.text(100 * dimension.weight()) + "%";
      return new Named(
          name, title, "_limit:" + name, "_weight:" + name, title + " counts " + percentage);
    }
  }

  int size() {
    return least.length;
  }

  String name(int dimension) {
    return names[dimension].name;
  }

  /** Returns how a dimension is named in lines of the ledger. */
  Named named(int dimension) {
    return names[dimension];
  }

  /** Returns the slot of each dimension in {@link Bounds}, by name. */
  Map<String, Integer> slots() {
    return slots;
  }

  /** Returns the points of a dimension within its limits. */
  long limited(int dimension, long sum) {
    return Math.clamp(sum, least[dimension], most[dimension]);
  }

  /** Returns what the limited points of a dimension count in the total. */
  long weighted(int dimension, long limited) {
    return FixedPoint.weighted(limited, weights[dimension]);
  }

  /** Returns the sum of all weighted dimensions within the limits of the total. */
  long clamped(long sum) {
    return Math.clamp(sum, minTotal, maxTotal);
  }

  /** Returns the points at a moment. */
  Bounds at(Moment moment) {
    return between(moment, moment);
  }

  /** Returns what the points can be at any instant from one moment to another, both inclusive. */
  Bounds between(Moment first, Moment last) {
    long[] lowest = new long[size() + 1];
    long[] highest = new long[size() + 1];
    long lowestSum = 0;
    long highestSum = 0;
    for (int i = 0; i < size(); i++) {
      long low = limited(i, last.falling()[i] + first.rising()[i]);
      long high = limited(i, first.falling()[i] + last.rising()[i]);
      lowest[Bounds.slot(i)] = low;
      highest[Bounds.slot(i)] = high;
      lowestSum += weighted(i, low);
      highestSum += weighted(i, high);
    }
    lowest[Bounds.TOTAL] = shown(lowestSum);
    highest[Bounds.TOTAL] = shown(highestSum);
    return new Bounds(lowest, highest);
  }

  /** Returns the rounded total of a moment before its bounds, in millionths. */
  long unbounded(Moment moment) {
    long sum = 0;
    for (int i = 0; i < size(); i++) {
      sum += weighted(i, limited(i, moment.sum(i)));
    }
    return FixedPoint.whole(sum) * FixedPoint.ONE;
  }

  /** Returns the shown total, in millionths, of what rules give together by dimension. */
  long total(long[] sums) {
    long sum = 0;
    for (int i = 0; i < sums.length; i++) {
      sum += weighted(i, limited(i, sums[i]));
    }
    return shown(sum);
  }

  private long shown(long sum) {
    return FixedPoint.whole(clamped(sum)) * FixedPoint.ONE;
  }
}
