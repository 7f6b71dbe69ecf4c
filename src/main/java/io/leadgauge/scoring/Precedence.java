package io.leadgauge.scoring;

import io.leadgauge.model.Activity;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which activities of a contact another one follows closely; sorted by type when first asked. */
final class Precedence {
  private static final Comparator<Activity> OLDEST_FIRST = Comparator.comparingLong(Activity::at);

  private final List<Activity> activities;
  private final Map<String, List<Activity>> byType = new HashMap<>();

  Precedence(List<Activity> activities) {
    this.activities = activities;
  }

  /** Tells whether an activity that this asks for comes with another one, or shortly before it. */
  boolean precedes(ModelDefinition.After after, Activity other) {
    List<Activity> candidates = byType.computeIfAbsent(after.activity(), this::ofType);
    for (int i = first(candidates, other.at() - after.within() + 1); i < candidates.size(); i++) {
      Activity candidate = candidates.get(i);
      if (candidate.at() > other.at()) {
        return false;
      }
      if (!candidate.equals(other) && isSame(after.same(), candidate, other)) {
        return true;
      }
    }
    return false;
  }

  private List<Activity> ofType(String type) {
    return activities.stream()
        .filter(activity -> activity.type().equals(type))
        .sorted(OLDEST_FIRST)
        .toList();
  }

  /** Returns the place of the first that is not before an instant. */
  private static int first(List<Activity> sorted, long at) {
    int low = 0;
    int high = sorted.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted.get(middle).at() < at) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static boolean isSame(@Nullable String attribute, Activity one, Activity other) {
    if (attribute == null) {
      return true;
    }
    String value = Value.fold(one.attributes().getOrDefault(attribute, ""));
    return !value.isEmpty()
        && value.equals(Value.fold(other.attributes().getOrDefault(attribute, "")));
  }
}
