package io.leadgauge.sandbox;

import io.leadgauge.sandbox.Association.Label;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A HubSpot account: its records, and the rules that changes to them follow. Every change is told
 * to one listener.
 *
 * <p>A write of an equal value changes nothing: no history, no modification time, no webhook. What
 * of this is unverified can be assumed otherwise.
 *
 * <p>Belongs to one event loop. Values come checked and in stored form.
 */
final class Portal {
  /** The contact's property that names its primary company, and moves it when it is written. */
  static final String PRIMARY_COMPANY = "associatedcompanyid";

  private static final int FARTHEST_STEP = 50;

  private final long id;
  private final Map<ObjectType, Records> records = new EnumMap<>(ObjectType.class);
  private final Associations associations = new Associations();
  private final AssociationRules rules = new AssociationRules(associations, this::tell);
  private final Owners owners;
  private final LifecycleStages stages;
  private final Optional<String> firstStage;
  private final Dice dice;
  private final Consumer<Change> listener;
  private boolean mergesIntoPrimary;
  private Assumptions assumptions = Assumptions.QUIET;
  private long lastId;

  /**
   * A portal without records.
   *
   * @param id the account's number
   * @param firstId about where record ids begin; real ones do not fit 32 bits
   * @param firstStage the stage a new contact gets unless it comes with one
   */
  Portal(long id, long firstId, Optional<String> firstStage, Dice dice, Consumer<Change> listener) {
    this.id = id;
    this.lastId = firstId;
    this.firstStage = firstStage;
    this.dice = dice;
    this.listener = listener;
    for (ObjectType type : ObjectType.values()) {
      records.put(type, new Records(type));
    }
    this.owners = Owners.ofNewPortal(id);
    this.stages = new LifecycleStages(of(ObjectType.CONTACT).schema());
  }

  /**
   * What a write did.
   *
   * @param changed values that are now others
   * @param equal values that were the same already
   */
  record Written(int changed, int equal) {}

  /** One association that a record is to be created with. */
  record Link(CrmRecord to, Label label) {}

  long id() {
    return id;
  }

  /** The records of one type. */
  Records of(ObjectType type) {
    Records ofType = records.get(type);
    if (ofType == null) {
      throw new IllegalStateException("every type has its records: " + type);
    }
    return ofType;
  }

  Associations associations() {
    return associations;
  }

  Owners owners() {
    return owners;
  }

  /** Whether the primary's id goes on after a merge, instead of a new one. */
  void mergesIntoPrimary(boolean itsIdGoesOn) {
    mergesIntoPrimary = itsIdGoesOn;
  }

  boolean mergesIntoPrimary() {
    return mergesIntoPrimary;
  }

  /** Sets how it behaves where nobody could say how HubSpot does. */
  void assume(Assumptions others) {
    assumptions = others;
  }

  Assumptions assumptions() {
    return assumptions;
  }

  /** Creates a record. A contact's e-mail address must not conflict. */
  CrmRecord create(ObjectType type, Map<String, String> values, long at, ChangeSource source) {
    return create(type, values, List.of(), at, source);
  }

  /** Creates a record, associated from the start. */
  CrmRecord create(
      ObjectType type,
      Map<String, String> values,
      Collection<Link> links,
      long at,
      ChangeSource source) {
    CrmRecord record = new CrmRecord(type, nextId(), at);
    of(type).add(record);
    List<Change.NewValue> set = new ArrayList<>();
    values.forEach((name, value) -> assign(record, name, value, at, source, set));
    if (type == ObjectType.CONTACT && !values.containsKey(LifecycleStages.PROPERTY)) {
      firstStage.ifPresent(
          stage -> assign(record, LifecycleStages.PROPERTY, stage, at, source, set));
    }
    Consequences.ofBirth(record, at, source);
    record.touch(at, source);
    listener.accept(new Change.Created(subject(record), List.copyOf(set), at, source));
    employ(record, values, at, source);
    links.forEach(link -> associate(record, link.to(), link.label(), at, source));
    return record;
  }

  /** Sets values of a record. A contact's new e-mail address must not conflict. */
  Written update(CrmRecord record, Map<String, String> values, long at, ChangeSource source) {
    List<Change.NewValue> set = new ArrayList<>();
    values.forEach((name, value) -> assign(record, name, value, at, source, set));
    if (!set.isEmpty()) {
      record.touch(at, source);
      listener.accept(new Change.Updated(subject(record), List.copyOf(set), at, source));
    }
    int employed = employ(record, values, at, source) ? 1 : 0;
    return new Written(set.size() + employed, values.size() - set.size() - employed);
  }

  /** Sets values that the CRM works out by itself. The listener hears of them as of any other. */
  void workOut(CrmRecord record, Map<String, String> values, long at, ChangeSource source) {
    List<Change.NewValue> set = new ArrayList<>();
    values.forEach((name, value) -> put(record, name, value, at, source, set));
    record.touch(at, source);
    listener.accept(new Change.Updated(subject(record), List.copyOf(set), at, source));
  }

  void archive(CrmRecord record, long at, ChangeSource source) {
    of(record.type()).archive(record, at);
    listener.accept(new Change.Archived(subject(record), at, source));
    settleNeighbours(record, at);
  }

  /** Brings an archived record back. A contact's e-mail address must not conflict. */
  void restore(CrmRecord record, long at, ChangeSource source) {
    of(record.type()).add(record);
    record.touch(at, source);
    listener.accept(new Change.Restored(subject(record), at, source));
    settleNeighbours(record, at);
  }

