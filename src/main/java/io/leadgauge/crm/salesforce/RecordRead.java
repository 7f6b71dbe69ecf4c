package io.leadgauge.crm.salesforce;

import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.RateBudget.Lane;
import io.leadgauge.crm.ReadAnswer;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.SourceRank;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One read of records of a type, and of their associations. Used once, by one thread.
 *
 * <p>A record that was modified in the second in which it was looked at is looked at once more when
 * that second has passed: only then is it known that nothing followed within it. What is not found
 * is looked for among what was deleted, merged or archived; what is not found there either is gone
 * for good.
 */
final class RecordRead {
  /** The longest that is waited for a second to pass; clocks may differ. */
  private static final long LONGEST_WAIT = 3_000;

  private final SalesforceCalls calls;
  private final ConnectionId connection;
  private final String type;
  private final RowQuery query;
  private final boolean askedForAccount;
  private final SortedSet<String> associated = new TreeSet<>();
  private final List<Fact> facts = new ArrayList<>();
  private final Map<String, String> refused = new TreeMap<>();

  /** The records of which not all was learned yet, by id. */
  private final Map<SalesforceId, RecordRef> open = new LinkedHashMap<>();

  /** The ids of those that are there. */
  private final Set<SalesforceId> there = new TreeSet<>(BY_TEXT);

  static final Comparator<SalesforceId> BY_TEXT = Comparator.comparing(SalesforceId::text);

  /**
   * Begins a read.
   *
   * @param properties the fields; a name that begins with {@link Fact.Assigned#ASSOCIATED} asks for
   *     the associations with records of that type
   */
  RecordRead(
      SalesforceCalls calls, ConnectionId connection, String type, Collection<String> properties) {
    this.calls = calls;
    this.connection = connection;
    this.type = type;
    SortedSet<String> fields = new TreeSet<>();
    for (String name : properties) {
      if (name.startsWith(Fact.Assigned.ASSOCIATED)) {
        associated.add(name.substring(Fact.Assigned.ASSOCIATED.length()));
      } else {
        fields.add(name);
      }
    }
    this.askedForAccount = fields.contains(FieldFacts.ACCOUNT_ID);
    if (type.equals(RecordRef.CONTACT) && associated.contains(RecordRef.COMPANY)) {
      fields.add(FieldFacts.ACCOUNT_ID);
    }
    this.query = new RowQuery(calls, Lane.RECORDS, connection, type, fields);
  }

  /** Reads these records; the first call that fails ends the read. */
  ReadAnswer read(List<String> ids) {
    Set<RecordRef> unanswered = new TreeSet<>();
    for (String text : ids) {
      SalesforceId.of(text)
          .ifPresentOrElse(
              id -> open.put(id, new RecordRef(connection, type, text)),
              () -> unanswered.add(new RecordRef(connection, type, text)));
    }
    if (!Soql.isObject(ObjectTypes.name(type))) {
      refused.put(type, "no object of Salesforce can be called so");
    } else if (!open.isEmpty()) {
      CallTrouble met = readRecords();
      return answer(met == null ? readAssociations() : met, unanswered);
    }
    return answer(null, unanswered);
  }

  /** Returns what was asked for where a field was only a means to it. */
  private String asked(String field) {
    return field.equals(FieldFacts.ACCOUNT_ID) && !askedForAccount
        ? Fact.Assigned.ASSOCIATED + RecordRef.COMPANY
        : field;
  }

  private ReadAnswer answer(@Nullable CallTrouble met, Set<RecordRef> unanswered) {
    query.refused().forEach((name, why) -> refused.put(asked(name), why));
    CallTrouble trouble = met;
    if (met instanceof CallTrouble.Refused no && no.ofThisKind() && !RecordRef.isContact(type)) {
      // Without the right to see tasks, or with a wrong name of theirs, persons can be read.
      refused.put(type, no.reason());
      trouble = null;
    }
    unanswered.addAll(open.values());
    if (met != null && !associated.isEmpty()) {
      there.forEach(id -> unanswered.add(new RecordRef(connection, type, id.text())));
    }
    return new ReadAnswer(facts, unanswered, refused, trouble);
  }

