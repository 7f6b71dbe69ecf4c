package io.leadgauge.crm.salesforce;

import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.RateBudget.Lane;
import io.leadgauge.crm.ReadAnswer;
import io.leadgauge.crm.RecordWrite;
import io.leadgauge.crm.WriteAnswer;
import io.leadgauge.crm.WriteAnswer.RecordOutcome;
import io.leadgauge.crm.salesforce.CollectionUpdate.Settled;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Fact;
import io.leadgauge.model.Fact.Assigned;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One write of persons. Used once, by one thread.
 *
 * <p>What takes back a value that must still be held is looked at just before, and left untouched
 * where that is so no more; Salesforce takes any value, so nothing is cleared first. An answer says
 * only that a record was written, so what was written is read back at once. Of what is deleted,
 * merged or converted it is read what became of it.
 */
final class RecordsWrite {
  private final SalesforceCalls calls;
  private final ConnectionId connection;
  private final OrgFields fields;
  private final Accounts accounts;
  private final CollectionUpdate update;
  private final Map<RecordRef, RecordOutcome> outcomes = new HashMap<>();
  private @Nullable CallTrouble trouble;

  RecordsWrite(
      SalesforceCalls calls, ConnectionId connection, OrgFields fields, Accounts accounts) {
    this.calls = calls;
    this.connection = connection;
    this.fields = fields;
    this.accounts = accounts;
    this.update = new CollectionUpdate(calls, fields);
  }

  /** Writes these records. */
  WriteAnswer write(List<RecordWrite> writes) {
    lookAt(writes.stream().filter(one -> !one.clearFirst().isEmpty()).toList());
    if (trouble == null) {
      update.send(
          writes.stream()
              .filter(one -> !outcomes.containsKey(one.record()))
              .map(OutgoingRecord::of)
              .sorted(inOrder())
              .toList());
      trouble = update.trouble();
      settle(writes);
    }
    for (RecordWrite write : writes) {
      outcomes.putIfAbsent(write.record(), new RecordOutcome.Undecided());
    }
    return new WriteAnswer(outcomes, refusedOfAll(), trouble);
  }

  /** Each object in a block of its own; contacts of one account, which they lock, together. */
  private Comparator<OutgoingRecord> inOrder() {
    return Comparator.<OutgoingRecord, String>comparing(one -> one.record().type())
        .reversed()
        .thenComparing(one -> accounts.of(one.record()))
        .thenComparing(one -> one.record().id());
  }

  // Before

  private void lookAt(List<RecordWrite> back) {
    byType(back.stream().map(RecordWrite::record).toList())
        .forEach(
            (type, ids) -> {
              Set<String> held =
                  back.stream()
                      .flatMap(write -> write.clearFirst().keySet().stream())
                      .collect(Collectors.toSet());
              ReadAnswer now = new RecordRead(calls, connection, type, held).read(ids);
              trouble = trouble == null ? now.trouble() : trouble;
              Map<RecordRef, List<Fact>> facts = byRecord(now.facts());
              for (RecordWrite write : back) {
                if (write.record().type().equals(type)) {
                  judge(write, facts.getOrDefault(write.record(), List.of()));
                }
              }
            });
  }

  private void judge(RecordWrite write, List<Fact> facts) {
    Map<String, String> held = new HashMap<>();
    List<Fact> told = new ArrayList<>();
    for (Fact fact : facts) {
      if (fact instanceof Assigned assigned) {
        held.put(assigned.property(), assigned.stamp().value());
        if (write.clearFirst().containsKey(assigned.property())) {
          told.add(fact);
        }
      }
    }
    if (isGone(facts)) {
      outcomes.put(write.record(), new RecordOutcome.Untouched(facts));
    } else if (!held.entrySet().containsAll(write.clearFirst().entrySet())) {
      outcomes.put(write.record(), new RecordOutcome.Untouched(told));
    }
  }

  // After

  private void settle(List<RecordWrite> writes) {
    SortedMap<String, List<OutgoingRecord>> taken = new TreeMap<>();
    Map<RecordRef, String> lost = new HashMap<>();
    for (RecordWrite write : writes) {
      RecordRef ref = write.record();
      switch (update.settled().get(ref)) {
        case Settled.Taken one ->
            taken
                .computeIfAbsent(ref.type(), type -> new ArrayList<>())
                .add(OutgoingRecord.of(write).without(update.left(ref.type()).keySet()));
        case Settled.Lost one -> lost.put(ref, one.reason());
        case Settled.Refused one -> outcomes.put(ref, new RecordOutcome.Rejected(one.reason()));
        case Settled.Empty one -> outcomes.put(ref, new RecordOutcome.Observed(List.of()));
        case null -> {}
      }
    }
    taken.forEach((type, records) -> readBack(type, records, lost));
    readWhatBecame(lost);
  }

