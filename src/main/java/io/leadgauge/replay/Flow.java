package io.leadgauge.replay;

/** Who came and went, of one label, grade, stage or segment. Not thread-safe. */
public final class Flow {
  private final long[] entered = new long[Side.values().length];
  private final long[] left = new long[Side.values().length];
  private final long[] held = new long[Side.values().length];
  private final Parts gained = new Parts();
  private final Parts lost = new Parts();

  void enter(Side side) {
    entered[side.ordinal()]++;
  }

  void leave(Side side) {
    left[side.ordinal()]++;
  }

  void hold(Side side) {
    held[side.ordinal()]++;
  }

  /** Returns how often a contact came to it between the two instants. */
  public long entered(Side side) {
    return entered[side.ordinal()];
  }

  /** Returns how often a contact went from it. */
  public long left(Side side) {
    return left[side.ordinal()];
  }

  /** Returns how many contacts are there at the end. */
  public long held(Side side) {
    return held[side.ordinal()];
  }

  /** Returns those who are there at the end by the new model and not by the old, and why. */
  public Parts gained() {
    return gained;
  }

  /** Returns those who are there at the end by the old model and not by the new, and why. */
  public Parts lost() {
    return lost;
  }
}
