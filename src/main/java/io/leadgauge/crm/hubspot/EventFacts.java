package io.leadgauge.crm.hubspot;

import static io.leadgauge.crm.hubspot.EventField.ASSOCIATION_REMOVED;
import static io.leadgauge.crm.hubspot.EventField.ASSOCIATION_TYPE;
import static io.leadgauge.crm.hubspot.EventField.FROM_OBJECT_ID;
import static io.leadgauge.crm.hubspot.EventField.FROM_OBJECT_TYPE_ID;
import static io.leadgauge.crm.hubspot.EventField.IS_PRIMARY_ASSOCIATION;
import static io.leadgauge.crm.hubspot.EventField.IS_SENSITIVE;
import static io.leadgauge.crm.hubspot.EventField.NEW_OBJECT_ID;
import static io.leadgauge.crm.hubspot.EventField.OBJECT_ID;
import static io.leadgauge.crm.hubspot.EventField.OBJECT_TYPE_ID;
import static io.leadgauge.crm.hubspot.EventField.OCCURRED_AT;
import static io.leadgauge.crm.hubspot.EventField.PRIMARY_OBJECT_ID;
import static io.leadgauge.crm.hubspot.EventField.PROPERTY_NAME;
import static io.leadgauge.crm.hubspot.EventField.PROPERTY_VALUE;
import static io.leadgauge.crm.hubspot.EventField.TO_OBJECT_ID;
import static io.leadgauge.crm.hubspot.EventField.TO_OBJECT_TYPE_ID;

import io.leadgauge.crm.CrmEvent;
import io.leadgauge.crm.CrmEvent.Meaning;
import io.leadgauge.crm.hubspot.WireEvent.UnreadableEventException;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Fact;
import io.leadgauge.model.LinkKind;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one event says, as facts about the records of a connection. */
final class EventFacts {
  /** What stands in place of a sensitive value: a reason to read, never a value. */
  private static final String REDACTED = "REDACTED";

  private final ConnectionId connection;
  private final Set<String> watched;

  /**
   * Reads events of a connection.
   *
   * @param watched the properties of which it matters who else writes them
   */
  EventFacts(ConnectionId connection, Set<String> watched) {
    this.connection = connection;
    this.watched = watched;
  }

  /**
   * Returns what an event says; unknown types say nothing.
   *
   * @throws UnreadableEventException if it lacks a field that its type cannot do without
   */
  CrmEvent of(WireEvent event) throws UnreadableEventException {
    int dot = event.type().indexOf('.');
    String object = dot < 0 ? "" : event.type().substring(0, dot);
    if (!object.equals(ObjectTypes.GENERIC) && !ObjectTypes.isClassic(object)) {
      return HubSpotEvents.bare(event, Meaning.UNKNOWN);
    }
    return switch (event.type().substring(dot + 1)) {
      case "creation" -> presence(event, record(event, object), true, Meaning.FACTS);
      case "restore" -> presence(event, record(event, object), true, Meaning.READ);
      case "deletion" -> presence(event, record(event, object), false, Meaning.FACTS);
      case "privacyDeletion" -> erasure(event, record(event, object));
      case "propertyChange" -> property(event, record(event, object));
      case "merge" -> merge(event, typeOf(event, object));
      case "associationChange" -> association(event, object);
      // A message in a conversation names no contact.
      case "newMessage" -> said(event, record(event, object), Meaning.FACTS, List.of());
      default -> HubSpotEvents.bare(event, Meaning.UNKNOWN);
    };
  }

  private static CrmEvent presence(
      WireEvent event, RecordRef record, boolean present, Meaning meaning) {
    if (event.occurredAt() == 0) {
      return said(event, record, Meaning.READ, List.of());
    }
    Fact fact = Fact.Assigned.presence(record, event.occurredAt(), SourceRank.EVENT, present);
    return said(event, record, meaning, List.of(fact));
  }

  /**
   * HubSpot asks, for a person, to keep nothing of a contact; it tells of a deletion as well,
   * before or after that.
   */
  private static CrmEvent erasure(WireEvent event, RecordRef record) {
    Meaning meaning = record.isContact() ? Meaning.ERASURE : Meaning.FACTS;
    boolean dated = event.occurredAt() > 0;
    return dated
        ? presence(event, record, false, meaning)
        : said(event, record, meaning, List.of());
  }

  private CrmEvent property(WireEvent event, RecordRef record) throws UnreadableEventException {
    String name = event.require(PROPERTY_NAME);
    if (name.startsWith(Fact.Assigned.RESERVED)) {
      throw new UnreadableEventException("propertyName is no name of a property");
    }
    String value = event.get(PROPERTY_VALUE);
    boolean told = value != null && !event.is(IS_SENSITIVE) && !value.equals(REDACTED);
    if (value == null || !told || event.occurredAt() == 0) {
      return said(event, record, Meaning.READ, List.of());
    }
    Stamp stamp = new Stamp(event.occurredAt(), SourceRank.EVENT, value);
    Fact.Assigned assigned = new Fact.Assigned(record, name, stamp);
    Writer writer = Writer.of(event);
    return said(
        event,
        record,
        Meaning.FACTS,
        watched.contains(name) && !writer.isThisApp(event)
            ? List.of(assigned, writer.of(assigned))
            : List.of(assigned));
  }

