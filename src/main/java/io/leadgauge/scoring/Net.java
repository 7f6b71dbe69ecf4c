package io.leadgauge.scoring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What rules of a dimension give together, activity by activity, where some give and others take
 * for the same ones and all fade alike. Apart they would seem to rise and to fall, and a contact
 * whose visits cancel each other would be looked at again and again; together they only fall, or
 * only rise, for each activity. Immutable.
 */
final class Net {
  private final int dimension;
  private final int share;
  private final long window;

  /** Whole points by the place of the activity in {@link Shares}. */
  private final long[] points;

  private Net(Group group, long[] points) {
    this.dimension = group.dimension;
    this.share = group.share;
    this.window = group.window;
    this.points = points;
  }

  /** What rules have in common whose points can be taken together. */
  private record Group(int dimension, int share, long window) {}

  /**
   * Finds the rules that can be taken together: of whole points, without discounts, and under their
   * limits, now and therefore always.
   *
   * @param netted is told the place of each such rule
   */
  static List<Net> of(CompiledRule[] rules, Facts[] facts, Shares shares, boolean[] netted) {
    Map<Group, List<Integer>> groups = new LinkedHashMap<>();
    for (int place = 0; place < rules.length; place++) {
      if (rules[place] instanceof CompiledRule.Each each && each.isProportional(facts[place])) {
        Group group = new Group(each.dimension(), each.share(), each.window());
        groups.computeIfAbsent(group, fresh -> new ArrayList<>()).add(place);
      }
    }
    List<Net> nets = new ArrayList<>();
    groups.forEach(
        (group, places) -> {
          if (areOpposed(rules, places)) {
            nets.add(net(group, rules, facts, shares, places));
            places.forEach(place -> netted[place] = true);
          }
        });
    return List.copyOf(nets);
  }

  private static boolean areOpposed(CompiledRule[] rules, List<Integer> places) {
    boolean gives = false;
    boolean takes = false;
    for (int place : places) {
      gives |= ((CompiledRule.Each) rules[place]).points() > 0;
      takes |= ((CompiledRule.Each) rules[place]).points() < 0;
    }
    return gives && takes;
  }

  private static Net net(
      Group group, CompiledRule[] rules, Facts[] facts, Shares shares, List<Integer> places) {
    long[] points = new long[shares.size(group.share)];
    for (int place : places) {
      facts[place].addTo(points, ((CompiledRule.Each) rules[place]).whole());
    }
    return new Net(group, points);
  }

  /**
   * Adds what the activities give at an instant.
   *
   * @param falling by dimension, what time can only lower
   * @param rising by dimension, what time can only raise
   */
  void addTo(long[] falling, long[] rising, Shares all, long[][] shares, long at) {
    int count = all.within(share, window, at);
    for (int i = 0; i < count; i++) {
      long[] side = points[i] < 0 ? rising : falling;
      side[dimension] += points[i] * shares[share][i];
    }
  }
}
