package io.leadgauge.crm.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.RateBudget.Lane;
import io.leadgauge.crm.salesforce.QueryPages.Rows;
import io.leadgauge.model.ConnectionId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Questions for records of one type and their fields. A field that Salesforce does not find, for
 * there is none or our user may not see it, is left out of this and all further ones. Used by one
 * thread.
 */
final class RowQuery {
  /** The longest address that is sent, in characters: half of what Salesforce takes. */
  static final int LONGEST_ADDRESS = 8_000;

  private final SalesforceCalls calls;
  private final Lane lane;
  private final ConnectionId connection;
  private final String type;
  private final SortedSet<String> wanted = new TreeSet<>();
  private final SortedSet<String> became;
  private final SortedMap<String, String> refused = new TreeMap<>();
  private @Nullable CallTrouble trouble;

  /**
   * Begins.
   *
   * @param wanted the fields to ask for; a text that can be no field's name is refused unasked
   */
  RowQuery(
      SalesforceCalls calls,
      Lane lane,
      ConnectionId connection,
      String type,
      Collection<String> wanted) {
    this.calls = calls;
    this.lane = lane;
    this.connection = connection;
    this.type = type;
    this.became = BaseFields.became(type);
    for (String field : wanted) {
      if (Soql.isField(field)) {
        this.wanted.add(field);
      } else {
        refused.put(field, "no field of Salesforce can be called so");
      }
    }
  }

  /** Returns those of the wanted fields that can be asked for, as far as is known. */
  SortedSet<String> fields() {
    return wanted;
  }

  /** Returns the fields that tell what became of a record, as far as they can be asked for. */
  SortedSet<String> became() {
    return became;
  }

  /** Returns the wanted fields that Salesforce does not find, each with its message. */
  Map<String, String> refused() {
    return refused;
  }

  /** Returns what kept the last question from being answered; null if nothing did. */
  @Nullable CallTrouble trouble() {
    return trouble;
  }

  /** Returns what to ask, with all fields that can be asked for. */
  Soql select() {
    SortedSet<String> all = new TreeSet<>(BaseFields.INDISPENSABLE);
    all.addAll(became);
    all.addAll(wanted);
    return Soql.select(all, ObjectTypes.name(type));
  }

  /** Divides ids so that the address of each question is not too long. */
  List<List<SalesforceId>> groups(List<SalesforceId> ids) {
    if (ids.size() < 2 || calls.length(select().in(FieldFacts.ID, ids)) <= LONGEST_ADDRESS) {
      return ids.isEmpty() ? List.of() : List.of(ids);
    }
    List<List<SalesforceId>> groups = new ArrayList<>(groups(ids.subList(0, ids.size() / 2)));
    groups.addAll(groups(ids.subList(ids.size() / 2, ids.size())));
    return groups;
  }

  /** Asks for records that are there; null in trouble. */
  @Nullable List<SentRow> there(UnaryOperator<Soql> which, int most) {
    return ask(query -> QueryPages.read(calls, lane, query, most), which);
  }

  /** Asks for the same, and what is deleted or archived; null in trouble. */
  @Nullable List<SentRow> all(UnaryOperator<Soql> which, int most) {
    return ask(query -> QueryPages.readAll(calls, lane, query, most), which);
  }

  /** Sends a query. */
  @FunctionalInterface
  private interface Asker {
    Rows ask(Soql query);
  }

  private @Nullable List<SentRow> ask(Asker asker, UnaryOperator<Soql> which) {
    trouble = null;
    while (true) {
      switch (asker.ask(which.apply(select()))) {
        case Rows.Read read -> {
          return rows(read);
        }
        case Rows.Failed failed -> {
          trouble = failed.trouble();
          return null;
        }
        case Rows.Refused no -> {
          if (!leavesOut(no.reply())) {
            trouble = no.reply().refusal("read records of type " + type);
            return null;
          }
        }
      }
    }
  }

  private List<SentRow> rows(Rows.Read read) {
    List<SentRow> rows = new ArrayList<>();
    for (JsonNode row : read.rows()) {
      SentRow sent = SentRow.of(connection, type, row, read.begunAt());
      if (sent != null) {
        rows.add(sent);
      }
    }
    return rows;
  }

  /** Leaves out the field that an error names; false if it names none that was asked for. */
  private boolean leavesOut(Reply.Invalid reply) {
    if (!(reply.remedy() instanceof Remedy.LeaveOut column)) {
      return false;
    }
    String name = column.name();
    if (wanted.remove(name)) {
      refused.put(name, reply.error().words());
      became.remove(name);
      return true;
    }
    return became.remove(name);
  }
}
