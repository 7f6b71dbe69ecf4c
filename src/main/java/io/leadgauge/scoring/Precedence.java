package io.leadgauge.scoring;

import io.leadgauge.model.Activity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which activities of a contact another one follows closely. The candidates of a discount are
 * sorted when it first asks, apart for each value that both must have, so that one search tells.
 */
final class Precedence {
  private static final Comparator<Activity> OLDEST_FIRST = Comparator.comparingLong(Activity::at);

  private final List<Activity> activities;
  private final Map<Asked, Map<String, List<Activity>>> candidates = new HashMap<>();

  Precedence(List<Activity> activities) {
    this.activities = activities;
  }

  /** What a discount looks for. */
  private record Asked(String type, @Nullable String attribute) {}

  /** Tells whether an activity that this asks for comes with another one, or shortly before it. */
  boolean precedes(ModelDefinition.After after, Activity other) {
    Asked asked = new Asked(after.activity(), after.same());
    String value = value(asked, other);
    List<Activity> same =
        value == null
            ? List.of()
            : candidates.computeIfAbsent(asked, this::byValue).getOrDefault(value, List.of());
    int last = after(same, other.at()) - 1;
    while (last >= 0 && same.get(last).equals(other)) {
      last--;
    }
    return last >= 0 && other.at() - same.get(last).at() < after.within();
  }

  private Map<String, List<Activity>> byValue(Asked asked) {
    Map<String, List<Activity>> byValue = new HashMap<>();
    for (Activity activity : activities) {
      String value = activity.type().equals(asked.type) ? value(asked, activity) : null;
      if (value != null) {
        byValue.computeIfAbsent(value, fresh -> new ArrayList<>()).add(activity);
      }
    }
    byValue.values().forEach(same -> same.sort(OLDEST_FIRST));
    return byValue;
  }

  /** Returns the value that both must have; the same for all where none is asked for. */
  private static @Nullable String value(Asked asked, Activity activity) {
    if (asked.attribute == null) {
      return "";
    }
    String value = Value.fold(activity.attributes().getOrDefault(asked.attribute, ""));
    return value.isEmpty() ? null : value;
  }

  /** Returns the place of the first that is later than an instant. */
  private static int after(List<Activity> sorted, long at) {
    int low = 0;
    int high = sorted.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted.get(middle).at() <= at) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
