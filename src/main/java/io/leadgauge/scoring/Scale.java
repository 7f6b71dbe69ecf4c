package io.leadgauge.scoring;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The limits of the dimensions, and how the shown total comes from them. */
final class Scale {
  private final List<ModelDefinition.Dimension> dimensions;
  private final Map<String, Integer> slots = new HashMap<>();
  private final long[] least;
  private final long[] most;
  private final long minTotal;
  private final long maxTotal;

  Scale(ModelDefinition definition) {
    dimensions = definition.dimensions();
    minTotal = definition.minTotal();
    maxTotal = definition.maxTotal();
    least = new long[dimensions.size()];
    most = new long[dimensions.size()];
    for (int i = 0; i < least.length; i++) {
      ModelDefinition.Dimension dimension = dimensions.get(i);
      slots.put(dimension.name(), Bounds.slot(i));
      least[i] = dimension.min() == null ? Long.MIN_VALUE : dimension.min();
      most[i] = dimension.max() == null ? Long.MAX_VALUE : dimension.max();
    }
  }

  int size() {
    return least.length;
  }

  String name(int dimension) {
    return dimensions.get(dimension).name();
  }

  /** Returns the slot of each dimension in {@link Bounds}, by name. */
  Map<String, Integer> slots() {
    return slots;
  }

  /** Returns the points of a dimension within its limits. */
  long limited(int dimension, long sum) {
    return Math.clamp(sum, least[dimension], most[dimension]);
  }

  /** Returns the sum of all dimensions within the limits of the total. */
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
      lowestSum += low;
      highestSum += high;
    }
    lowest[Bounds.TOTAL] = shown(lowestSum);
    highest[Bounds.TOTAL] = shown(highestSum);
    return new Bounds(lowest, highest);
  }

  private long shown(long sum) {
    return FixedPoint.whole(clamped(sum)) * FixedPoint.ONE;
  }
}
