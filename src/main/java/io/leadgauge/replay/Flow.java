package io.leadgauge.replay;

import java.util.EnumMap;
import java.util.Map;

/** Who came and went, of one label, grade, stage or segment. Not thread-safe. */
public final class Flow {
  private final Map<Side, Long> entered = new EnumMap<>(Side.class);
  private final Map<Side, Long> left = new EnumMap<>(Side.class);
  private final Map<Side, Long> held = new EnumMap<>(Side.class);
  private final Parts gained = new Parts();
  private final Parts lost = new Parts();

  void enter(Side side) {
    entered.merge(side, 1L, Long::sum);
  }

  void leave(Side side) {
    left.merge(side, 1L, Long::sum);
  }

  void hold(Side side) {
    held.merge(side, 1L, Long::sum);
  }

  /** Returns how often a contact came to it between the two instants. */
  public long entered(Side side) {
    return entered.getOrDefault(side, 0L);
  }

  /** Returns how often a contact went from it. */
  public long left(Side side) {
    return left.getOrDefault(side, 0L);
  }

  /** Returns how many contacts are there at the end. */
  public long held(Side side) {
    return held.getOrDefault(side, 0L);
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
