package io.leadgauge.scoring;

import org.jspecify.annotations.Nullable;

/**
 * The reason of an activity rule: of one rule only the count is open, and whether its limit takes
 * something. So it is made once for each of them, and kept as long as the count is small.
 * Thread-safe: a reason that two threads make is the same.
 */
final class CountedReason {
  /** From this count on, a reason is made each time: who does a thing that often is rare. */
  private static final int MOST_KEPT = 100;

  private final Sentence sentence;
  private final ActivityWording wording;
  private final @Nullable String[] whole = new @Nullable String[MOST_KEPT];
  private final @Nullable String[] limited = new @Nullable String[MOST_KEPT];

  CountedReason(Sentence sentence, ActivityWording wording) {
    this.sentence = sentence;
    this.wording = wording;
  }

  /**
   * Returns the reason.
   *
   * @param count how often it was done
   * @param isLimited whether the limit takes something before decay
   */
  String of(int count, boolean isLimited) {
    if (count >= MOST_KEPT) {
      return made(count, isLimited);
    }
    @Nullable String[] kept = isLimited ? limited : whole;
    String reason = kept[count];
    if (reason == null) {
      reason = made(count, isLimited);
      kept[count] = reason;
    }
    return reason;
  }

  private String made(int count, boolean isLimited) {
    return sentence.text(count, "", () -> wording.reason(count, isLimited));
  }
}
