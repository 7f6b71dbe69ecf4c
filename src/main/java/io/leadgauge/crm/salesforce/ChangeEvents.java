package io.leadgauge.crm.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.CrmEvent;
import io.leadgauge.crm.CrmEvent.Meaning;
import io.leadgauge.crm.salesforce.ToldRecord.UnreadableException;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What change events say: one header with the records that changed alike, and the fields beside it.
 *
 * <p>A value that changed was set at the instant of the commit. Events of one commit share it, so a
 * field that two of them set is a tie, and its record is read. Commit numbers, which pass what a
 * floating number can hold and start anew where an org moves, decide nothing here.
 *
 * <p>How an event is decoded decides how much it says of emptiness: where unchanged fields come as
 * null, only the names in the header tell which were cleared. Where those names are bits that
 * nobody has decoded, or a value came as a difference to the one before, the record is read.
 *
 * @see <a
 *     href="https://developer.salesforce.com/docs/atlas.en-us.change_data_capture.meta/change_data_capture/cdc_event_fields_header.htm">change
 *     event header, read November 2026</a>
 */
final class ChangeEvents {
  /** The field by which a change event is known. */
  static final String HEADER = "ChangeEventHeader";

  /** What changed beyond so many records of one delivery is found by looking back. */
  static final int MOST_RECORDS = 1_000;

  private static final String EVERY_RECORD = "000000000000000AAA";
  private static final String WILDCARD = "*";

  private final ConnectionId connection;
  private final Set<String> watched;

  /**
   * Reads events for a connection.
   *
   * @param watched the fields of which it matters who else writes them
   */
  ChangeEvents(ConnectionId connection, Set<String> watched) {
    this.connection = connection;
    this.watched = watched;
  }

  /**
   * Returns what an event says of each of its records.
   *
   * @param payload the event, its header included
   * @throws UnreadableException if the header lacks what no event can do without
   */
  List<CrmEvent> of(JsonNode payload) throws UnreadableException {
    ChangeHeader header = ChangeHeader.of(payload.path(HEADER));
    if (header.change() == Change.GAP_OVERFLOW || header.recordIds().size() > MOST_RECORDS) {
      return List.of(resync(header));
    }
    List<CrmEvent> events = new ArrayList<>();
    for (String id : header.recordIds()) {
      events.add(event(header, payload, id));
    }
    return events;
  }

  private static CrmEvent resync(ChangeHeader header) {
    return new CrmEvent(header.type(), null, header.at().orElse(0), Meaning.RESYNC, List.of());
  }

  /** Returns the event that stands for all records of a change of which this is one. */
  static CrmEvent resync(CrmEvent one) {
    return new CrmEvent(one.type(), null, one.occurredAt(), Meaning.RESYNC, List.of());
  }

  private CrmEvent event(ChangeHeader header, JsonNode payload, String id)
      throws UnreadableException {
    if (id.endsWith(WILDCARD) || id.equals(EVERY_RECORD)) {
      return resync(header);
    }
    SalesforceId found =
        SalesforceId.of(id)
            .orElseThrow(
                () -> new UnreadableException("recordIds holds what is no id of 18 characters"));
    RecordRef record = new RecordRef(connection, ObjectTypes.ofName(header.entity()), found.text());
    OptionalLong at = header.at();
    if (at.isEmpty()) {
      return new CrmEvent(header.type(), record, 0, Meaning.READ, List.of());
    }
    return switch (header.change()) {
      case CREATE -> there(header, record, payload, Meaning.FACTS);
      case UNDELETE -> there(header, record, payload, Meaning.READ);
      case UPDATE -> update(header, record, payload);
      case DELETE -> deletion(header, record, payload);
      case SNAPSHOT, GAP_CREATE, GAP_UPDATE, GAP_DELETE, GAP_UNDELETE, GAP_OVERFLOW ->
          said(header, record, Meaning.READ, List.of());
    };
  }

  /** Of a new record null says nothing: a box that is not ticked comes as null as well. */
  private CrmEvent there(ChangeHeader header, RecordRef record, JsonNode payload, Meaning meaning)
      throws UnreadableException {
    long at = header.at().orElseThrow();
    List<Fact> facts = new ArrayList<>();
    facts.add(Fact.Assigned.presence(record, at, SourceRank.EVENT, true));
    SortedMap<String, Stamp> fields = new TreeMap<>();
    told(payload)
        .forEach((field, value) -> fields.put(field, new Stamp(at, SourceRank.EVENT, value)));
    facts.addAll(FieldFacts.of(record, fields));
    return said(header, record, meaning, facts);
  }

  /** The record that it was merged into, if it was, is found by reading it. */
  private CrmEvent deletion(ChangeHeader header, RecordRef record, JsonNode payload) {
    long at = header.at().orElseThrow();
    List<Fact> facts = new ArrayList<>();
    facts.add(Fact.Assigned.presence(record, at, SourceRank.EVENT, false));
    String master = JsonFields.text(payload.path(FieldFacts.MASTER_RECORD_ID));
    if (!master.isEmpty()) {
      Stamp stamp = new Stamp(at, SourceRank.EVENT, master);
      SortedMap<String, Stamp> field = new TreeMap<>();
      field.put(FieldFacts.MASTER_RECORD_ID, stamp);
      facts.addAll(FieldFacts.of(record, field));
    }
    return said(header, record, Meaning.READ, facts);
  }

  private CrmEvent update(ChangeHeader header, RecordRef record, JsonNode payload)
      throws UnreadableException {
    ChangedFields changed = ChangedFields.of(header, payload);
    SortedMap<String, Stamp> fields = new TreeMap<>();
    told(payload)
        .forEach((field, value) -> changed.told(field, value).ifPresent(s -> fields.put(field, s)));
    changed.cleared().forEach(field -> fields.put(field, changed.empty()));
    List<Fact> facts = new ArrayList<>(FieldFacts.of(record, fields));
    facts.addAll(writers(header, record, fields));
    return said(header, record, changed.isAll() ? Meaning.FACTS : Meaning.READ, facts);
  }

  /** Who else has set a field that we write is told by the event, and by nothing else. */
  private List<Fact> writers(
      ChangeHeader header, RecordRef record, SortedMap<String, Stamp> fields) {
    List<Fact> writers = new ArrayList<>();
    fields.forEach(
        (field, stamp) -> {
          if (watched.contains(field)
              && stamp.rank() == SourceRank.EVENT
              && !header.user().isEmpty()) {
            Stamp by = new Stamp(stamp.at(), SourceRank.EVENT, "user " + header.user());
            writers.add(new Fact.Assigned(record, Fact.Assigned.BY + field, by));
          }
        });
    return writers;
  }

  /** Returns the fields that hold something. */
  private static SortedMap<String, String> told(JsonNode payload) throws UnreadableException {
    SortedMap<String, String> fields = JsonFields.of(payload);
    fields.remove(HEADER);
    fields.values().removeIf(String::isEmpty);
    return fields;
  }

  private static CrmEvent said(
      ChangeHeader header, RecordRef record, Meaning meaning, List<Fact> facts) {
    return new CrmEvent(header.type(), record, header.at().orElse(0), meaning, facts);
  }

  /** What a change event can be about; the words are Salesforce's. */
  enum Change {
    CREATE,
    UPDATE,
    DELETE,
    UNDELETE,
    /** Reserved by Salesforce. */
    SNAPSHOT,
    GAP_CREATE,
    GAP_UPDATE,
    GAP_DELETE,
    GAP_UNDELETE,
    /** Too many records of an object changed at once to be told one by one. */
    GAP_OVERFLOW
  }
}
