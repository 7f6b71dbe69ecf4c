package io.leadgauge.crm.salesforce;

import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.ChangedPage.ChangedContact;
import io.leadgauge.crm.RateBudget.Lane;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Fact;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A look for records of one type that changed in a span of time and that persons are linked to:
 * accounts, tasks, events, responses to campaigns. So they are noticed where no flow sends messages
 * of them, and so are those that were deleted, of which no message tells at all.
 */
final class ChangedLinked {
  private static final Logger LOG = System.getLogger(ChangedLinked.class.getName());

  /** The most records of one answer, and the most answers of one look. */
  private static final int PAGE = 2_000;

  private static final int MOST_PAGES = 10;

  private final ConnectionId connection;
  private final String type;
  private final long fromInclusive;
  private final long toExclusive;
  private final RowQuery query;
  private @Nullable CallTrouble trouble;

  /**
   * Makes a look.
   *
   * @param wanted the names that are wanted; those that are no fields are passed over
   */
  ChangedLinked(
      SalesforceCalls calls,
      ConnectionId connection,
      String type,
      SortedSet<String> wanted,
      long fromInclusive,
      long toExclusive) {
    this.connection = connection;
    this.type = type;
    this.fromInclusive = fromInclusive;
    this.toExclusive = toExclusive;
    List<String> fields =
        wanted.stream().filter(name -> !name.startsWith(Fact.Assigned.RESERVED)).toList();
    this.query = new RowQuery(calls, Lane.SEARCH, connection, type, fields);
  }

  /** Returns why not all came that was asked for; null if it did. */
  @Nullable CallTrouble trouble() {
    return trouble;
  }

  /** Returns the records with the values that are wanted. */
  List<ChangedContact> found() {
    List<ChangedContact> found = new ArrayList<>();
    SalesforceId after = null;
    for (int page = 0; page < MOST_PAGES; page++) {
      List<SentRow> rows = rows(after);
      if (rows == null) {
        return found;
      }
      rows.forEach(row -> found.add(new ChangedContact(row.record(), values(row))));
      if (rows.size() < PAGE) {
        return found;
      }
      after = new SalesforceId(rows.getLast().record().id());
    }
    LOG.log(
        Level.WARNING,
        "{0}: more than {1} records of type {2} changed within one look; a backfill finds the rest",
        connection,
        PAGE * MOST_PAGES,
        type);
    return found;
  }

  private @Nullable List<SentRow> rows(@Nullable SalesforceId after) {
    List<SentRow> rows =
        query.all(
            select -> {
              Soql changed = select.within(FieldFacts.SYSTEM_MODSTAMP, fromInclusive, toExclusive);
              return (after == null ? changed : changed.after(after))
                  .orderedBy(FieldFacts.ID)
                  .first(PAGE);
            },
            PAGE);
    CallTrouble met = query.trouble();
    // Without the right to see tasks, persons can be looked for.
    if (!(met instanceof CallTrouble.Refused no) || !no.ofThisKind()) {
      trouble = met;
    }
    return rows;
  }

  private Map<String, String> values(SentRow row) {
    if (row.isDeleted()) {
      return Map.of(Fact.Assigned.PRESENCE, Boolean.toString(false));
    }
    Map<String, String> values = new TreeMap<>();
    query.fields().forEach(field -> values.put(field, row.text(field)));
    return values;
  }
}
