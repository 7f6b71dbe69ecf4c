package io.leadgauge.pipeline;

import io.leadgauge.crm.StageMap;
import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.Stamp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a CRM's history tells of contacts that were further along than they are now, as it was when
 * they were: so that whoever learns all of it at once still sees that people moved them back.
 */
final class FurthestStage {
  private FurthestStage() {}

  /**
   * Returns what was told of contacts that were moved back, without what their stage was after it
   * had been the furthest.
   *
   * @param since only what the stage was from this instant on counts, by the CRM's clock
   */
  static List<Fact> before(ConnectionScope scope, List<Fact> told, long since) {
    StageMap stages = scope.stages();
    if (stages == null) {
      return List.of();
    }
    Map<RecordRef, Stamp> furthest = new HashMap<>();
    Map<RecordRef, Stamp> last = new HashMap<>();
    for (Fact fact : told) {
      if (fact instanceof Fact.Assigned assigned && isStage(stages, assigned)) {
        last.merge(fact.of(), assigned.stamp(), FurthestStage::later);
        if (assigned.stamp().at() >= since) {
          furthest.merge(fact.of(), assigned.stamp(), (one, other) -> further(stages, one, other));
        }
      }
    }
    furthest.entrySet().removeIf(one -> one.getValue().equals(last.get(one.getKey())));
    return told.stream().filter(fact -> isBefore(stages, fact, furthest)).toList();
  }

  private static boolean isStage(StageMap stages, Fact.Assigned assigned) {
    return stages.holds(assigned.of()) && assigned.property().equals(stages.property());
  }

  private static Stamp later(Stamp one, Stamp other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  /** Of two that are as far the later one. */
  private static Stamp further(StageMap stages, Stamp one, Stamp other) {
    int ahead = Integer.compare(stages.position(one.value()), stages.position(other.value()));
    return ahead == 0 ? later(one, other) : ahead > 0 ? one : other;
  }

  private static boolean isBefore(StageMap stages, Fact fact, Map<RecordRef, Stamp> furthest) {
    Stamp stamp = furthest.get(fact.of());
    return stamp != null
        && !(fact instanceof Fact.Assigned assigned
            && isStage(stages, assigned)
            && assigned.stamp().compareTo(stamp) > 0);
  }
}
