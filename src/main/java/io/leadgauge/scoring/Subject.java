package io.leadgauge.scoring;

import io.leadgauge.model.Activity;
import java.util.List;
import java.util.Map;

/**
 * A contact as a model sees it: neutral names, current values, what it did.
 *
 * @param properties the current values as text; a property that is unknown or empty is absent;
 *     copied
 * @param activities what the contact did, in any order; one that is there twice counts once; copied
 * @param knownSince when the contact was created or first seen, the start of its silence
 */
public record Subject(Map<String, String> properties, List<Activity> activities, long knownSince) {
  public Subject {
    properties = Map.copyOf(properties);
    activities = List.copyOf(activities);
  }
}
