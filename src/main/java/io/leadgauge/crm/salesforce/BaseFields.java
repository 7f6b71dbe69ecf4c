package io.leadgauge.crm.salesforce;

import io.leadgauge.model.RecordRef;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The fields that every question for records asks for beside those that are wanted: which record it
 * is, when it was last modified, and what became of it.
 *
 * @see <a
 *     href="https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_list.htm">Salesforce:
 *     standard objects, 2026</a>
 */
final class BaseFields {
  static final String WHO_ID = "WhoId";

  /** Without these nothing can be said of a record. */
  static final Set<String> INDISPENSABLE = Set.of(FieldFacts.ID, FieldFacts.SYSTEM_MODSTAMP);

  private BaseFields() {}

  /** Returns the fields that say what became of a record of a type, and whom it is about. */
  static SortedSet<String> became(String type) {
    SortedSet<String> fields = new TreeSet<>();
    if (!type.equals(ObjectTypes.OWNER)) {
      fields.add(FieldFacts.IS_DELETED);
    }
    switch (type) {
      case RecordRef.CONTACT, RecordRef.COMPANY -> fields.add(FieldFacts.MASTER_RECORD_ID);
      case RecordRef.LEAD ->
          fields.addAll(
              Set.of(
                  FieldFacts.MASTER_RECORD_ID,
                  "IsConverted",
                  "ConvertedContactId",
                  "ConvertedOpportunityId"));
      case RecordRef.TASK, ObjectTypes.MEETING -> fields.add(WHO_ID);
      case ObjectTypes.CAMPAIGN_MEMBER -> fields.addAll(Set.of("LeadId", "ContactId"));
      default -> {}
    }
    return fields;
  }
}