  /** Removes a contact for good. */
  void erase(CrmRecord record, long at, ChangeSource source) {
    List<CrmRecord> neighbours = associations.all(record);
    of(record.type()).remove(record);
    associations.forget(record);
    listener.accept(new Change.Erased(subject(record), at, source));
    neighbours.forEach(neighbour -> settle(neighbour, at));
  }

  /**
   * Makes one record of two: the primary's values, and the other's where it has none. It has a new
   * id, or the primary's by the switch. Of the associations that move, and of the new record,
   * nothing is told, unless that is assumed.
   */
  CrmRecord merge(CrmRecord primary, CrmRecord other, long at, ChangeSource source) {
    Records ofType = of(primary.type());
    long createdAt = Math.min(primary.createdAt(), other.createdAt());
    CrmRecord survivor =
        mergesIntoPrimary ? primary : new CrmRecord(primary.type(), nextId(), createdAt);
    ofType.remove(primary);
    ofType.remove(other);
    if (survivor != primary) {
      copy(primary, survivor);
    }
    int moved = copy(other, survivor);
    ofType.absorb(primary, survivor);
    ofType.absorb(other, survivor);
    ofType.add(survivor);
    rules.move(primary, survivor, assumptions.mergeTellsAll(), at, source);
    rules.move(other, survivor, assumptions.mergeTellsAll(), at, source);
    survivor.workOut("hs_object_id", Long.toString(survivor.id()), at);
    survivor.workOut("hs_merged_object_ids", primary.id() + ";" + other.id(), at);
    survivor.touch(at, source);
    if (assumptions.mergeTellsAll() && survivor != primary) {
      listener.accept(new Change.Created(subject(survivor), List.of(), at, source));
    }
    listener.accept(
        new Change.Merged(subject(survivor), primary.id(), other.id(), moved, at, source));
    settle(survivor, at);
    return survivor;
  }

  /** Associates two records. */
  void associate(CrmRecord from, CrmRecord to, Label label, long at, ChangeSource source) {
    rules.associate(from, to, label, at, source);
    settle(from, at);
    settle(to, at);
  }

  /** Takes labels from a pair of records; the unlabelled one takes all. */
  void dissociate(CrmRecord from, CrmRecord to, Set<Label> labels, long at, ChangeSource source) {
    rules.dissociate(from, to, labels, at, source);
    settle(from, at);
    settle(to, at);
  }

  private void tell(
      CrmRecord from, CrmRecord to, Label label, boolean removed, long at, ChangeSource source) {
    Subject one = subject(from);
    Subject other = subject(to);
    listener.accept(new Change.Associated(one, other, label, removed, at, source));
    listener.accept(new Change.Associated(other, one, label, removed, at, source));
  }

  /** Moves the primary company where a write names another; tells whether it did. */
  private boolean employ(
      CrmRecord record, Map<String, String> values, long at, ChangeSource source) {
    String wanted = values.get(PRIMARY_COMPANY);
    if (record.type() != ObjectType.CONTACT
        || wanted == null
        || wanted.equals(record.valueOrEmpty(PRIMARY_COMPANY))) {
      return false;
    }
    Optional<CrmRecord> company = of(ObjectType.COMPANY).find(wanted);
    if (company.isPresent()) {
      associate(record, company.get(), Label.PRIMARY, at, source);
    } else {
      associations
          .primary(record, ObjectType.COMPANY)
          .ifPresent(old -> dissociate(record, old, Set.of(Label.UNLABELLED), at, source));
    }
    return true;
  }

  private void assign(
      CrmRecord record,
      String name,
      String value,
      long at,
      ChangeSource source,
      List<Change.NewValue> set) {
    String old = record.valueOrEmpty(name);
    boolean elsewhere = record.type() == ObjectType.CONTACT && name.equals(PRIMARY_COMPANY);
    boolean ignored =
        record.type() == ObjectType.CONTACT && stages.ignores(name, old, value, source);
    boolean equal = old.equals(value) && !assumptions.equalWritesTell();
    if (equal || elsewhere || ignored) {
      return;
    }
    put(record, name, value, at, source, set);
    if (name.equals("email")) {
      of(record.type()).addressed(record, old, value);
    }
    Consequences.ofValue(record, name, value, at);
  }

  private void put(
      CrmRecord record,
      String name,
      String value,
      long at,
      ChangeSource source,
      List<Change.NewValue> set) {
    record.assign(name, new Assignment(value, at, source));
    of(record.type())
        .schema()
        .find(name)
        .ifPresent(property -> set.add(new Change.NewValue(property, value)));
  }

  private void settleNeighbours(CrmRecord record, long at) {
    settle(record, at);
    associations.all(record).forEach(neighbour -> settle(neighbour, at));
  }

  /** Brings what follows from its associations up to date. */
  private void settle(CrmRecord record, long at) {
    Map<String, String> follows = Consequences.ofAssociations(record, associations);
    follows
        .entrySet()
        .removeIf(entry -> record.valueOrEmpty(entry.getKey()).equals(entry.getValue()));
    if (!follows.isEmpty()) {
      workOut(record, follows, at, ChangeSource.calculated());
    }
  }

  private static int copy(CrmRecord from, CrmRecord to) {
    int moved = 0;
    for (String name : from.propertyNames()) {
      if (to.valueOrEmpty(name).isEmpty()) {
        from.history(name).forEach(assignment -> to.assign(name, assignment));
        moved++;
      }
    }
    return moved;
  }

  private Subject subject(CrmRecord record) {
    return new Subject(id, record.type(), record.id());
  }

  private long nextId() {
    lastId += 1 + dice.below(FARTHEST_STEP);
    return lastId;
  }
}
