package io.leadgauge.sandbox;

import io.leadgauge.sandbox.Association.Label;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which records of a portal are associated, and how; always both ways. Those of an archived record
 * are kept and not shown, so that they are there again when it is restored. Belongs to one event
 * loop.
 */
final class Associations {
  private static final Comparator<CrmRecord> ORDER =
      Comparator.comparing(CrmRecord::type).thenComparingLong(CrmRecord::id);

  private final Map<CrmRecord, NavigableMap<CrmRecord, Set<Label>>> labels = new HashMap<>();

  /** Adds a label to a pair; tells whether it was not there. */
  boolean add(CrmRecord from, CrmRecord to, Label label) {
    boolean added = of(from, to).add(label);
    of(to, from).add(label);
    return added;
  }

  /** Takes a label from a pair; tells whether it was there. */
  boolean remove(CrmRecord from, CrmRecord to, Label label) {
    boolean removed = take(from, to, label);
    take(to, from, label);
    return removed;
  }

  /** The labels of a pair; none where the two are not associated. */
  Set<Label> between(CrmRecord from, CrmRecord to) {
    Set<Label> there = labels.getOrDefault(from, new TreeMap<>(ORDER)).get(to);
    return there == null ? Set.of() : EnumSet.copyOf(there);
  }

  /** The live records of a type that a record is associated with, by ascending id. */
  List<CrmRecord> of(CrmRecord from, ObjectType type) {
    NavigableMap<CrmRecord, Set<Label>> ends = labels.get(from);
    return ends == null
        ? List.of()
        : ends.keySet().stream().filter(to -> to.type() == type && !to.archived()).toList();
  }

  /** All records that a record is associated with, archived ones too. */
  List<CrmRecord> all(CrmRecord from) {
    NavigableMap<CrmRecord, Set<Label>> ends = labels.get(from);
    return ends == null ? List.of() : List.copyOf(ends.keySet());
  }

  /** The live primary record of a type. */
  Optional<CrmRecord> primary(CrmRecord from, ObjectType type) {
    return of(from, type).stream()
        .filter(to -> between(from, to).contains(Label.PRIMARY))
        .findFirst();
  }

  /** Forgets all associations of a record. */
  void forget(CrmRecord record) {
    for (CrmRecord other : all(record)) {
      NavigableMap<CrmRecord, Set<Label>> back = labels.get(other);
      if (back != null) {
        back.remove(record);
      }
    }
    labels.remove(record);
  }

  private Set<Label> of(CrmRecord from, CrmRecord to) {
    return labels
        .computeIfAbsent(from, record -> new TreeMap<>(ORDER))
        .computeIfAbsent(to, record -> EnumSet.noneOf(Label.class));
  }

  private boolean take(CrmRecord from, CrmRecord to, Label label) {
    NavigableMap<CrmRecord, Set<Label>> ends = labels.get(from);
    Set<Label> there = ends == null ? null : ends.get(to);
    if (ends == null || there == null) {
      return false;
    }
    boolean removed = there.remove(label);
    if (there.isEmpty()) {
      ends.remove(to);
    }
    return removed;
  }
}
