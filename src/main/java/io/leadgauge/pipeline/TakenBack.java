package io.leadgauge.pipeline;

import io.leadgauge.model.Decision;
import io.leadgauge.model.Decision.HandOff;
import io.leadgauge.model.Decision.StageMark;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands once decisions are taken back: an earlier decision, with what has happened since and
 * cannot be taken back. Pure.
 */
final class TakenBack {
  private TakenBack() {}

  /**
   * Returns the earlier decision with the hand-offs that were decided since, and with what people
   * have moved back since.
   *
   * @param latest the decision that is taken back
   */
  static Decision to(Decision earlier, Decision latest) {
    List<StageMark> marks = new ArrayList<>();
    for (StageMark mark : earlier.stages()) {
      marks.add(latest.mark(mark.stage()).map(since -> to(mark, since)).orElse(mark));
    }
    for (StageMark since : latest.stages()) {
      StageMark none = StageMark.none(since.stage());
      StageMark kept = to(none, since);
      if (earlier.mark(since.stage()).isEmpty() && !kept.equals(none)) {
        marks.add(kept);
      }
    }
    return new Decision(earlier.label(), earlier.labelSince(), marks);
  }

  private static StageMark to(StageMark mark, StageMark since) {
    HandOff handOff = to(mark.handOff(), since.handOff());
    if (since.vetoedAt() > mark.vetoedAt()) {
      // Whether its condition was left since must be found by the model that decides next.
      return new StageMark(
          mark.stage(),
          false,
          since.since(),
          since.reached(),
          since.vetoedAt(),
          true,
          0,
          false,
          null,
          handOff);
    }
    return new StageMark(
        mark.stage(),
        mark.entered(),
        mark.since(),
        mark.reached(),
        mark.vetoedAt(),
        mark.blocked(),
        mark.holdsSince(),
        mark.beganLive(),
        mark.recycling(),
        handOff);
  }

  private static @Nullable HandOff to(@Nullable HandOff handOff, @Nullable HandOff since) {
    long at = handOff == null ? 0 : handOff.at();
    return since == null || since.at() <= at
        ? handOff
        : new HandOff(false, since.at(), since.dueAt());
  }
}
