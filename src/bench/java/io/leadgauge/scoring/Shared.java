package io.leadgauge.scoring;

import org.jspecify.annotations.Nullable;

/** What all variants of the benchmark share, so that they differ in nothing but their way. */
public final class Shared {
  private Shared() {}

  /** What is left at an age; made once for a half-life, both in milliseconds. */
  public record Fade(HalfLifeWeight weight) {
    public static Fade of(long halfLife) {
      return new Fade(HalfLifeWeight.of(halfLife));
    }

    /** Returns what is left of points, in millionths. */
    public long faded(long points, long age) {
      return FixedPoint.times(points, weight.at(age));
    }
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
