package io.leadgauge.sandbox.salesforce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * A transaction on its way: changes records without asking whether they may be changed, works out
 * what follows within a record, and stamps it. What happens to one record is one change.
 */
final class Work {
  private final Org org;
  private final Actor actor;
  private final long at;
  private final boolean told;
  private final Derivation derivation;
  private final Map<String, Started> started = new LinkedHashMap<>();

  private record Started(Row row, Change.Kind kind, Map<String, String> before) {}

  Work(Org org, Actor actor, long at, boolean told) {
    this.org = org;
    this.actor = actor;
    this.at = at;
    this.told = told;
    this.derivation = new Derivation(org, FieldType.stored(at));
  }

  Actor actor() {
    return actor;
  }

  /** Creates a record; fields that are left out have their defaults. */
  Row create(SObject object, Map<String, String> values) {
    return create(object, values, at);
  }

  /** Creates a record that was created earlier than now, or is known to be. */
  Row create(SObject object, Map<String, String> values, long createdAt) {
    Row row = new Row(object, org.nextId(object.keyPrefix()));
    started.put(row.id(), new Started(row, Change.Kind.CREATE, Map.of()));
    for (Field field : object.fields()) {
      field.standard().ifPresent(value -> row.set(field.name(), value));
    }
    if (object.find("OwnerId").isPresent()) {
      row.set("OwnerId", actor.userId());
    }
    String stamp = FieldType.stored(createdAt);
    row.set("CreatedDate", stamp);
    row.set("CreatedById", actor.userId());
    apply(row, values, stamp);
    org.add(row);
    return row;
  }

  /** Sets values; empty text takes a value away. */
  void update(Row row, Map<String, String> values) {
    start(row, Change.Kind.UPDATE);
    Map<String, String> before = Map.copyOf(row.values());
    values.forEach(row::set);
    derivation.follow(row, before);
    if (!before.equals(row.values()) || org.settings().equalWritesTouch()) {
      stamp(row, FieldType.stored(at));
    }
  }

  /** Sets values as the org does by itself: the record counts as changed, not as modified. */
  void adjust(Row row, Map<String, String> values) {
    start(row, Change.Kind.ADJUST);
    values.forEach(row::set);
    row.set("SystemModstamp", FieldType.stored(at));
  }

  void delete(Row row) {
    start(row, Change.Kind.DELETE);
    row.set("IsDeleted", "true");
    stamp(row, FieldType.stored(at));
  }

  void undelete(Row row) {
    start(row, Change.Kind.UNDELETE);
    row.set("IsDeleted", "false");
    stamp(row, FieldType.stored(at));
  }

  /** Lets everybody know who is to know. */
  void commit() {
    List<Change> changes = new ArrayList<>();
    for (Started change : started.values()) {
      Row row = change.row();
      Set<String> names = new TreeSet<>(change.before().keySet());
      names.addAll(row.values().keySet());
      names.removeIf(
          name -> Objects.equals(change.before().get(name), row.value(name).orElse(null)));
      changes.add(new Change(row, change.kind(), change.before(), names));
    }
    org.committed(new Transaction(at, actor, told, changes));
  }

  private void start(Row row, Change.Kind kind) {
    started.putIfAbsent(row.id(), new Started(row, kind, Map.copyOf(row.values())));
  }

  private void apply(Row row, Map<String, String> values, String stamp) {
    values.forEach(row::set);
    derivation.follow(row, Map.of());
    stamp(row, stamp);
  }

  private void stamp(Row row, String stamp) {
    row.set("LastModifiedDate", stamp);
    row.set("LastModifiedById", actor.userId());
    row.set("SystemModstamp", stamp);
  }
}
