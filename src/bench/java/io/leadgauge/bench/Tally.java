package io.leadgauge.bench;

/** Adds up what rules give that fire one after the other. */
public final class Tally {
  private long sum;

  /** Adds points, in millionths. */
  public void add(long points) {
    sum += points;
  }

  long sum() {
    return sum;
  }
}
