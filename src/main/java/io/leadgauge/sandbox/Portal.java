package io.leadgauge.sandbox;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The contacts of a HubSpot account, and the rules that changes to them follow. Every change is
 * told to one listener.
 *
 * <p>A write of an equal value changes nothing: no history, no modification time, no webhook.
 * Whether HubSpot does the same is unverified.
 *
 * <p>Belongs to one event loop. Values come checked and in stored form.
 */
final class Portal {
  private static final int FARTHEST_STEP = 50;

  private final PropertySchema schema;
  private final LifecycleStages stages;
  private final Optional<String> firstStage;
  private final Dice dice;
  private final Consumer<Change> listener;
  private final NavigableMap<Long, Contact> live = new TreeMap<>();
  private final NavigableMap<Long, Contact> archived = new TreeMap<>();
  private final Map<String, Long> idsByEmail = new HashMap<>();
  private final Map<Long, Long> survivors = new HashMap<>();
  private long lastId;

  /**
   * A portal without contacts.
   *
   * @param firstId about where ids begin; real ones do not fit 32 bits
   * @param firstStage the stage a new contact gets unless it comes with one
   */
  Portal(
      PropertySchema schema,
      long firstId,
      Optional<String> firstStage,
      Dice dice,
      Consumer<Change> listener) {
    this.schema = schema;
    this.stages = new LifecycleStages(schema);
    this.lastId = firstId;
    this.firstStage = firstStage;
    this.dice = dice;
    this.listener = listener;
  }

  /**
   * What a write did.
   *
   * @param changed values that are now others
   * @param equal values that were the same already
   */
  record Written(int changed, int equal) {}

  PropertySchema schema() {
    return schema;
  }

  /** Live contacts by ascending id; a view. */
  NavigableMap<Long, Contact> live() {
    return Collections.unmodifiableNavigableMap(live);
  }

  /** Archived contacts by ascending id; a view. */
  NavigableMap<Long, Contact> archived() {
    return Collections.unmodifiableNavigableMap(archived);
  }

  /** The live contact with exactly this id. */
  Optional<Contact> find(String id) {
    return number(id).map(live::get);
  }

  /** The live contact with this id, or the one that it was merged into. */
  Optional<Contact> resolve(String id) {
    return number(id).map(this::survivor).map(live::get);
  }

  Optional<Contact> findArchived(String id) {
    return number(id).map(archived::get);
  }

  /** The live contact with an e-mail address, whatever its case. */
  Optional<Contact> findByEmail(String email) {
    return Optional.ofNullable(idsByEmail.get(email.toLowerCase(Locale.ROOT))).map(live::get);
  }

  /** The id of another contact that already has the e-mail address among these values. */
  OptionalLong conflict(Map<String, String> values, long self) {
    Long holder = idsByEmail.get(values.getOrDefault("email", ""));
    return holder == null || holder == self ? OptionalLong.empty() : OptionalLong.of(holder);
  }

  /** Creates a contact. Its e-mail address must not conflict. */
  Contact create(Map<String, String> values, long at, ChangeSource source) {
    lastId += 1 + dice.below(FARTHEST_STEP);
    Contact contact = new Contact(lastId, at);
    live.put(lastId, contact);
    List<Change.NewValue> set = new ArrayList<>();
    values.forEach((name, value) -> assign(contact, name, value, at, source, set));
    if (!values.containsKey(LifecycleStages.PROPERTY)) {
      firstStage.ifPresent(
          stage -> assign(contact, LifecycleStages.PROPERTY, stage, at, source, set));
    }
    birthMarks(contact, at, source);
    contact.touch(at, source);
    listener.accept(new Change.Created(contact.id(), List.copyOf(set), at, source));
    return contact;
  }

  /** Sets values of a contact. A new e-mail address must not conflict. */
  Written update(Contact contact, Map<String, String> values, long at, ChangeSource source) {
    List<Change.NewValue> set = new ArrayList<>();
    values.forEach((name, value) -> assign(contact, name, value, at, source, set));
    if (!set.isEmpty()) {
      contact.touch(at, source);
      listener.accept(new Change.Updated(contact.id(), List.copyOf(set), at, source));
    }
    return new Written(set.size(), values.size() - set.size());
  }

  /** Sets values that the CRM works out by itself. The listener hears of them as of any other. */
  void workOut(Contact contact, Map<String, String> values, long at, ChangeSource source) {
    List<Change.NewValue> set = new ArrayList<>();
    values.forEach((name, value) -> put(contact, name, value, at, source, set));
    contact.touch(at, source);
    listener.accept(new Change.Updated(contact.id(), List.copyOf(set), at, source));
  }

