package io.leadgauge.pipeline;

import io.leadgauge.model.RecordState;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The stage that the CRM was to be given even before a change.
 *
 * @param now at once; null for none, or not known
 * @param inTheEnd once all that was waited for had passed; null for none
 */
record PendingStage(@Nullable String now, @Nullable String inTheEnd) {
  static final PendingStage NOTHING = new PendingStage(null, null);

  /** Returns what a contact was to be given as it stood. */
  static PendingStage of(ConnectionScope scope, RecordState before) {
    return new PendingStage(WritePlan.stage(scope, before), WritePlan.stageInTheEnd(scope, before));
  }

  /** Returns the stage that is another one since; null for none. */
  @Nullable String news(ConnectionScope scope, RecordState state) {
    String stage = WritePlan.stage(scope, state);
    if (stage != null && !stage.equals(now)) {
      return stage;
    }
    String last = WritePlan.stageInTheEnd(scope, state);
    return Objects.equals(last, stage) || Objects.equals(last, inTheEnd) ? null : last;
  }
}