  /**
   * Links every absorbed id to the survivor, which may be a new record and not the one that was
   * chosen to win; its values are read anew.
   */
  private CrmEvent merge(WireEvent event, String type) throws UnreadableEventException {
    String survivorId = event.get(NEW_OBJECT_ID);
    if (survivorId == null) {
      survivorId = event.require(PRIMARY_OBJECT_ID);
    }
    Stamp stamp = held(event, true);
    Set<String> absorbed = new LinkedHashSet<>(event.mergedObjectIds());
    absorbed.add(event.values().getOrDefault(PRIMARY_OBJECT_ID, survivorId));
    absorbed.remove(survivorId);
    RecordRef survivor = new RecordRef(connection, type, survivorId);
    List<Fact> links = new ArrayList<>();
    for (String id : absorbed) {
      RecordRef old = new RecordRef(connection, type, id);
      links.add(new Fact.Linked(old, LinkKind.MERGED_INTO, survivor, stamp));
    }
    return said(event, survivor, Meaning.READ, links);
  }

  /**
   * Links two records. HubSpot tells both sides of a change, and either may be subscribed to, so a
   * link that touches a contact always starts there: both tellings are one fact. An event that does
   * not say whether a company is the contact's first one is taken at its best until the contact has
   * been read.
   */
  private CrmEvent association(WireEvent event, String object) throws UnreadableEventException {
    RecordRef from = end(event, object, 0, FROM_OBJECT_TYPE_ID, FROM_OBJECT_ID);
    RecordRef to = end(event, object, 1, TO_OBJECT_TYPE_ID, TO_OBJECT_ID);
    if (to.isContact() && !from.isContact()) {
      RecordRef contact = to;
      to = from;
      from = contact;
    }
    boolean job = from.isContact() && to.type().equals(RecordRef.COMPANY);
    Stamp stamp = held(event, !event.is(ASSOCIATION_REMOVED));
    List<Fact> links = new ArrayList<>();
    for (LinkKind kind : job ? kinds(event) : Set.of(LinkKind.ASSOCIATED_WITH)) {
      links.add(new Fact.Linked(from, kind, to, stamp));
    }
    Meaning meaning = from.isContact() ? Meaning.READ : Meaning.FACTS;
    return said(event, from, meaning, links);
  }

  private static Set<LinkKind> kinds(WireEvent event) {
    if (event.get(IS_PRIMARY_ASSOCIATION) == null && event.is(ASSOCIATION_REMOVED)) {
      return EnumSet.of(LinkKind.WORKS_AT, LinkKind.ASSOCIATED_WITH);
    }
    boolean further = "false".equals(event.get(IS_PRIMARY_ASSOCIATION));
    return EnumSet.of(further ? LinkKind.ASSOCIATED_WITH : LinkKind.WORKS_AT);
  }

  /** Returns one end of an association; its type stands by id, or in {@code CONTACT_TO_COMPANY}. */
  private RecordRef end(
      WireEvent event, String object, int side, EventField typeField, EventField idField)
      throws UnreadableEventException {
    String typeId = event.get(typeField);
    String type =
        typeId != null ? ObjectTypes.ofId(typeId) : namedEnd(event.get(ASSOCIATION_TYPE), side);
    if (type == null && side == 0 && !object.equals(ObjectTypes.GENERIC)) {
      type = object;
    }
    if (type == null) {
      throw new UnreadableEventException(
          "neither "
              + typeField.fieldName()
              + " nor associationType says what is associated, expected such as"
              + " CONTACT_TO_COMPANY");
    }
    return new RecordRef(connection, type, event.require(idField));
  }

  private static @Nullable String namedEnd(@Nullable String associationType, int side) {
    if (associationType == null) {
      return null;
    }
    String[] ends = associationType.split("_TO_", -1);
    boolean named = ends.length == 2 && !ends[0].isEmpty() && !ends[1].isEmpty();
    return named ? ends[side].toLowerCase(Locale.ROOT) : null;
  }

  private static Stamp held(WireEvent event, boolean holds) throws UnreadableEventException {
    long at = Long.parseLong(event.require(OCCURRED_AT));
    return new Stamp(at, SourceRank.EVENT, Boolean.toString(holds));
  }

  private RecordRef record(WireEvent event, String object) throws UnreadableEventException {
    return new RecordRef(connection, typeOf(event, object), event.require(OBJECT_ID));
  }

  private static String typeOf(WireEvent event, String object) throws UnreadableEventException {
    return object.equals(ObjectTypes.GENERIC)
        ? ObjectTypes.ofId(event.require(OBJECT_TYPE_ID))
        : object;
  }

  private static CrmEvent said(
      WireEvent event, RecordRef record, Meaning meaning, List<Fact> facts) {
    return new CrmEvent(event.type(), record, event.occurredAt(), meaning, facts);
  }
}
