package io.leadgauge.manifest;

import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.Outcomes;
import io.leadgauge.crm.StageMap;
import io.leadgauge.model.RecordRef;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is usual in a CRM, and holds wherever a manifest does not say otherwise.
 *
 * @param stages where its stages stand; without an order where every portal has another, so that
 *     the manifest must say it
 * @param holders what may hold a property that a model reads, besides persons
 * @param happenedAt when a record of each type took place that is an activity of its own; copied
 * @param outcomes what tells how contacts turned out
 */
record CrmDefaults(
    StageMap stages, List<String> holders, SortedMap<String, String> happenedAt, Usual outcomes) {
  CrmDefaults {
    holders = List.copyOf(holders);
    happenedAt = Collections.unmodifiableSortedMap(new TreeMap<>(happenedAt));
  }

  /**
   * What tells how contacts turned out.
   *
   * @param accepted says whether sales took a person on, by the type of the person; copied
   * @param touched when sales last wrote, called or met; copied
   * @param ofDeals what is kept of deals; copied
   * @param ofTasks what is kept of tasks; copied
   */
  record Usual(
      Map<String, String> accepted,
      List<String> touched,
      Set<String> ofDeals,
      Set<String> ofTasks) {
    Usual {
      accepted = Map.copyOf(accepted);
      touched = List.copyOf(touched);
      ofDeals = Set.copyOf(ofDeals);
      ofTasks = Set.copyOf(ofTasks);
    }
  }

  /** HubSpot's lifecycle stages, earliest first, as every portal has them (2026). */
  private static final List<String> HUBSPOT_STAGES =
      List.of(
          "subscriber",
          "lead",
          "marketingqualifiedlead",
          "salesqualifiedlead",
          "opportunity",
          "customer",
          "evangelist",
          "other");

  /** Those of them that sales and service own: nothing is proposed from there, unless told. */
  private static final Set<String> HUBSPOT_NEVER_FROM = Set.of("customer", "evangelist", "other");

  /** When an engagement took place, as every kind of them has it. */
  private static final String ENGAGED_AT = "hs_timestamp";

  private static final CrmDefaults HUBSPOT =
      new CrmDefaults(
          new StageMap(
              "lifecyclestage", HUBSPOT_STAGES, new TreeMap<>(), new TreeSet<>(HUBSPOT_NEVER_FROM)),
          List.of(RecordRef.COMPANY),
          new TreeMap<>(
              Map.of(
                  "call",
                  ENGAGED_AT,
                  "communication",
                  ENGAGED_AT,
                  "email",
                  ENGAGED_AT,
                  "meeting",
                  ENGAGED_AT,
                  "note",
                  ENGAGED_AT,
                  RecordRef.TASK,
                  ENGAGED_AT)),
          new Usual(
              Map.of(RecordRef.CONTACT, "hs_lead_status"),
              List.of("notes_last_contacted", "hs_last_sales_activity_timestamp"),
              Set.of(
                  "dealstage",
                  "pipeline",
                  "amount",
                  "createdate",
                  "closedate",
                  "hs_is_closed",
                  "hs_is_closed_won"),
              Set.of("hs_task_status", "hs_task_completion_date")));

  /** The field of leads whose values every Salesforce org makes its own. */
  static final String LEAD_STATUS = "Status";

  /**
   * Salesforce's standard fields. A task took place when it was completed, a campaign when somebody
   * responded to it: one that is open, or was only sent, is no activity.
   */
  private static final CrmDefaults SALESFORCE =
      new CrmDefaults(
          new StageMap(
              LEAD_STATUS, Set.of(RecordRef.LEAD), List.of(), new TreeMap<>(), new TreeSet<>()),
          List.of(RecordRef.COMPANY),
          new TreeMap<>(
              Map.of(
                  "campaign_member",
                  "FirstRespondedDate",
                  "email",
                  "MessageDate",
                  "meeting",
                  "StartDateTime",
                  RecordRef.TASK,
                  "CompletedDateTime")),
          new Usual(
              Map.of(RecordRef.LEAD, LEAD_STATUS),
              List.of("LastActivityDate"),
              Set.of("StageName", "Amount", "CreatedDate", "CloseDate", "IsClosed", "IsWon"),
              Set.of("Status", "IsClosed", "CompletedDateTime")));

  /** Returns what is usual in a CRM. */
  static CrmDefaults of(CrmKind kind) {
    return switch (kind) {
      case HUBSPOT -> HUBSPOT;
      case SALESFORCE -> SALESFORCE;
    };
  }

  /** Returns what is kept of how contacts turned out unless the manifest says. */
  static Outcomes outcomes(CrmKind kind) {
    return OutcomesReader.outcomes(kind, null, null, of(kind).outcomes().touched(), false);
  }
}
