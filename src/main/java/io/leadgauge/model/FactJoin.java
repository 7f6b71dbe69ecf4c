package io.leadgauge.model;

import io.leadgauge.model.RecordFacts.Joined;
import io.leadgauge.model.RecordFacts.LinkTarget;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One join of facts with those of a record, on its way; copies a map only when it first changes.
 * Used once, by one thread.
 */
final class FactJoin {
  private final RecordFacts before;
  private @Nullable Map<String, List<Stamp>> properties;
  private @Nullable Map<String, List<Activity>> activities;
  private @Nullable Map<LinkTarget, List<Stamp>> links;
  private final Set<Fact> added = new LinkedHashSet<>();
  private final Set<Fact> removed = new LinkedHashSet<>();

  /** A link of each kind and type of which there are more stamps now than before. */
  private final Map<String, Fact.Linked> linked = new HashMap<>();

  private int cut;

  FactJoin(RecordFacts before) {
    this.before = before;
  }

  void add(Fact fact) {
    switch (fact) {
      case Fact.Assigned assigned -> addAssigned(assigned);
      case Fact.Happened happened -> addHappened(happened);
      case Fact.Linked linked -> addLinked(linked);
    }
  }

  private void addAssigned(Fact.Assigned fact) {
    Map<String, List<Stamp>> now = properties == null ? before.properties : properties;
    List<Stamp> stamps = now.getOrDefault(fact.property(), List.of());
    List<Stamp> joined =
        joinStamp(
            stamps, fact.stamp(), stamp -> new Fact.Assigned(fact.of(), fact.property(), stamp));
    if (joined != null) {
      if (properties == null) {
        properties = new HashMap<>(before.properties);
      }
      properties.put(fact.property(), joined);
    }
  }

  private void addLinked(Fact.Linked fact) {
    LinkTarget target = new LinkTarget(fact.kind(), fact.to());
    Map<LinkTarget, List<Stamp>> now = links == null ? before.links : links;
    List<Stamp> stamps = now.getOrDefault(target, List.of());
    List<Stamp> joined =
        joinStamp(
            stamps,
            fact.stamp(),
            stamp -> new Fact.Linked(fact.of(), fact.kind(), fact.to(), stamp));
    if (joined != null) {
      if (links == null) {
        links = new HashMap<>(before.links);
      }
      links.put(target, joined);
      linked.putIfAbsent(fact.kind() + " " + fact.to().type(), fact);
    }
  }

  /** Gives up the oldest stamps among the links of one kind to one type. */
  private void cutLinks(Map<LinkTarget, List<Stamp>> links, Fact.Linked like) {
    RecordRef of = like.of();
    List<LinkTarget> alike = new ArrayList<>();
    int size = 0;
    for (Map.Entry<LinkTarget, List<Stamp>> link : links.entrySet()) {
      LinkTarget target = link.getKey();
      if (target.kind() == like.kind() && target.to().type().equals(like.to().type())) {
        alike.add(target);
        size += link.getValue().size();
      }
    }
    for (; size > RecordFacts.MOST_LINKS; size--) {
      LinkTarget oldest =
          Collections.min(
              alike,
              Comparator.<LinkTarget, Stamp>comparing(target -> oldest(links, target))
                  .thenComparing(Comparator.naturalOrder()));
      List<Stamp> stamps = new ArrayList<>(links.getOrDefault(oldest, List.of()));
      removed(new Fact.Linked(of, oldest.kind(), oldest.to(), stamps.removeFirst()));
      cut++;
      if (stamps.isEmpty()) {
        links.remove(oldest);
        alike.remove(oldest);
      } else {
        links.put(oldest, stamps);
      }
    }
  }

  private static Stamp oldest(Map<LinkTarget, List<Stamp>> links, LinkTarget target) {
    return links.getOrDefault(target, List.of()).getFirst();
  }

  private void addHappened(Fact.Happened fact) {
    Map<String, List<Activity>> now = activities == null ? before.activities : activities;
    String type = fact.activity().type();
    List<Activity> done = now.getOrDefault(type, List.of());
    int place = Collections.binarySearch(done, fact.activity());
    if (place >= 0) {
      return;
    }
    List<Activity> joined = inserted(done, fact.activity(), -place - 1);
    added(fact);
    if (joined.size() > RecordFacts.MOST_ACTIVITIES) {
      removed(new Fact.Happened(fact.of(), joined.removeFirst()));
      cut++;
    }
    if (activities == null) {
      activities = new HashMap<>(before.activities);
    }
    activities.put(type, joined);
  }

  /** Returns the stamps with one more; null if it says nothing new. */
  private @Nullable List<Stamp> joinStamp(
      List<Stamp> stamps, Stamp stamp, Function<Stamp, Fact> asFact) {
    int place = Collections.binarySearch(stamps, stamp);
    if (place >= 0) {
      return null;
    }
    Stamp earlier = stamp.rank() == SourceRank.READ ? reading(stamps, stamp.value()) : null;
    if (earlier != null && earlier.at() >= stamp.at()) {
      return null;
    }
    List<Stamp> joined = inserted(stamps, stamp, -place - 1);
    added(asFact.apply(stamp));
    if (earlier != null) {
      joined.remove(earlier);
      removed(asFact.apply(earlier));
    }
    if (joined.size() > RecordFacts.MOST_STAMPS) {
      removed(asFact.apply(joined.removeFirst()));
      cut++;
    }
    return joined;
  }

  private static @Nullable Stamp reading(List<Stamp> stamps, String value) {
    for (Stamp stamp : stamps) {
      if (stamp.rank() == SourceRank.READ && stamp.value().equals(value)) {
        return stamp;
      }
    }
    return null;
  }

  private static <T> List<T> inserted(List<T> sorted, T item, int place) {
    List<T> joined = new ArrayList<>(sorted.size() + 1);
    joined.addAll(sorted);
    joined.add(place, item);
    return joined;
  }

  private void added(Fact fact) {
    if (!removed.remove(fact)) {
      added.add(fact);
    }
  }

  private void removed(Fact fact) {
    if (!added.remove(fact)) {
      removed.add(fact);
    }
  }

  Joined joined() {
    Map<LinkTarget, List<Stamp>> now = links;
    if (now != null) {
      linked.values().forEach(like -> cutLinks(now, like));
    }
    boolean same = properties == null && activities == null && links == null;
    RecordFacts facts =
        same
            ? before
            : new RecordFacts(
                properties == null ? before.properties : properties,
                activities == null ? before.activities : activities,
                links == null ? before.links : links);
    return new Joined(facts, added, removed, cut);
  }
}