  private @Nullable CallTrouble readRecords() {
    List<SentRow> fresh = new ArrayList<>();
    CallTrouble met = look(List.copyOf(open.keySet()), row -> takeOrKeep(row, fresh));
    if (met == null && !fresh.isEmpty() && waitsOut(fresh)) {
      // A read that cannot be repeated has told what it could: the rows stand as they are.
      look(fresh.stream().map(row -> new SalesforceId(row.record().id())).toList(), this::take);
    }
    fresh.stream().filter(row -> open.containsKey(idOf(row))).forEach(this::take);
    return met == null && !open.isEmpty() ? lookForGone() : met;
  }

  private static SalesforceId idOf(SentRow row) {
    return new SalesforceId(row.record().id());
  }

  private void takeOrKeep(SentRow row, List<SentRow> fresh) {
    if (row.settled()) {
      take(row);
    } else {
      fresh.add(row);
    }
  }

  /** What is done with a row. */
  @FunctionalInterface
  private interface Taker {
    void take(SentRow row);
  }

  private @Nullable CallTrouble look(List<SalesforceId> ids, Taker taker) {
    for (List<SalesforceId> group : query.groups(ids)) {
      List<SentRow> rows = query.there(which(group), group.size());
      if (rows == null) {
        return query.trouble();
      }
      rows.stream().filter(row -> open.containsKey(idOf(row))).forEach(taker::take);
    }
    return null;
  }

  private static UnaryOperator<Soql> which(List<SalesforceId> ids) {
    return select -> select.in(FieldFacts.ID, ids);
  }

  /** Waits until the second in which the last of these was modified has passed. */
  private boolean waitsOut(List<SentRow> fresh) {
    long now = calls.orgTime();
    long over = fresh.stream().mapToLong(SentRow::modifiedAt).max().orElse(now) + 1_000;
    return now > 0 && over - now <= LONGEST_WAIT && new Pause(calls.clock()).sleep(over - now);
  }

  private void take(SentRow row) {
    facts.addAll(row.facts(query.fields(), query.became()));
    tellAssociated(row);
    there.add(idOf(row));
    open.remove(idOf(row));
  }

  /** Some associations stand in the record itself. */
  private void tellAssociated(SentRow row) {
    for (String other : associated) {
      if (Associations.standInRecord(type, other)
          && !(type.equals(RecordRef.CONTACT) && other.equals(RecordRef.COMPANY))) {
        facts.add(Fact.Assigned.associated(row.record(), other, row.at()));
      }
    }
  }

  private @Nullable CallTrouble lookForGone() {
    for (List<SalesforceId> group : query.groups(List.copyOf(open.keySet()))) {
      List<SentRow> rows = query.all(which(group), group.size());
      if (rows == null) {
        return query.trouble();
      }
      long at = calls.orgTime();
      for (SentRow row : rows) {
        if (open.containsKey(idOf(row)) && row.isDeleted()) {
          facts.addAll(row.facts(Set.of(), query.became()));
          open.remove(idOf(row));
        } else if (open.containsKey(idOf(row))) {
          take(row);
        }
      }
      for (SalesforceId id : at > 0 ? group : List.<SalesforceId>of()) {
        RecordRef lost = open.remove(id);
        if (lost != null) {
          facts.add(Fact.Assigned.presence(lost, wholeSecond(at), SourceRank.READ, false));
        }
      }
    }
    return null;
  }

  private static long wholeSecond(long at) {
    return at - Math.floorMod(at, 1_000L);
  }

  /** An association that our user has no right to see is refused alone: the rest was told. */
  private @Nullable CallTrouble readAssociations() {
    for (String other : there.isEmpty() ? Set.<String>of() : associated) {
      if (!Associations.standInRecord(type, other)) {
        Associations read = new Associations(calls, connection, type, other);
        facts.addAll(read.read(List.copyOf(there)));
        switch (read.trouble()) {
          case null -> {}
          case CallTrouble.Refused no -> refused.put(Fact.Assigned.ASSOCIATED + other, no.reason());
          case CallTrouble.Wait wait -> {
            return wait;
          }
          case CallTrouble.Unknown unknown -> {
            return unknown;
          }
        }
      }
    }
    return null;
  }
}
