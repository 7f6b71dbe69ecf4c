package io.leadgauge.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one record: what each property was and when, what the contact did, where its key
 * leads.
 *
 * <p>Joining facts is commutative, associative and idempotent, so order, repetition and grouping of
 * deliveries leave no trace. Each property and each link keeps its {@value #MOST_STAMPS} newest
 * stamps, all links of one kind to one type {@value #MOST_LINKS}, each type of activity its {@value
 * #MOST_ACTIVITIES} newest; what a bound cuts is told by {@link Joined#cut()}.
 *
 * <p>A value that was only read (rank {@link SourceRank#READ}) keeps the latest instant at which it
 * was seen, so that reading a record again and again does not push its history out.
 *
 * <p>Immutable and thread-safe.
 */
public final class RecordFacts {
  /** The most stamps kept of one property or link. */
  public static final int MOST_STAMPS = 100;

  /** The most activities kept of one type. */
  public static final int MOST_ACTIVITIES = 1_000;

  /** The most stamps kept of all links of one kind to records of one type. */
  public static final int MOST_LINKS = 2_000;

  /** The facts of a record that nothing is known of. */
  public static final RecordFacts NONE = new RecordFacts(Map.of(), Map.of(), Map.of());

  private final Map<String, List<Stamp>> properties;
  private final Map<String, List<Activity>> activities;
  private final Map<LinkTarget, List<Stamp>> links;

  private RecordFacts(
      Map<String, List<Stamp>> properties,
      Map<String, List<Activity>> activities,
      Map<LinkTarget, List<Stamp>> links) {
    this.properties = properties;
    this.activities = activities;
    this.links = links;
  }

  /**
   * Where a link leads.
   *
   * @param kind what it means
   * @param to the other record
   */
  public record LinkTarget(LinkKind kind, RecordRef to) implements Comparable<LinkTarget> {
    @Override
    public int compareTo(LinkTarget other) {
      int byKind = kind.compareTo(other.kind);
      return byKind != 0 ? byKind : to.compareTo(other.to);
    }
  }

  /**
   * What joining facts gave.
   *
   * @param facts the facts now
   * @param added the facts that were not there before, in the order they came
   * @param removed the facts that gave way: cut by a bound, or a reading replaced by a later one of
   *     the same value
   * @param cut how many facts a bound has cut; a repeated delivery of one counts again
   */
  public record Joined(
      RecordFacts facts, Collection<Fact> added, Collection<Fact> removed, int cut) {
    /** Tells whether anything was learned. */
    public boolean isChange() {
      return !added.isEmpty() || !removed.isEmpty();
    }
  }

  /** Returns these facts joined with others of the same record. */
  public Joined join(Iterable<? extends Fact> facts) {
    Joiner joiner = new Joiner(this);
    for (Fact fact : facts) {
      joiner.add(fact);
    }
    return joiner.joined();
  }

  /** Returns the greatest stamp of a property; empty if nothing was ever said of it. */
  public Optional<Stamp> current(String property) {
    List<Stamp> stamps = properties.get(property);
    return stamps == null ? Optional.empty() : Optional.of(stamps.getLast());
  }

  /** Returns the current value of a property; null if it is unknown or known to be empty. */
  public @Nullable String value(String property) {
    List<Stamp> stamps = properties.get(property);
    if (stamps == null) {
      return null;
    }
    String value = stamps.getLast().value();
    return value.isEmpty() ? null : value;
  }

  /** Tells whether anything was ever said of a property, if only that it was empty. */
  public boolean knows(String property) {
    return properties.containsKey(property);
  }

  /** Returns all kept stamps of a property, oldest first. */
  public List<Stamp> history(String property) {
    return properties.getOrDefault(property, List.of());
  }

  /** Tells whether a bound may have cut older stamps of a property. */
  public boolean isFull(String property) {
    return history(property).size() >= MOST_STAMPS;
  }

  /** Returns the names of all properties that something was said of, in no order. */
  public Set<String> properties() {
    return Collections.unmodifiableSet(properties.keySet());
  }

  /** Returns the types of activities that the contact ever did, in no order. */
  public Set<String> activityTypes() {
    return Collections.unmodifiableSet(activities.keySet());
  }

  /** Returns all kept activities of a type, oldest first. */
  public List<Activity> activities(String type) {
    return activities.getOrDefault(type, List.of());
  }

  /** Returns where links that hold lead, in no order. */
  public List<LinkTarget> links(LinkKind kind) {
    List<LinkTarget> held = new ArrayList<>();
    links.forEach(
        (target, stamps) -> {
          if (target.kind() == kind && Boolean.parseBoolean(stamps.getLast().value())) {
            held.add(target);
          }
        });
    return held;
  }

  /**
   * Returns the records of a type that it is associated with, newest link first: those that an
   * event has linked since all associations were last read, and those that were read then.
   */
  public List<RecordRef> associated(LinkKind kind, String type) {
    long readAt = current(Fact.Assigned.ASSOCIATED + type).map(Stamp::at).orElse(Long.MIN_VALUE);
    List<Map.Entry<LinkTarget, Stamp>> held = new ArrayList<>();
    links.forEach(
        (target, stamps) -> {
          Stamp stamp = stamps.getLast();
          if (target.kind() == kind
              && target.to().type().equals(type)
              && stamp.at() >= readAt
              && Boolean.parseBoolean(stamp.value())) {
            held.add(Map.entry(target, stamp));
          }
        });
    held.sort(NEWEST_FIRST);
    return held.stream().map(link -> link.getKey().to()).toList();
  }

  private static final Comparator<Map.Entry<LinkTarget, Stamp>> NEWEST_FIRST =
      Map.Entry.<LinkTarget, Stamp>comparingByValue()
          .reversed()
          .thenComparing(Map.Entry.comparingByKey());

  /** Returns the records that this one was absorbed by and not taken out of again. */
  public List<RecordRef> survivors() {
    return links.isEmpty()
        ? List.of()
        : links(LinkKind.MERGED_INTO).stream().map(LinkTarget::to).sorted().toList();
  }

  /** Tells whether the record is known to be deleted. */
  public boolean isDeleted() {
    return "false".equals(value(Fact.Assigned.PRESENCE));
  }

  /** Tells whether the record was absorbed by another, which lives on in its place. */
  public boolean isAbsorbed() {
    return !survivors().isEmpty();
  }

  /** Tells whether the record lives no more: deleted, or absorbed by another. */
  public boolean isGone() {
    return isDeleted() || isAbsorbed();
  }

  /** Returns how many facts are kept, as a measure of memory. */
  public int size() {
    int size = 0;
    for (List<Stamp> stamps : properties.values()) {
      size += stamps.size();
    }
    for (List<Activity> done : activities.values()) {
      size += done.size();
    }
    for (List<Stamp> stamps : links.values()) {
      size += stamps.size();
    }
    return size;
  }

  /**
   * Returns the facts as text in one order whatever order they came in: equal facts give equal
   * bytes. For comparison, not for storage.
   */
  public String canonical() {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(properties)
        .forEach((property, stamps) -> append(text, "property " + quote(property), stamps));
    new TreeMap<>(activities)
        .values()
        .forEach(
            done ->
                done.forEach(
                    activity -> {
                      text.append("activity ").append(quote(activity.type()));
                      text.append(' ').append(activity.at());
                      activity
                          .attributes()
                          .forEach(
                              (name, value) ->
                                  text.append(' ')
                                      .append(quote(name))
                                      .append('=')
                                      .append(quote(value)));
                      text.append('\n');
                    }));
    new TreeMap<>(links)
        .forEach(
            (target, stamps) ->
                append(
                    text, "link " + target.kind() + " " + quote(target.to().toString()), stamps));
    return text.toString();
  }

  private static void append(StringBuilder text, String head, List<Stamp> stamps) {
    for (Stamp stamp : stamps) {
      text.append(head).append(' ').append(stamp.at()).append(' ').append(stamp.rank());
      text.append(' ').append(quote(stamp.value())).append('\n');
    }
  }

  private static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RecordFacts facts
        && properties.equals(facts.properties)
        && activities.equals(facts.activities)
        && links.equals(facts.links);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * properties.hashCode() + activities.hashCode()) + links.hashCode();
  }

  @Override
  public String toString() {
    return canonical();
  }

  /** Collects one join; copies a map only when it first changes. */
  private static final class Joiner {
    private final RecordFacts before;
    private @Nullable Map<String, List<Stamp>> properties;
    private @Nullable Map<String, List<Activity>> activities;
    private @Nullable Map<LinkTarget, List<Stamp>> links;
    private final Set<Fact> added = new LinkedHashSet<>();
    private final Set<Fact> removed = new LinkedHashSet<>();
    private int cut;

    Joiner(RecordFacts before) {
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
        if (links.size() > MOST_LINKS) {
          cutLinks(fact.of(), links, target);
        }
      }
    }

    /** Gives up the oldest stamps among the links of one kind to one type. */
    private void cutLinks(RecordRef of, Map<LinkTarget, List<Stamp>> links, LinkTarget like) {
      List<LinkTarget> alike = new ArrayList<>();
      int size = 0;
      for (Map.Entry<LinkTarget, List<Stamp>> link : links.entrySet()) {
        LinkTarget target = link.getKey();
        if (target.kind() == like.kind() && target.to().type().equals(like.to().type())) {
          alike.add(target);
          size += link.getValue().size();
        }
      }
      for (; size > MOST_LINKS; size--) {
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
      if (joined.size() > MOST_ACTIVITIES) {
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
      if (joined.size() > MOST_STAMPS) {
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
}
