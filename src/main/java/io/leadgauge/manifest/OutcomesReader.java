package io.leadgauge.manifest;

import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.Outcomes;
import io.leadgauge.model.RecordRef;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what a connection keeps of how contacts turned out. */
final class OutcomesReader {
  private final Values values;
  private final CrmNamesReader names;

  OutcomesReader(Values values, CrmNamesReader names) {
    this.values = values;
    this.names = names;
  }

  @Nullable Outcomes read(Node node, CrmKind kind) {
    Fields fields = Fields.of(node, values, "accepted", "reason", "touched", "deals");
    if (fields == null) {
      return null;
    }
    String accepted = fields.optional("accepted", names::property);
    String reason = fields.optional("reason", names::property);
    List<String> touched =
        fields.optional(
            "touched",
            one -> values.list(one, names::property),
            CrmDefaults.of(kind).outcomes().touched());
    boolean deals = fields.optional("deals", values::truth, false);
    return outcomes(kind, accepted, reason, touched, deals);
  }

  /**
   * Returns what is kept.
   *
   * @param accepted says whether sales took a person on; null for what is usual in the CRM
   * @param deals whether deals are read, for which an app needs a right
   */
  static Outcomes outcomes(
      CrmKind kind,
      @Nullable String accepted,
      @Nullable String reason,
      List<String> touched,
      boolean deals) {
    CrmDefaults.Usual usual = CrmDefaults.of(kind).outcomes();
    SortedMap<String, SortedSet<String>> records = new TreeMap<>();
    for (String person : kind.personTypes()) {
      String status = accepted == null ? usual.accepted().get(person) : accepted;
      Stream<String> own = Stream.of(status, reason).filter(Objects::nonNull);
      records.put(
          person,
          Stream.concat(touched.stream(), own).collect(Collectors.toCollection(TreeSet::new)));
    }
    records.put(RecordRef.TASK, new TreeSet<>(usual.ofTasks()));
    SortedSet<String> associated = new TreeSet<>();
    if (deals) {
      records.put(RecordRef.DEAL, new TreeSet<>(usual.ofDeals()));
      associated.add(RecordRef.DEAL);
    }
    return new Outcomes(records, associated);
  }
}
