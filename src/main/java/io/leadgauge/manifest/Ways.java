package io.leadgauge.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The ways in which a joined condition can be met: in each, all of its parts must hold. What can be
 * met in more than {@value #MOST} ways is not looked into: it is said to be met in one way without
 * parts, as if it always held.
 *
 * @param all the ways; none for what can never be met
 * @param <T> a part that is not joined itself
 */
record Ways<T>(List<List<T>> all) {
  /** In more ways than these a condition is not looked at. */
  private static final int MOST = 500;

  /** Returns the one way of a part alone. */
  static <T> Ways<T> of(T part) {
    return new Ways<>(List.of(List.of(part)));
  }

  /** Returns the ways of meeting every one. */
  static <T> Ways<T> ofAll(List<Ways<T>> conditions) {
    Ways<T> together = new Ways<>(List.of(List.of()));
    for (Ways<T> condition : conditions) {
      together = together.with(condition);
    }
    return together;
  }

  /** Returns the ways of meeting at least one. */
  static <T> Ways<T> ofAny(List<Ways<T>> conditions) {
    List<List<T>> either = conditions.stream().flatMap(ways -> ways.all.stream()).toList();
    return new Ways<>(either.size() > MOST ? List.of(List.of()) : either);
  }

  /** Returns every way of this with every way of the other; this alone if they are too many. */
  private Ways<T> with(Ways<T> other) {
    if ((long) all.size() * other.all.size() > MOST) {
      return this;
    }
    List<List<T>> product = new ArrayList<>();
    for (List<T> way : all) {
      for (List<T> more : other.all) {
        product.add(Stream.concat(way.stream(), more.stream()).toList());
      }
    }
    return new Ways<>(product);
  }
}
