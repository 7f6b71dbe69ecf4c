package io.leadgauge.sandbox;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A record of the portal: a type, an id and the history of each of its properties. */
final class CrmRecord {
  private static final long LIVE = Long.MIN_VALUE;

  private final ObjectType type;
  private final long id;
  private final long createdAt;
  private final Map<String, PropertyHistory> properties = new HashMap<>();
  private long updatedAt;
  private long archivedAt = LIVE;

  CrmRecord(ObjectType type, long id, long createdAt) {
    this.type = type;
    this.id = id;
    this.createdAt = createdAt;
    this.updatedAt = createdAt;
  }

  ObjectType type() {
    return type;
  }

  long id() {
    return id;
  }

  long createdAt() {
    return createdAt;
  }

  /** When anything about it last changed; its type's property for that holds the same. */
  long updatedAt() {
    return updatedAt;
  }

  boolean archived() {
    return archivedAt != LIVE;
  }

  long archivedAt() {
    return archivedAt;
  }

  void archive(long at) {
    archivedAt = at;
  }

  void restore() {
    archivedAt = LIVE;
  }

  /** Puts a value into a property's history; it stands if none of a later instant is there. */
  void assign(String property, Assignment assignment) {
    properties.computeIfAbsent(property, name -> new PropertyHistory()).add(assignment);
  }

  /** Forgets what it held in a property where that is nothing of its type. */
  void forgetUnless(String property, PropertyType type) {
    PropertyHistory history = properties.get(property);
    if (history != null
        && history.newestFirst().stream()
            .map(Assignment::value)
            .anyMatch(
                value -> !value.isEmpty() && !type.stored(value).equals(Optional.of(value)))) {
      properties.remove(property);
    }
  }

  /** Sets a value that the CRM works out by itself. */
  void workOut(String property, String value, long at) {
    assign(property, new Assignment(value, at, ChangeSource.calculated()));
  }

  /** Notes a change of the record at an instant. */
  void touch(long at, ChangeSource source) {
    updatedAt = Math.max(updatedAt, at);
    assign(type.modified(), new Assignment(Long.toString(updatedAt), updatedAt, source));
  }

  /** The stored value of a property; empty when cleared, nothing when never set. */
  Optional<String> value(String property) {
    PropertyHistory history = properties.get(property);
    return history == null ? Optional.empty() : history.current().map(Assignment::value);
  }

  /** The stored value of a property, empty when cleared or never set. */
  String valueOrEmpty(String property) {
    return value(property).orElse("");
  }

  /** The value that stood at an instant. */
  Optional<String> valueAt(String property, long at) {
    PropertyHistory history = properties.get(property);
    return history == null ? Optional.empty() : history.at(at).map(Assignment::value);
  }

  /** The history of a property, newest first; empty when never set. */
  List<Assignment> history(String property) {
    PropertyHistory history = properties.get(property);
    return history == null ? List.of() : history.newestFirst();
  }

  /** The names of all properties that were ever set. */
  Set<String> propertyNames() {
    return properties.keySet();
  }
}
