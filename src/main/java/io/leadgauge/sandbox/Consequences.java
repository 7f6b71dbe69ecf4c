package io.leadgauge.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;

/** What HubSpot works out from what is written: read-only properties, of which no webhook tells. */
final class Consequences {
  private static final String CLOSED_WON = "closedwon";
  private static final String CLOSED_LOST = "closedlost";

  private Consequences() {}

  /** What every record has from its first moment. */
  static void ofBirth(CrmRecord record, long at, ChangeSource source) {
    record.workOut(record.type().created(), Long.toString(at), at);
    record.workOut("hs_object_id", Long.toString(record.id()), at);
    record.workOut("hs_object_source", source.type(), at);
    record.workOut("hs_object_source_id", source.id(), at);
    record.workOut("hs_object_source_label", source.type(), at);
    if (record.type() == ObjectType.CONTACT) {
      record.workOut("hs_pipeline", "contacts-lifecycle-pipeline", at);
      record.workOut("hs_is_unworked", "true", at);
    }
  }

  /** What follows from a value that was just set. */
  static void ofValue(CrmRecord record, String name, String value, long at) {
    switch (record.type()) {
      case CONTACT -> ofContact(record, name, value, at);
      case DEAL -> {
        if (name.equals("dealstage")) {
          ofDealStage(record, value, at);
        }
      }
      case TASK -> {
        if (name.equals("hs_task_status")) {
          boolean completed = value.equals("COMPLETED");
          record.workOut("hs_task_completion_date", completed ? Long.toString(at) : "", at);
          record.workOut("hs_task_is_completed", completed ? "1" : "0", at);
        }
      }
      case COMPANY, CALL, MEETING, EMAIL, NOTE, COMMUNICATION -> {}
    }
  }

  private static void ofContact(CrmRecord contact, String name, String value, long at) {
    if (name.equals("email") && !value.isEmpty()) {
      contact.workOut("hs_email_domain", value.substring(value.indexOf('@') + 1), at);
    } else if (name.equals(LifecycleStages.PROPERTY) && !value.isEmpty()) {
      contact.workOut(LifecycleStages.dateOf(value), Long.toString(at), at);
    }
  }

  private static void ofDealStage(CrmRecord deal, String stage, long at) {
    boolean won = stage.equals(CLOSED_WON);
    boolean closed = won || stage.equals(CLOSED_LOST);
    deal.workOut("hs_is_closed_won", Boolean.toString(won), at);
    deal.workOut("hs_is_closed", Boolean.toString(closed), at);
    deal.workOut("hs_deal_stage_probability", won ? "1" : closed ? "0" : "0.4", at);
    if (!stage.isEmpty()) {
      deal.workOut("hs_date_entered_" + stage, Long.toString(at), at);
    }
  }

  /** What follows from a record's associations, by property. */
  static Map<String, String> ofAssociations(CrmRecord record, Associations associations) {
    Map<String, String> values = new LinkedHashMap<>();
    switch (record.type()) {
      case CONTACT -> {
        values.put(
            Portal.PRIMARY_COMPANY,
            associations
                .primary(record, ObjectType.COMPANY)
                .map(company -> Long.toString(company.id()))
                .orElse(""));
        count(values, "num_associated_deals", record, ObjectType.DEAL, associations);
      }
      case COMPANY -> {
        count(values, "num_associated_contacts", record, ObjectType.CONTACT, associations);
        count(values, "num_associated_deals", record, ObjectType.DEAL, associations);
      }
      case DEAL ->
          count(values, "num_associated_contacts", record, ObjectType.CONTACT, associations);
      case TASK, CALL, MEETING, EMAIL, NOTE, COMMUNICATION -> {}
    }
    return values;
  }

  /** A count that never was above none is not set. */
  private static void count(
      Map<String, String> values,
      String name,
      CrmRecord record,
      ObjectType type,
      Associations associations) {
    int count = associations.of(record, type).size();
    if (count > 0 || !record.valueOrEmpty(name).isEmpty()) {
      values.put(name, Integer.toString(count));
    }
  }
}
