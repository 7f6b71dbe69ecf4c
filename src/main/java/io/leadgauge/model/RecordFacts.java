package io.leadgauge.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
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

  final Map<String, List<Stamp>> properties;
  final Map<String, List<Activity>> activities;
  final Map<LinkTarget, List<Stamp>> links;

  /** Counted when it is first asked for; 0 until then. */
  private int size;

  RecordFacts(
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
    FactJoin joiner = new FactJoin(this);
    for (Fact fact : facts) {
      joiner.add(fact);
    }
    return joiner.joined();
  }

  /**
   * Returns the facts of what had happened by an instant, whenever it was told.
   *
   * <p>A value of which the oldest thing known is that it was read counts from the beginning: a
   * reading says that it was so, perhaps since long before. Not so what is kept under reserved
   * names, a link undone and one by which a record lives on in another.
   *
   * @param at inclusive
   */
  public RecordFacts asOf(long at) {
    Map<String, List<Stamp>> assigned = new HashMap<>();
    properties.forEach(
        (property, stamps) -> {
          boolean reserved = property.startsWith(Fact.Assigned.RESERVED);
          put(assigned, property, past(stamps, at, !reserved));
        });
    Map<String, List<Activity>> done = new HashMap<>();
    activities.forEach((type, all) -> put(done, type, upTo(all, activity -> activity.at() <= at)));
    Map<LinkTarget, List<Stamp>> linked = new HashMap<>();
    links.forEach(
        (target, stamps) -> {
          boolean held = Boolean.parseBoolean(stamps.getFirst().value());
          put(linked, target, past(stamps, at, held && !target.kind().isSuccession()));
        });
    return new RecordFacts(assigned, done, linked);
  }

  private static <K, T> void put(Map<K, List<T>> map, K key, List<T> past) {
    if (!past.isEmpty()) {
      map.put(key, past);
    }
  }

  private static List<Stamp> past(List<Stamp> stamps, long at, boolean sinceEver) {
    List<Stamp> past = upTo(stamps, stamp -> stamp.at() <= at);
    boolean read = past.isEmpty() && stamps.getFirst().rank() == SourceRank.READ;
    return read && sinceEver ? stamps.subList(0, 1) : past;
  }

  private static <T> List<T> upTo(List<T> sorted, Predicate<T> isPast) {
    int low = 0;
    int high = sorted.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (isPast.test(sorted.get(middle))) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == sorted.size() ? sorted : sorted.subList(0, low);
  }

  /** Returns the same facts but for all that is known of some properties. */
  public RecordFacts without(Set<String> names) {
    Map<String, List<Stamp>> others = new HashMap<>(properties);
    others.keySet().removeAll(names);
    return new RecordFacts(others, activities, links);
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

  /** Returns where links lead that hold, or once held, in no order. */
  public Set<LinkTarget> everLinked() {
    return Collections.unmodifiableSet(links.keySet());
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

  /** Tells whether it works at another record, or is associated with it. */
  public boolean isLinkedTo(RecordRef other) {
    return !links.isEmpty()
        && (associated(LinkKind.WORKS_AT, other.type()).contains(other)
            || associated(LinkKind.ASSOCIATED_WITH, other.type()).contains(other));
  }

  private static final Comparator<Map.Entry<LinkTarget, Stamp>> NEWEST_FIRST =
      Map.Entry.<LinkTarget, Stamp>comparingByValue()
          .reversed()
          .thenComparing(Map.Entry.comparingByKey());

  /**
   * Returns the records that live on in place of this one: those that absorbed it and did not let
   * it go again, and what it was converted to.
   */
  public List<RecordRef> survivors() {
    if (links.isEmpty()) {
      return List.of();
    }
    SortedSet<RecordRef> survivors = new TreeSet<>();
    links(LinkKind.MERGED_INTO).forEach(link -> survivors.add(link.to()));
    links(LinkKind.CONVERTED_TO).forEach(link -> survivors.add(link.to()));
    return List.copyOf(survivors);
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

  /** Tells whether a fact is kept. */
  public boolean holds(Fact fact) {
    return switch (fact) {
      case Fact.Assigned assigned -> history(assigned.property()).contains(assigned.stamp());
      case Fact.Happened happened ->
          activities(happened.activity().type()).contains(happened.activity());
      case Fact.Linked link ->
          links
              .getOrDefault(new LinkTarget(link.kind(), link.to()), List.of())
              .contains(link.stamp());
    };
  }

  /**
   * Returns every fact, in one order whatever order they came in.
   *
   * @param of the record that these are the facts of
   */
  public List<Fact> all(RecordRef of) {
    List<Fact> all = new ArrayList<>();
    new TreeMap<>(properties)
        .forEach(
            (property, stamps) ->
                stamps.forEach(stamp -> all.add(new Fact.Assigned(of, property, stamp))));
    new TreeMap<>(activities)
        .values()
        .forEach(done -> done.forEach(activity -> all.add(new Fact.Happened(of, activity))));
    new TreeMap<>(links)
        .forEach(
            (target, stamps) ->
                stamps.forEach(
                    stamp -> all.add(new Fact.Linked(of, target.kind(), target.to(), stamp))));
    return all;
  }

  /** Returns how many facts are kept, as a measure of memory. */
  public int size() {
    int known = size;
    if (known == 0) {
      known = counted();
      size = known;
    }
    return known;
  }

  private int counted() {
    int count = 0;
    for (List<Stamp> stamps : properties.values()) {
      count += stamps.size();
    }
    for (List<Activity> done : activities.values()) {
      count += done.size();
    }
    for (List<Stamp> stamps : links.values()) {
      count += stamps.size();
    }
    return count;
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
}
