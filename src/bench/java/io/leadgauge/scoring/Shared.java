package io.leadgauge.scoring;

import org.jspecify.annotations.Nullable;

/** What all variants of the benchmark share, so that they differ in nothing but their way. */
public final class Shared {
  private Shared() {}

  /** Returns what is left of points, in millionths, at an age; both spans in milliseconds. */
  public static long faded(long points, long age, long halfLife) {
    return FixedPoint.times(points, HalfLifeWeight.of(age, halfLife));
  }

  /** Returns the seniority of a job title; null for none. */
  public static @Nullable Seniority seniority(String title) {
    return Titles.seniority(title);
  }

  /** Returns the whole points nearest to millionths. */
  public static long whole(long points) {
    return FixedPoint.whole(points);
  }
}
