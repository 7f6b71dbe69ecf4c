package io.leadgauge.crm.salesforce;

import io.leadgauge.model.Fact;
import io.leadgauge.model.LinkKind;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What fields of a record say, as facts: their values, whether the record is there, and where it
 * leads. The same for messages, change events and answers to queries.
 *
 * <p>Links start at the person. Of what a contact works at, a record tells all there is: the
 * account that it named before is no longer the one. What a task or a campaign member no longer
 * names is told by reading the person.
 */
final class FieldFacts {
  static final String ID = "Id";
  static final String SYSTEM_MODSTAMP = "SystemModstamp";
  static final String IS_DELETED = "IsDeleted";
  static final String MASTER_RECORD_ID = "MasterRecordId";
  static final String ACCOUNT_ID = "AccountId";

  private final RecordRef record;
  private final List<Fact> facts = new ArrayList<>();

  private FieldFacts(RecordRef record) {
    this.record = record;
  }

  /**
   * Returns the facts.
   *
   * @param fields each field's value with its instant and rank; an empty value for an empty field
   */
  static List<Fact> of(RecordRef record, SortedMap<String, Stamp> fields) {
    FieldFacts read = new FieldFacts(record);
    fields.forEach(read::add);
    return read.facts;
  }

  /** Returns what a record says whose fields were all so at one instant: it was there, then. */
  static List<Fact> at(RecordRef record, long instant, Map<String, String> fields) {
    FieldFacts read = new FieldFacts(record);
    if (!fields.containsKey(IS_DELETED)) {
      read.facts.add(Fact.Assigned.presence(record, instant, SourceRank.READ, true));
    }
    fields.forEach((field, value) -> read.add(field, new Stamp(instant, SourceRank.READ, value)));
    return read.facts;
  }

  private void add(String field, Stamp stamp) {
    switch (field) {
      case ID, SYSTEM_MODSTAMP -> {}
      case IS_DELETED -> {
        boolean present = !Boolean.parseBoolean(stamp.value());
        facts.add(Fact.Assigned.presence(record, stamp.at(), stamp.rank(), present));
      }
      default -> {
        facts.add(new Fact.Assigned(record, field, stamp));
        addLink(field, stamp);
      }
    }
  }

  private void addLink(String field, Stamp stamp) {
    switch (field) {
      case MASTER_RECORD_ID -> leads(LinkKind.MERGED_INTO, record.type(), stamp);
      case "ConvertedContactId" -> leads(LinkKind.CONVERTED_TO, RecordRef.CONTACT, stamp);
      case "ConvertedOpportunityId" -> leads(LinkKind.ASSOCIATED_WITH, RecordRef.DEAL, stamp);
      case ACCOUNT_ID -> {
        if (record.type().equals(RecordRef.CONTACT)) {
          facts.add(Fact.Assigned.associated(record, RecordRef.COMPANY, stamp.at()));
          leads(LinkKind.WORKS_AT, RecordRef.COMPANY, stamp);
        }
      }
      case "WhoId", "LeadId", "ContactId" -> {
        if (isOfPersons()) {
          isNamed(stamp);
        }
      }
      default -> {}
    }
  }

  /** Tells whether it is a record that says which persons it is about. */
  private boolean isOfPersons() {
    return switch (record.type()) {
      case RecordRef.TASK, RecordRef.DEAL, ObjectTypes.MEETING, ObjectTypes.CAMPAIGN_MEMBER -> true;
      default -> false;
    };
  }

  private void leads(LinkKind kind, String type, Stamp stamp) {
    SalesforceId.of(stamp.value())
        .map(id -> ref(type, id))
        .filter(other -> !other.equals(record))
        .ifPresent(other -> facts.add(new Fact.Linked(record, kind, other, holds(stamp))));
  }

  /** The value may be the id of a contact or a lead; of anything else it is no link. */
  private void isNamed(Stamp stamp) {
    SalesforceId.of(stamp.value())
        .ifPresent(
            id ->
                ObjectTypes.of(id)
                    .filter(ObjectTypes::isPerson)
                    .map(type -> ref(type, id))
                    .map(
                        who -> new Fact.Linked(who, LinkKind.ASSOCIATED_WITH, record, holds(stamp)))
                    .ifPresent(facts::add));
  }

  private RecordRef ref(String type, SalesforceId id) {
    return new RecordRef(record.connection(), type, id.text());
  }

  private static Stamp holds(Stamp stamp) {
    return new Stamp(stamp.at(), stamp.rank(), Boolean.toString(true));
  }
}