  /** A record that cannot be read back any more was deleted since. */
  private void readBack(String type, List<OutgoingRecord> records, Map<RecordRef, String> lost) {
    SortedSet<String> written = new TreeSet<>();
    records.forEach(one -> written.addAll(one.values().keySet()));
    if (type.equals(RecordRef.CONTACT)) {
      written.add(FieldFacts.ACCOUNT_ID);
    }
    RowQuery query = new RowQuery(calls, Lane.RECORDS, connection, type, written);
    Map<RecordRef, SentRow> rows = new HashMap<>();
    List<SalesforceId> ids =
        records.stream().map(one -> new SalesforceId(one.record().id())).toList();
    for (List<SalesforceId> group : query.groups(ids)) {
      List<SentRow> some = query.there(which -> which.in(FieldFacts.ID, group), group.size());
      if (some == null) {
        trouble = trouble == null ? query.trouble() : trouble;
        return;
      }
      some.forEach(row -> rows.put(row.record(), row));
    }
    for (OutgoingRecord one : records) {
      SentRow row = rows.get(one.record());
      if (row == null) {
        lost.put(one.record(), "it was written, and cannot be read any more");
      } else {
        accounts.learn(row);
        outcomes.put(one.record(), new RecordOutcome.Observed(facts(one, row, query)));
      }
    }
  }

  private List<Fact> facts(OutgoingRecord one, SentRow row, RowQuery query) {
    SortedSet<String> read = new TreeSet<>(one.values().keySet());
    read.retainAll(query.fields());
    List<Fact> facts = new ArrayList<>(row.facts(read, query.became()));
    // A field that this object alone does not have is empty on it, whatever is written.
    for (String field : update.left(one.record().type()).keySet()) {
      if (!refusedOfAll().containsKey(field)) {
        facts.add(new Assigned(one.record(), field, new Stamp(row.at(), SourceRank.READ, "")));
      }
    }
    return facts;
  }

  private void readWhatBecame(Map<RecordRef, String> lost) {
    byType(List.copyOf(lost.keySet()))
        .forEach(
            (type, ids) -> {
              ReadAnswer now = new RecordRead(calls, connection, type, Set.of()).read(ids);
              Map<RecordRef, List<Fact>> facts = byRecord(now.facts());
              lost.forEach(
                  (ref, reason) -> {
                    List<Fact> told = facts.getOrDefault(ref, List.of());
                    if (isGone(told)) {
                      outcomes.put(ref, new RecordOutcome.Observed(told));
                    } else if (ref.type().equals(type) && !told.isEmpty()) {
                      outcomes.put(ref, new RecordOutcome.Rejected(reason));
                    }
                  });
              trouble = trouble == null ? now.trouble() : trouble;
            });
  }

  /** Tells whether the record is deleted, or another lives on in its place. */
  private static boolean isGone(List<Fact> facts) {
    return facts.stream()
        .anyMatch(
            fact ->
                switch (fact) {
                  case Assigned assigned ->
                      assigned.property().equals(Assigned.PRESENCE)
                          && !Boolean.parseBoolean(assigned.stamp().value());
                  case Fact.Linked link ->
                      switch (link.kind()) {
                        case MERGED_INTO, CONVERTED_TO -> true;
                        case HAS_EMAIL, WORKS_AT, ASSOCIATED_WITH -> false;
                      };
                  case Fact.Happened happened -> false;
                });
  }

  // The fields that nobody has

  /**
   * Returns the fields that were left out and that persons of no other type could take either. One
   * that is missing on one object alone is no reason to leave the others unwritten.
   */
  private Map<String, String> refusedOfAll() {
    Map<String, String> refused = new TreeMap<>();
    for (String type : SalesforceClient.PERSONS) {
      update
          .left(type)
          .forEach(
              (field, reason) -> {
                if (SalesforceClient.PERSONS.stream()
                    .filter(other -> !other.equals(type))
                    .noneMatch(other -> takes(other, field))) {
                  refused.put(field, reason);
                }
              });
    }
    return refused;
  }

  private boolean takes(String type, String field) {
    OrgField known = fields.of(calls, type).get(field);
    return !update.left(type).containsKey(field) && known != null && known.updateable();
  }

  private static SortedMap<String, List<String>> byType(List<RecordRef> records) {
    return records.stream()
        .collect(
            Collectors.groupingBy(
                RecordRef::type,
                TreeMap::new,
                Collectors.mapping(RecordRef::id, Collectors.toList())));
  }

  private static Map<RecordRef, List<Fact>> byRecord(List<Fact> facts) {
    return facts.stream().collect(Collectors.groupingBy(Fact::of));
  }
}
