package io.leadgauge.sandbox.salesforce;

import io.leadgauge.model.Clockwork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The stand-in org: its records, and what was done with them. Belongs to one event loop.
 *
 * <p>Records that are deleted or merged away stay, marked so, as in the recycle bin.
 */
final class Org {
  private static final long FIRST_NUMBER = 62L * 62 * 10;

  private final String id;
  private final Schema schema = Schema.ofNewOrg();
  private final Settings settings = new Settings();
  private final Locks locks;
  private final ValidationRules rules = new ValidationRules();
  private final Clockwork clock;
  private Consumer<Transaction> listener = transaction -> {};
  private final Map<String, Row> rows = new HashMap<>();
  private final Map<String, Map<String, Row>> byType = new HashMap<>();
  private final Map<String, Long> numbers = new HashMap<>();

  /** Makes an org without people. */
  Org(String id, Locks locks, Clockwork clock) {
    this.id = id;
    this.locks = locks;
    this.clock = clock;
    addOrganization();
  }

  private void addOrganization() {
    Row row = new Row(schema.of("Organization"), id);
    row.set("Name", "Acme");
    row.set("OrganizationType", "Enterprise Edition");
    row.set("IsSandbox", "false");
    row.set("InstanceName", "DEU01");
    row.set("TimeZoneSidKey", "Europe/Berlin");
    row.set("CreatedDate", FieldType.stored(now()));
    row.set("LastModifiedDate", FieldType.stored(now()));
    row.set("SystemModstamp", FieldType.stored(now()));
    add(row);
  }

  /** Lets somebody know what is saved from now on. */
  void listener(Consumer<Transaction> newListener) {
    listener = newListener;
  }

  String id() {
    return id;
  }

  Schema schema() {
    return schema;
  }

  Settings settings() {
    return settings;
  }

  Locks locks() {
    return locks;
  }

  ValidationRules rules() {
    return rules;
  }

  long now() {
    return clock.now();
  }

  /** The next id of a kind of thing. */
  String nextId(String keyPrefix) {
    return RecordId.of(
        keyPrefix, numbers.merge(keyPrefix, FIRST_NUMBER, (number, x) -> number + 1));
  }

  /** A record by its id of 18 characters, deleted ones too. */
  Optional<Row> find(String recordId) {
    return Optional.ofNullable(rows.get(recordId));
  }

  /** All records of a type, deleted ones too, in the order of their creation. */
  List<Row> all(String type) {
    return List.copyOf(byType.getOrDefault(type, Map.of()).values());
  }

  /** The records of a type that are not deleted. */
  List<Row> live(String type) {
    return all(type).stream().filter(row -> !row.isDeleted()).toList();
  }

  /** Those whose field has this value and that are not deleted. */
  List<Row> with(String type, String field, String value) {
    return live(type).stream().filter(row -> row.valueOrEmpty(field).equals(value)).toList();
  }

  /** Starts to change something; nobody sees it before {@link Work#commit}. */
  Work begin(Actor actor) {
    return begin(actor, now(), true);
  }

  Work begin(Actor actor, long at, boolean told) {
    return new Work(this, actor, at, told);
  }

  /** Takes a new record in. */
  void add(Row row) {
    rows.put(row.id(), row);
    byType.computeIfAbsent(row.type(), type -> new LinkedHashMap<>()).put(row.id(), row);
  }

  /** Takes a record out for good, without a trace. */
  void purge(Row row) {
    rows.remove(row.id());
    byType.getOrDefault(row.type(), new LinkedHashMap<>()).remove(row.id());
  }

  void committed(Transaction transaction) {
    if (!transaction.changes().isEmpty()) {
      listener.accept(transaction);
    }
  }

  /** The statuses by which leads are converted. */
  List<String> convertedStatuses() {
    return with("LeadStatus", "IsConverted", "true").stream()
        .map(row -> row.valueOrEmpty("ApiName"))
        .toList();
  }

  /** Puts other values in the place of the lead statuses. */
  void leadStatuses(List<LeadStatusValue> statuses) {
    all("LeadStatus").forEach(this::purge);
    Work work = begin(Actor.person(""), now(), false);
    int order = 0;
    for (LeadStatusValue status : statuses) {
      Map<String, String> values = new LinkedHashMap<>();
      values.put("MasterLabel", status.label());
      values.put("ApiName", status.label());
      values.put("SortOrder", Integer.toString(++order));
      values.put("IsDefault", Boolean.toString(order == 1));
      values.put("IsConverted", Boolean.toString(status.converted()));
      work.create(schema.of("LeadStatus"), values);
    }
    work.commit();
    SObject lead = schema.of("Lead");
    List<String> labels = statuses.stream().map(LeadStatusValue::label).toList();
    lead.find("Status").ifPresent(field -> lead.put(field.choosing(labels, field.restricted())));
  }

  /** A value of the field Status of leads. */
  record LeadStatusValue(String label, boolean converted) {

    /** Those of a new org. */
    static List<LeadStatusValue> ofNewOrg() {
      List<LeadStatusValue> statuses = new ArrayList<>();
      statuses.add(new LeadStatusValue("Open - Not Contacted", false));
      statuses.add(new LeadStatusValue("Working - Contacted", false));
      statuses.add(new LeadStatusValue("Closed - Converted", true));
      statuses.add(new LeadStatusValue("Closed - Not Converted", false));
      return statuses;
    }
  }
}