  void archive(Contact contact, long at, ChangeSource source) {
    remove(contact);
    contact.archive(at);
    archived.put(contact.id(), contact);
    listener.accept(new Change.Archived(contact.id(), at, source));
  }

  /** Brings an archived contact back. Its e-mail address must not conflict. */
  void restore(Contact contact, long at, ChangeSource source) {
    archived.remove(contact.id());
    contact.restore();
    contact.touch(at, source);
    live.put(contact.id(), contact);
    indexEmail(contact, contact.valueOrEmpty("email"));
    listener.accept(new Change.Restored(contact.id(), at, source));
  }

  /** Removes a contact for good. */
  void erase(Contact contact, long at, ChangeSource source) {
    remove(contact);
    archived.remove(contact.id());
    listener.accept(new Change.Erased(contact.id(), at, source));
  }

  /** Makes one contact of two: the primary's values, and the other's where it has none. */
  Contact merge(Contact primary, Contact other, long at, ChangeSource source) {
    remove(primary);
    remove(other);
    lastId += 1 + dice.below(FARTHEST_STEP);
    Contact survivor = new Contact(lastId, Math.min(primary.createdAt(), other.createdAt()));
    copy(primary, survivor);
    int moved = copy(other, survivor);
    survivors.put(primary.id(), survivor.id());
    survivors.put(other.id(), survivor.id());
    live.put(survivor.id(), survivor);
    indexEmail(survivor, survivor.valueOrEmpty("email"));
    mergeMarks(survivor, primary, other, at, source);
    listener.accept(new Change.Merged(primary.id(), other.id(), survivor.id(), moved, at, source));
    return survivor;
  }

  private void assign(
      Contact contact,
      String name,
      String value,
      long at,
      ChangeSource source,
      List<Change.NewValue> set) {
    String old = contact.valueOrEmpty(name);
    if (old.equals(value) || stages.ignores(name, old, value, source)) {
      return;
    }
    put(contact, name, value, at, source, set);
    if (name.equals("email")) {
      idsByEmail.remove(old, contact.id());
      indexEmail(contact, value);
    } else if (name.equals(LifecycleStages.PROPERTY) && !value.isEmpty()) {
      own(contact, LifecycleStages.dateOf(value), Long.toString(at), at);
    }
  }

  private void put(
      Contact contact,
      String name,
      String value,
      long at,
      ChangeSource source,
      List<Change.NewValue> set) {
    contact.assign(name, new Assignment(value, at, source));
    schema.find(name).ifPresent(property -> set.add(new Change.NewValue(property, value)));
  }

  private void birthMarks(Contact contact, long at, ChangeSource source) {
    own(contact, "createdate", Long.toString(at), at);
    own(contact, "hs_object_id", Long.toString(contact.id()), at);
    own(contact, "hs_object_source", source.type(), at);
    own(contact, "hs_object_source_id", source.id(), at);
    own(contact, "hs_object_source_label", source.type(), at);
    own(contact, "hs_pipeline", "contacts-lifecycle-pipeline", at);
    own(contact, "hs_is_unworked", "true", at);
  }

  private void mergeMarks(
      Contact survivor, Contact primary, Contact other, long at, ChangeSource source) {
    own(survivor, "hs_object_id", Long.toString(survivor.id()), at);
    own(survivor, "hs_merged_object_ids", primary.id() + ";" + other.id(), at);
    survivor.touch(at, source);
  }

  private static void own(Contact contact, String name, String value, long at) {
    contact.assign(name, new Assignment(value, at, ChangeSource.calculated()));
  }

  private static int copy(Contact from, Contact to) {
    int moved = 0;
    for (String name : from.propertyNames()) {
      if (to.valueOrEmpty(name).isEmpty()) {
        from.history(name).forEach(assignment -> to.assign(name, assignment));
        moved++;
      }
    }
    return moved;
  }

  private void remove(Contact contact) {
    live.remove(contact.id());
    idsByEmail.remove(contact.valueOrEmpty("email"), contact.id());
  }

  private void indexEmail(Contact contact, String email) {
    if (email.isEmpty()) {
      return;
    }
    idsByEmail.put(email, contact.id());
    own(
        contact,
        "hs_email_domain",
        email.substring(email.indexOf('@') + 1),
        contact.history("email").getFirst().at());
  }

  private long survivor(long id) {
    long now = id;
    while (survivors.containsKey(now)) {
      now = survivors.get(now);
    }
    return now;
  }

  private static Optional<Long> number(String id) {
    return id.matches("\\d{1,18}") ? Optional.of(Long.parseLong(id)) : Optional.empty();
  }
}
