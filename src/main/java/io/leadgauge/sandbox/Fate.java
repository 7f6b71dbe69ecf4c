package io.leadgauge.sandbox;

import java.util.Map;

/** What becomes of one call. */
public sealed interface Fate {

  /** It is served. */
  record Served() implements Fate {}

  /** It is answered with a status of trouble, and nothing is done. */
  record Failed(int status) implements Fate {}

  /**
   * It is never answered.
   *
   * @param applied whether it is done all the same
   * @param reset whether the connection breaks, or stays open in silence
   */
  record Unanswered(boolean applied, boolean reset) implements Fate {}

  /** Nothing strikes it. */
  Fate SERVED = new Served();

  /** Draws the fate of the next call. */
  static Fate draw(Faults faults, Dice dice) {
    if (faults.calls().isEmpty()) {
      return SERVED;
    }
    double share = dice.share();
    for (Map.Entry<String, Double> fault : faults.calls().entrySet()) {
      share -= fault.getValue();
      if (share < 0) {
        return of(fault.getKey());
      }
    }
    return SERVED;
  }

  /** The fate of a call that a fault strikes, by the fault's name. */
  static Fate of(String name) {
    return switch (name) {
      case Faults.TIMEOUT -> new Unanswered(false, false);
      case Faults.TIMEOUT_AFTER_APPLY -> new Unanswered(true, false);
      case Faults.RESET -> new Unanswered(false, true);
      case Faults.RESET_AFTER_APPLY -> new Unanswered(true, true);
      default -> new Failed(Integer.parseInt(name));
    };
  }
}
