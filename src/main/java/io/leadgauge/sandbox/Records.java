package io.leadgauge.sandbox;

import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The records of one type, live, archived and absorbed, and the properties that they can have.
 * Belongs to one event loop.
 */
final class Records {
  private final ObjectType type;
  private final PropertySchema schema;
  private final NavigableMap<Long, CrmRecord> live = new TreeMap<>();
  private final NavigableMap<Long, CrmRecord> archived = new TreeMap<>();
  private final Map<String, Long> idsByEmail = new HashMap<>();
  private final Map<Long, Long> survivors = new HashMap<>();

  Records(ObjectType type) {
    this.type = type;
    this.schema = PropertySchema.ofNewPortal(type);
  }

  ObjectType type() {
    return type;
  }

  PropertySchema schema() {
    return schema;
  }

  /** Defines a property anew; values that are nothing of its type are gone. */
  void define(PropertyDefinition property) {
    schema.add(property);
    live.values().forEach(record -> record.forgetUnless(property.name(), property.type()));
    archived.values().forEach(record -> record.forgetUnless(property.name(), property.type()));
  }

  /** Live records by ascending id; a view. */
  NavigableMap<Long, CrmRecord> live() {
    return Collections.unmodifiableNavigableMap(live);
  }

  /** Archived records by ascending id; a view. */
  NavigableMap<Long, CrmRecord> archived() {
    return Collections.unmodifiableNavigableMap(archived);
  }

  /** The live record with exactly this id. */
  Optional<CrmRecord> find(String id) {
    return number(id).map(live::get);
  }

  /** The live record with this id, or the one that it was merged into. */
  Optional<CrmRecord> resolve(String id) {
    return number(id).map(this::survivor).map(live::get);
  }

  Optional<CrmRecord> findArchived(String id) {
    return number(id).map(archived::get);
  }

  /** The live contact with an e-mail address, whatever its case; of other types there is none. */
  Optional<CrmRecord> findByEmail(String email) {
    return Optional.ofNullable(idsByEmail.get(email.toLowerCase(Locale.ROOT))).map(live::get);
  }

  /** The id of another contact that already has the e-mail address among these values. */
  OptionalLong conflict(Map<String, String> values, long self) {
    Long holder = idsByEmail.get(values.getOrDefault("email", ""));
    return holder == null || holder == self ? OptionalLong.empty() : OptionalLong.of(holder);
  }

  /** Puts a record among the live ones. Its e-mail address must not conflict. */
  void add(CrmRecord record) {
    archived.remove(record.id());
    record.restore();
    live.put(record.id(), record);
    addressed(record, "", record.valueOrEmpty("email"));
  }

  void archive(CrmRecord record, long at) {
    remove(record);
    record.archive(at);
    archived.put(record.id(), record);
  }

  /** Takes a record away for good. */
  void remove(CrmRecord record) {
    live.remove(record.id());
    archived.remove(record.id());
    idsByEmail.remove(record.valueOrEmpty("email"), record.id());
  }

  /** Notes that one record goes on as another. */
  void absorb(CrmRecord absorbed, CrmRecord survivor) {
    if (absorbed != survivor) {
      survivors.put(absorbed.id(), survivor.id());
    }
  }

  /** Notes that a contact has another e-mail address now. */
  void addressed(CrmRecord record, String old, String email) {
    if (type == ObjectType.CONTACT) {
      idsByEmail.remove(old, record.id());
      if (!email.isEmpty()) {
        idsByEmail.put(email, record.id());
      }
    }
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
