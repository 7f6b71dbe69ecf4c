package io.leadgauge.crm;

import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One fact or hint in a delivery.
 *
 * @param type the platform's own word for it, such as {@code contact.propertyChange}
 * @param record what it is about; null where it names no single record
 * @param occurredAt the instant by the CRM's clock; 0 where the event has none
 * @param meaning what is to be made of it
 * @param facts what it tells; copied
 * @param note why an event that stands in a readable delivery could not be read itself: what is
 *     wrong, where, what was expected; null for every other event
 */
public record CrmEvent(
    String type,
    @Nullable RecordRef record,
    long occurredAt,
    Meaning meaning,
    List<Fact> facts,
    @Nullable String note) {
  public CrmEvent {
    facts = List.copyOf(facts);
  }

  /** Makes an event without a note. */
  public CrmEvent(
      String type, @Nullable RecordRef record, long occurredAt, Meaning meaning, List<Fact> facts) {
    this(type, record, occurredAt, meaning, facts, null);
  }

  /** What is to be made of an event. */
  public enum Meaning {
    /** Its facts say it all. */
    FACTS,
    /**
     * The record must be read: the event says that something changed and not, or not surely, what.
     */
    READ,
    /**
     * More has changed than is told one by one: what changed lately is to be looked for. It names
     * no record.
     */
    RESYNC,
    /** The person behind the record asks that nothing be kept of them. */
    ERASURE,
    /** The CRM's test button: authentic, and about nothing. */
    TEST,
    /**
     * A type that we do not know, or an event that cannot be read and whose note says why: kept and
     * counted. Its siblings in the delivery stand.
     */
    UNKNOWN,
    /** It belongs to another portal or org: kept, counted, and nothing else. */
    FOREIGN
  }
}
