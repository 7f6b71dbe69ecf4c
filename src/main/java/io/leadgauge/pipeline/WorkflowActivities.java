package io.leadgauge.pipeline;

import io.leadgauge.crm.WorkflowHook;
import io.leadgauge.model.Activity;
import io.leadgauge.model.RecordFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What arrivals of a workflow's webhook are activities. One that was tried again came several
 * times: with one correlation id whenever, or with one body within three days of the first, which
 * is how long HubSpot tries. The first one is when it happened. A function of the set of arrivals
 * alone, so that their order leaves no trace.
 */
final class WorkflowActivities {
  /** How long a workflow webhook is tried again (error handling page, read 30 March 2026). */
  static final long TRIED_AGAIN_FOR = 3 * 86_400_000L;

  private WorkflowActivities() {}

  /** Returns the activities that all arrivals of a hook are, in order of time. */
  static List<Activity> of(WorkflowHook hook, List<RecordFacts> doings) {
    SortedSet<Activity> arrivals = new TreeSet<>();
    doings.forEach(facts -> arrivals.addAll(facts.activities(hook.factType())));
    SortedSet<Activity> activities = new TreeSet<>();
    Map<String, Long> firsts = new HashMap<>();
    for (Activity arrival : arrivals) {
      if (!isRepeated(arrival, firsts)) {
        activities.add(new Activity(hook.activity(), arrival.at(), described(arrival)));
      }
    }
    return new ArrayList<>(activities);
  }

  /** Arrivals stand in order of time, so whatever was kept of the same before came first. */
  private static boolean isRepeated(Activity arrival, Map<String, Long> firsts) {
    String correlation = arrival.attributes().get(WorkflowHook.CORRELATION);
    if (correlation != null) {
      return firsts.putIfAbsent(WorkflowHook.CORRELATION + correlation, arrival.at()) != null;
    }
    String body = arrival.attributes().get(WorkflowHook.BODY);
    if (body == null) {
      return false;
    }
    Long first = firsts.get(WorkflowHook.BODY + body);
    if (first != null && arrival.at() - first <= TRIED_AGAIN_FOR) {
      return true;
    }
    firsts.put(WorkflowHook.BODY + body, arrival.at());
    return false;
  }

  private static SortedMap<String, String> described(Activity arrival) {
    SortedMap<String, String> attributes = new TreeMap<>(arrival.attributes());
    attributes.remove(WorkflowHook.CORRELATION);
    attributes.remove(WorkflowHook.BODY);
    return attributes;
  }
}
