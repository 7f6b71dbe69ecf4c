package io.leadgauge.manifest;

import io.leadgauge.crm.Outcomes;
import io.leadgauge.model.RecordRef;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads what a connection keeps of how contacts turned out. */
final class OutcomesReader {
  /** Says whether sales took a contact on, as every HubSpot portal has it (2026). */
  private static final String ACCEPTED = "hs_lead_status";

  /** When sales last wrote, called or met; the first date after a hand-off is the first touch. */
  private static final List<String> TOUCHED =
      List.of("notes_last_contacted", "hs_last_sales_activity_timestamp");

  private static final Set<String> OF_DEALS =
      Set.of(
          "dealstage",
          "pipeline",
          "amount",
          "createdate",
          "closedate",
          "hs_is_closed",
          "hs_is_closed_won");

  private static final Set<String> OF_TASKS = Set.of("hs_task_status", "hs_task_completion_date");

  /** What is kept unless the manifest says: no deals, for an app needs a right to see those. */
  static final Outcomes DEFAULT = outcomes(ACCEPTED, null, TOUCHED, false);

  private final Values values;
  private final CrmNamesReader names;

  OutcomesReader(Values values, CrmNamesReader names) {
    this.values = values;
    this.names = names;
  }

  @Nullable Outcomes read(Node node) {
    Fields fields = Fields.of(node, values, "accepted", "reason", "touched", "deals");
    if (fields == null) {
      return null;
    }
    String accepted = fields.optional("accepted", names::property, ACCEPTED);
    String reason = fields.optional("reason", names::property);
    List<String> touched =
        fields.optional("touched", one -> values.list(one, names::property), TOUCHED);
    return outcomes(accepted, reason, touched, fields.optional("deals", values::truth, false));
  }

  private static Outcomes outcomes(
      String accepted, @Nullable String reason, List<String> touched, boolean deals) {
    SortedSet<String> contact = new TreeSet<>(touched);
    contact.add(accepted);
    if (reason != null) {
      contact.add(reason);
    }
    SortedMap<String, SortedSet<String>> records = new TreeMap<>();
    records.put(RecordRef.TASK, new TreeSet<>(OF_TASKS));
    SortedSet<String> associated = new TreeSet<>();
    if (deals) {
      records.put(RecordRef.DEAL, new TreeSet<>(OF_DEALS));
      associated.add(RecordRef.DEAL);
    }
    return new Outcomes(contact, records, associated);
  }
}
