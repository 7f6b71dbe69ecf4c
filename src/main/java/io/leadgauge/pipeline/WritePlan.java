package io.leadgauge.pipeline;

import io.leadgauge.crm.Mode;
import io.leadgauge.crm.StageMap;
import io.leadgauge.crm.WriteBack;
import io.leadgauge.model.Due;
import io.leadgauge.model.Output;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.Standing;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the CRM should hold and, by all that is known, does not. Compares levels, so an echo of our
 * own write leaves nothing to do, and a burst of changes leaves one write.
 *
 * @param properties the value to write for each property that differs
 * @param atOnce whether the difference is worth a write now: anything but a score that time alone
 *     moved
 * @param scoreMoved by how many points the shown score differs from the CRM's; a score that the CRM
 *     does not hold, or not as a number, differs by {@link Long#MAX_VALUE}
 */
record WritePlan(SortedMap<String, String> properties, boolean atOnce, long scoreMoved) {
  private static final int MOST_DIGITS = 30;
  private static final WritePlan NOTHING = new WritePlan(new TreeMap<>(), false, 0);

  /** Compares what the contact's standing asks for with what its facts say. */
  static WritePlan of(ConnectionScope scope, RecordState state) {
    Standing standing = state.standings().get(scope.model().name());
    if (standing == null
        || scope.connection().mode() == Mode.SHADOW
        || !Appraisal.isPossible(scope, state)) {
      return NOTHING;
    }
    return compared(scope, state, standing);
  }

  private static WritePlan compared(ConnectionScope scope, RecordState state, Standing standing) {
    SortedMap<String, String> differing = new TreeMap<>();
    boolean worthIt = false;
    boolean atOnce = false;
    long scoreMoved = 0;
    for (Map.Entry<Output, String> target : scope.connection().writeBack().fields().entrySet()) {
      Output output = target.getKey();
      String wanted = standing.outputs().getOrDefault(output, "");
      String held = state.facts().value(target.getValue());
      if (SameValue.isSame(wanted, held)) {
        continue;
      }
      differing.put(target.getValue(), wanted);
      worthIt |= output.causesWrite();
      if (output == Output.SCORE) {
        scoreMoved = distance(wanted, held);
        atOnce |= scoreMoved == Long.MAX_VALUE || state.changedAt() >= state.writtenAt();
      } else {
        atOnce |= output.causesWrite();
      }
    }
    String stage = scope.isHeld() ? null : stageToWrite(scope, state, standing);
    StageMap stages = scope.connection().stages();
    if (stage != null && stages != null) {
      differing.put(stages.property(), stage);
      worthIt = true;
      atOnce = true;
    }
    return worthIt ? new WritePlan(differing, atOnce, scoreMoved) : NOTHING;
  }

  /** Returns the stage that the CRM would be given, were stages not held back; null for none. */
  static @Nullable String stage(ConnectionScope scope, RecordState state) {
    Standing standing = state.standings().get(scope.model().name());
    return standing == null || !Appraisal.isPossible(scope, state)
        ? null
        : stageToWrite(scope, state, standing);
  }

  private static long distance(String wanted, @Nullable String held) {
    if (held == null) {
      return Long.MAX_VALUE;
    }
    try {
      BigDecimal there = new BigDecimal(held);
      // A few characters such as 1e99999999 can stand for a number of a hundred million digits.
      if (there.precision() > MOST_DIGITS || Math.abs((long) there.scale()) > MOST_DIGITS) {
        return Long.MAX_VALUE;
      }
      BigDecimal apart = new BigDecimal(wanted).subtract(there).abs();
      return apart.setScale(0, RoundingMode.CEILING).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  /**
   * Stages only ever move on: a contact that is as far or further is left alone, and so is one that
   * people put into a stage of which we do not know how far it is.
   */
  private static @Nullable String stageToWrite(
      ConnectionScope scope, RecordState state, Standing standing) {
    StageMap stages = scope.connection().stages();
    String proposed = standing.decision().stage();
    if (stages == null || proposed == null || scope.connection().mode() != Mode.FULL) {
      return null;
    }
    String value = stages.values().get(proposed);
    String held = state.facts().value(stages.property());
    boolean known = held == null || stages.position(held) >= 0;
    return known && stages.position(value) > stages.position(held) ? value : null;
  }

  /** Returns when the difference should be written, by the connection's policy. */
  long dueAt(WriteBack policy, RecordState state, long now) {
    if (properties.isEmpty()) {
      return Due.NEVER;
    }
    if (atOnce) {
      return Math.max(now, state.writtenAt() + policy.minInterval().toMillis());
    }
    return scoreMoved >= policy.minChange()
        ? Math.max(now, state.writtenAt() + policy.atMost().toMillis())
        : Due.NEVER;
  }
}
