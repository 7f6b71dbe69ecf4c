package io.leadgauge.pipeline;

import io.leadgauge.crm.Mode;
import io.leadgauge.crm.ModelUse;
import io.leadgauge.crm.StageMap;
import io.leadgauge.crm.WriteBack;
import io.leadgauge.model.Due;
import io.leadgauge.model.Output;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.Standing;
import java.math.BigDecimal;
import java.math.RoundingMode;
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
 * @param scoreMoved by how many points the shown score differs from the CRM's, the most of any
 *     model; a score that the CRM does not hold, or not as a number, differs by {@link
 *     Long#MAX_VALUE}
 */
record WritePlan(SortedMap<String, String> properties, boolean atOnce, long scoreMoved) {
  private static final int MOST_DIGITS = 30;
  private static final WritePlan NOTHING = new WritePlan(new TreeMap<>(), false, 0);

  /** Compares what the contact's standings ask for with what its facts say. */
  static WritePlan of(ConnectionScope scope, RecordState state) {
    if (scope.connection().mode() == Mode.SHADOW || !Appraisal.isPossible(scope, state)) {
      return NOTHING;
    }
    Comparison comparison = new Comparison(scope, state);
    for (ModelAtWork model : scope.models()) {
      Standing standing = state.standings().get(model.name());
      if (standing != null) {
        comparison.add(model.use(), standing);
      }
    }
    return comparison.plan();
  }

  /** Gathers what differs, model by model, for one write. */
  private static final class Comparison {
    private final ConnectionScope scope;
    private final RecordState state;
    private final SortedMap<String, String> differing = new TreeMap<>();
    private boolean worthIt;
    private boolean atOnce;
    private long scoreMoved;

    Comparison(ConnectionScope scope, RecordState state) {
      this.scope = scope;
      this.state = state;
    }

    void add(ModelUse use, Standing standing) {
      use.fields()
          .forEach((output, property) -> add(output, property, standing.outputs().get(output)));
      String stage = stageToWrite(scope, use, state, standing);
      if (stage != null && use.stages() != null) {
        differing.put(use.stages().property(), stage);
        worthIt = true;
        atOnce = true;
      }
    }

    /** An output that the standing does not have has no say in what the field holds. */
    private void add(Output output, String property, @Nullable String wanted) {
      String held = state.facts().value(property);
      if (wanted == null || SameValue.isSame(wanted, held)) {
        return;
      }
      differing.put(property, wanted);
      worthIt |= output.causesWrite();
      if (output == Output.SCORE) {
        long moved = distance(wanted, held);
        scoreMoved = Math.max(scoreMoved, moved);
        atOnce |= moved == Long.MAX_VALUE || state.changedAt() >= state.writtenAt();
      } else {
        atOnce |= output.causesWrite();
      }
    }

    WritePlan plan() {
      return worthIt ? new WritePlan(differing, atOnce, scoreMoved) : NOTHING;
    }
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
      ConnectionScope scope, ModelUse use, RecordState state, Standing standing) {
    StageMap stages = use.stages();
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
