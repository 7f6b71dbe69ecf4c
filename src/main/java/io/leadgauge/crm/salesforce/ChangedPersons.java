package io.leadgauge.crm.salesforce;

import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.ChangedPage;
import io.leadgauge.crm.ChangedPage.ChangedContact;
import io.leadgauge.crm.RateBudget.Lane;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A look for persons that changed in a span of time, those that were deleted or merged among them:
 * no message tells of these. Contacts come before leads, as their ids do.
 */
final class ChangedPersons {
  /** The most persons of one page. */
  static final int PAGE = 200;

  private final SalesforceCalls calls;
  private final ConnectionId connection;
  private final long fromInclusive;
  private final long toExclusive;
  private final SortedMap<String, SortedSet<String>> properties;

  ChangedPersons(
      SalesforceCalls calls,
      ConnectionId connection,
      long fromInclusive,
      long toExclusive,
      SortedMap<String, SortedSet<String>> properties) {
    this.calls = calls;
    this.connection = connection;
    this.fromInclusive = fromInclusive;
    this.toExclusive = toExclusive;
    this.properties = properties;
  }

  /** Returns the page that follows an id; the first one for an empty id. */
  ChangedPage page(String afterId) {
    SalesforceId after = SalesforceId.of(afterId).orElse(null);
    String begun = after == null ? null : ObjectTypes.of(after).orElse(null);
    List<ChangedContact> found = new ArrayList<>();
    CallTrouble met = begun == null ? lookForLinked(found) : null;
    if (met != null) {
      return new ChangedPage(List.of(), false, met);
    }
    int first = begun == null ? 0 : SalesforceClient.PERSONS.indexOf(begun);
    for (String type : SalesforceClient.PERSONS.subList(Math.max(0, first), 2)) {
      SortedSet<String> wanted = properties.getOrDefault(type, Collections.emptySortedSet());
      RowQuery query = new RowQuery(calls, Lane.SEARCH, connection, type, wanted);
      List<SentRow> rows = rows(query, type.equals(begun) ? after : null);
      CallTrouble trouble = query.trouble();
      if (rows == null || trouble != null) {
        return new ChangedPage(List.of(), false, trouble);
      }
      rows.forEach(row -> found.add(new ChangedContact(row.record(), values(row, query))));
      if (rows.size() >= PAGE) {
        return new ChangedPage(found, false, null);
      }
    }
    return new ChangedPage(found, true, null);
  }

  /** The first page begins with what persons are linked to. */
  private @Nullable CallTrouble lookForLinked(List<ChangedContact> found) {
    for (Map.Entry<String, SortedSet<String>> one : properties.entrySet()) {
      if (!RecordRef.isContact(one.getKey())) {
        ChangedLinked linked =
            new ChangedLinked(
                calls, connection, one.getKey(), one.getValue(), fromInclusive, toExclusive);
        found.addAll(linked.found());
        if (linked.trouble() != null) {
          return linked.trouble();
        }
      }
    }
    return null;
  }

  private @Nullable List<SentRow> rows(RowQuery query, @Nullable SalesforceId after) {
    return query.all(
        select -> {
          Soql changed = select.within(FieldFacts.SYSTEM_MODSTAMP, fromInclusive, toExclusive);
          return (after == null ? changed : changed.after(after))
              .orderedBy(FieldFacts.ID)
              .first(PAGE);
        },
        PAGE);
  }

  /** One that was deleted, merged or converted stands there without values, so that it is read. */
  private static Map<String, String> values(SentRow row, RowQuery query) {
    if (row.isDeleted() || Boolean.parseBoolean(row.text("IsConverted"))) {
      return Map.of();
    }
    Map<String, String> values = new TreeMap<>();
    query.fields().forEach(field -> values.put(field, row.text(field)));
    return values;
  }
}
