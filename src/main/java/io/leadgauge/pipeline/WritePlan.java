package io.leadgauge.pipeline;

import io.leadgauge.crm.Mode;
import io.leadgauge.crm.ModelUse;
import io.leadgauge.crm.StageMap;
import io.leadgauge.crm.WriteBack;
import io.leadgauge.model.Decision;
import io.leadgauge.model.Decision.Recycling;
import io.leadgauge.model.Decision.StageMark;
import io.leadgauge.model.Due;
import io.leadgauge.model.Output;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.Standing;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the CRM should hold and, by all that is known, does not. Compares levels, so an echo of our
 * own write leaves nothing to do, and a burst of changes leaves one write.
 *
 * @param properties the value to write for each property that differs
 * @param clearFirst those of them that the CRM takes only once they are empty, each with the value
 *     that it holds by all that is known
 * @param atOnce whether the difference is worth a write now: anything but a score that time alone
 *     moved
 * @param scoreMoved by how many points the shown score differs from the CRM's, the most of any
 *     model; a score that the CRM does not hold, or not as a number, differs by {@link
 *     Long#MAX_VALUE}
 * @param lost the fields that differ too and are left to whoever else writes them, for now; copied
 */
record WritePlan(
    SortedMap<String, String> properties,
    SortedMap<String, String> clearFirst,
    boolean atOnce,
    long scoreMoved,
    List<Contest> lost) {
  private static final int MOST_DIGITS = 30;
  private static final WritePlan NOTHING =
      new WritePlan(new TreeMap<>(), new TreeMap<>(), false, 0, List.of());

  WritePlan {
    lost = List.copyOf(lost);
  }

  /** Compares what the contact's standings ask for with what its facts say. */
  static WritePlan of(ConnectionScope scope, RecordState state, long now) {
    if (scope.connection().mode() == Mode.SHADOW || !Appraisal.isPossible(scope, state)) {
      return NOTHING;
    }
    Comparison comparison = new Comparison(scope, state, now);
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
    private final long now;
    private final List<Contest> lost = new ArrayList<>();
    private final SortedMap<String, String> differing = new TreeMap<>();
    private final SortedMap<String, String> clearFirst = new TreeMap<>();
    private boolean worthIt;
    private boolean atOnce;
    private long scoreMoved;

    Comparison(ConnectionScope scope, RecordState state, long now) {
      this.scope = scope;
      this.state = state;
      this.now = now;
    }

    void add(ModelUse use, Standing standing) {
      use.fields()
          .forEach((output, property) -> add(output, property, standing.outputs().get(output)));
      StageMap stages = use.stages();
      if (stages != null
          && stages.holds(state.ref())
          && !scope.isHeld()
          && !scope.isWithheld(state)
          && !scope.isRefused(stages.property())) {
        addStage(stages, stageToWrite(scope, state, standing, stages));
      }
    }

    /** A stage behind the one held is taken only once the property is empty. */
    private void addStage(StageMap stages, @Nullable String stage) {
      if (stage == null) {
        return;
      }
      differing.put(stages.property(), stage);
      String held = state.facts().value(stages.property());
      if (held != null && stages.position(stage) < stages.position(held)) {
        clearFirst.put(stages.property(), held);
      }
      worthIt = true;
      atOnce = true;
    }

    /** An output that the standing does not have has no say in what the field holds. */
    private void add(Output output, String property, @Nullable String wanted) {
      String held = state.facts().value(property);
      if (wanted == null || SameValue.isSame(wanted, held) || scope.isRefused(property)) {
        return;
      }
      int corrections = scope.connection().writeBack().corrections();
      Contest contest = Contest.of(state.facts(), property, corrections, now);
      if (contest != null && contest.isLost()) {
        lost.add(contest);
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
      return worthIt
          ? new WritePlan(differing, clearFirst, atOnce, scoreMoved, lost)
          : new WritePlan(new TreeMap<>(), new TreeMap<>(), false, 0, lost);
    }
  }

  /** Returns the stage that the CRM would be given, were stages not held back; null for none. */
  static @Nullable String stage(ConnectionScope scope, RecordState state) {
    return stage(scope, state, false);
  }

  /**
   * Returns the stage that the CRM would be given once all that is waited for has passed: a stage's
   * dwell, the time until a contact goes back. Null for none.
   */
  static @Nullable String stageInTheEnd(ConnectionScope scope, RecordState state) {
    return stage(scope, state, true);
  }

  private static @Nullable String stage(
      ConnectionScope scope, RecordState state, boolean inTheEnd) {
    if (!Appraisal.isPossible(scope, state)) {
      return null;
    }
    for (ModelAtWork model : scope.models()) {
      Standing standing = state.standings().get(model.name());
      StageMap stages = model.use().stages();
      if (standing != null && stages != null && stages.holds(state.ref())) {
        return inTheEnd
            ? stageInTheEnd(scope, state, standing, stages)
            : stageToWrite(scope, state, standing, stages);
      }
    }
    return null;
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

  private static @Nullable String stageToWrite(
      ConnectionScope scope, RecordState state, Standing standing, StageMap stages) {
    if (scope.connection().mode() != Mode.FULL) {
      return null;
    }
    return stage(state.facts(), standing.decision(), stages);
  }

  /** Returns the stage that the CRM would be given because of a decision; null for none. */
  static @Nullable String stage(RecordFacts facts, Decision decision, StageMap stages) {
    return stage(facts, decision.stage(), decision.recycling(), stages);
  }

  private static @Nullable String stageInTheEnd(
      ConnectionScope scope, RecordState state, Standing standing, StageMap stages) {
    if (scope.connection().mode() != Mode.FULL) {
      return null;
    }
    String furthest = null;
    Recycling recycling = null;
    for (StageMark mark : standing.decision().stages()) {
      furthest = mark.entered() || mark.holdsSince() > 0 ? mark.stage() : furthest;
      recycling = recycling == null ? mark.recycling() : recycling;
    }
    return stage(state.facts(), furthest, recycling, stages);
  }

  private static @Nullable String stage(
      RecordFacts facts,
      @Nullable String proposed,
      @Nullable Recycling recycling,
      StageMap stages) {
    return recycling == null
        ? stageAhead(facts, proposed, stages)
        : stageBehind(facts, recycling.to(), stages);
  }

  /**
   * Stages only ever move on: a contact that is as far or further is left alone, and so is one that
   * people put into a stage of which we do not know how far it is, or that is closed.
   */
  private static @Nullable String stageAhead(
      RecordFacts facts, @Nullable String proposed, StageMap stages) {
    String value = proposed == null ? null : stages.values().get(proposed);
    String held = facts.value(stages.property());
    boolean open = held == null || (stages.position(held) >= 0 && !stages.isClosed(held));
    return open && stages.position(value) > stages.position(held) ? value : null;
  }

  /** But for recycling, which takes back only what we wrote ourselves. */
  private static @Nullable String stageBehind(RecordFacts facts, String to, StageMap stages) {
    String value = stages.values().get(to);
    boolean there = SameValue.isSame(value, facts.value(stages.property()));
    return value != null && !there && NeutralView.isOurs(facts, stages.property()) ? value : null;
  }

  /** Returns when the difference should be written, by the connection's policy. */
  long dueAt(WriteBack policy, RecordState state, long now) {
    return Math.min(dueNow(policy, state, now), resumesAt());
  }

  /** Tells whether the CRM holds all that it should, and nothing is left to others. */
  boolean isHeld() {
    return properties.isEmpty() && lost.isEmpty();
  }

  private long resumesAt() {
    return lost.stream().mapToLong(Contest::resumesAt).min().orElse(Due.NEVER);
  }

  private long dueNow(WriteBack policy, RecordState state, long now) {
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
