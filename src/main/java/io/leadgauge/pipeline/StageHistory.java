package io.leadgauge.pipeline;

import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who set a property that we write: people and the CRM, or we. */
public final class StageHistory {
  private StageHistory() {}

  /**
   * Returns what others than we set a property to, oldest first; what was read at first counts from
   * an instant on.
   *
   * <p>A value is ours where we noted, between the value before and the one after, that the CRM had
   * confirmed it.
   *
   * @param beganAt that instant
   */
  public static List<Stamp> byOthers(RecordFacts facts, String property, long beganAt) {
    List<Stamp> values = facts.history(property);
    List<Stamp> wrote = facts.history(Fact.Assigned.WROTE + property);
    List<Stamp> others = new ArrayList<>();
    int next;
    for (int from = 0; from < values.size(); from = next) {
      Stamp first = values.get(from);
      next = from + 1;
      while (next < values.size() && SameValue.isSame(values.get(next).value(), first.value())) {
        next++;
      }
      Stamp before = from == 0 ? null : values.get(from - 1);
      Stamp after = next == values.size() ? null : values.get(next);
      if (!isOurs(wrote, first.value(), before, after)) {
        boolean read = from == 0 && first.rank() == SourceRank.READ;
        others.add(
            read ? new Stamp(Math.min(beganAt, first.at()), first.rank(), first.value()) : first);
      }
    }
    return others;
  }

  private static boolean isOurs(
      List<Stamp> wrote, String value, @Nullable Stamp before, @Nullable Stamp after) {
    for (Stamp one : wrote) {
      if (SameValue.isSame(one.value(), value)
          && (before == null || one.compareTo(before) > 0)
          && (after == null || one.compareTo(after) < 0)) {
        return true;
      }
    }
    return false;
  }
}
