package io.leadgauge.crm.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.RateBudget.Lane;
import io.leadgauge.crm.salesforce.QueryPages.Rows;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Fact;
import io.leadgauge.model.LinkKind;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One read of the associations of records with all records of another type, by the object that
 * holds them. Used once, by one thread.
 *
 * <p>Of one record so many are taken as are kept, and one more, so that it is counted where others
 * were cut. Where many records have many, they are asked for in halves.
 */
final class Associations {
  /** The most rows of one question. */
  static final int MOST_ROWS = 10_000;

  private static final String CAMPAIGN_MEMBER = "CampaignMember";
  private static final String EMAIL_RELATION = "EmailMessageRelation";
  private static final String CONTACT_ROLE = "OpportunityContactRole";

  private final SalesforceCalls calls;
  private final ConnectionId connection;
  private final String from;
  private final String to;
  private final @Nullable Source source;
  private final List<Fact> facts = new ArrayList<>();
  private @Nullable CallTrouble trouble;

  /**
   * Where associations stand.
   *
   * @param object the object that holds them, one in each row
   * @param of the field that names the record they are asked of
   * @param other the field that names the other one
   */
  private record Source(String object, String of, String other) {}

  Associations(SalesforceCalls calls, ConnectionId connection, String from, String to) {
    this.calls = calls;
    this.connection = connection;
    this.from = from;
    this.to = to;
    this.source = source(from, to);
  }

  /** Tells whether records of one type name those of another themselves. */
  static boolean standInRecord(String from, String to) {
    boolean toPerson = RecordRef.isContact(to);
    return switch (from) {
      case RecordRef.CONTACT -> to.equals(RecordRef.COMPANY);
      case RecordRef.LEAD -> to.equals(RecordRef.COMPANY) || to.equals(RecordRef.DEAL);
      case RecordRef.TASK, ObjectTypes.MEETING, ObjectTypes.CAMPAIGN_MEMBER -> toPerson;
      default -> false;
    };
  }

  private static @Nullable Source source(String from, String to) {
    boolean ofContact = from.equals(RecordRef.CONTACT);
    if (RecordRef.isContact(from)) {
      return switch (to) {
        case RecordRef.TASK -> new Source("Task", BaseFields.WHO_ID, FieldFacts.ID);
        case ObjectTypes.MEETING -> new Source("Event", BaseFields.WHO_ID, FieldFacts.ID);
        case ObjectTypes.CAMPAIGN_MEMBER ->
            new Source(CAMPAIGN_MEMBER, ofContact ? "ContactId" : "LeadId", FieldFacts.ID);
        case ObjectTypes.EMAIL -> new Source(EMAIL_RELATION, "RelationId", "EmailMessageId");
        case RecordRef.DEAL -> new Source(CONTACT_ROLE, "ContactId", "OpportunityId");
        default -> null;
      };
    }
    if (!RecordRef.isContact(to)) {
      return null;
    }
    return switch (from) {
      case RecordRef.COMPANY -> new Source("Contact", FieldFacts.ACCOUNT_ID, FieldFacts.ID);
      case RecordRef.DEAL -> new Source(CONTACT_ROLE, "OpportunityId", "ContactId");
      case ObjectTypes.EMAIL -> new Source(EMAIL_RELATION, "EmailMessageId", "RelationId");
      default -> null;
    };
  }

  /** Returns what kept the read from being whole; null if nothing did. */
  @Nullable CallTrouble trouble() {
    return trouble;
  }

  /** Reads the associations of these records; nothing of those of which not all could be read. */
  List<Fact> read(List<SalesforceId> ids) {
    if (source == null) {
      trouble =
          new CallTrouble.Refused(
              "it is not known where Salesforce keeps which " + to + " records a " + from + " has");
    } else {
      read(source, ids);
    }
    return facts;
  }

  private void read(Source where, List<SalesforceId> ids) {
    Soql query =
        Soql.select(Set.of(where.of(), where.other()), where.object())
            .in(where.of(), ids)
            .newestFirst(FieldFacts.ID);
    if (ids.size() > 1 && calls.length(query) > RowQuery.LONGEST_ADDRESS) {
      readHalves(where, ids);
      return;
    }
    int most = ids.size() > 1 ? MOST_ROWS : RecordFacts.MOST_LINKS + 1;
    switch (QueryPages.read(calls, Lane.ASSOCIATIONS, query, most)) {
      case Rows.Read read when !read.whole() && ids.size() > 1 -> readHalves(where, ids);
      case Rows.Read read -> take(where, ids, read);
      case Rows.Refused no -> trouble = no.reply().refusal("read " + where.object());
      case Rows.Failed failed -> trouble = failed.trouble();
    }
  }

  private void readHalves(Source where, List<SalesforceId> ids) {
    read(where, ids.subList(0, ids.size() / 2));
    if (trouble == null) {
      read(where, ids.subList(ids.size() / 2, ids.size()));
    }
  }

  private void take(Source where, List<SalesforceId> ids, Rows.Read read) {
    if (read.begunAt() <= 0) {
      trouble = new CallTrouble.Unknown("Salesforce does not say when associations were read");
      return;
    }
    // A link whose event tells whole seconds must not seem older than this reading.
    long at = read.begunAt() - Math.floorMod(read.begunAt(), 1_000L);
    Map<SalesforceId, Integer> seen = new HashMap<>();
    for (JsonNode row : read.rows()) {
      SalesforceId record = id(row, where.of()).orElse(null);
      SalesforceId other = id(row, where.other()).orElse(null);
      if (record != null
          && other != null
          && seen.merge(record, 1, Integer::sum) <= RecordFacts.MOST_LINKS + 1) {
        link(record, other, at);
      }
    }
    ids.forEach(id -> facts.add(Fact.Assigned.associated(ref(from, id), to, at)));
  }

  private static Optional<SalesforceId> id(JsonNode row, String field) {
    return SalesforceId.of(RowText.of(row, field));
  }

  /** Links start at the person. */
  private void link(SalesforceId record, SalesforceId other, long at) {
    Stamp holds = new Stamp(at, SourceRank.READ, Boolean.toString(true));
    if (RecordRef.isContact(from)) {
      facts.add(
          new Fact.Linked(ref(from, record), LinkKind.ASSOCIATED_WITH, ref(to, other), holds));
      return;
    }
    ObjectTypes.of(other)
        .filter(RecordRef::isContact)
        .map(type -> ref(type, other))
        .map(who -> new Fact.Linked(who, LinkKind.ASSOCIATED_WITH, ref(from, record), holds))
        .ifPresent(facts::add);
  }

  private RecordRef ref(String type, SalesforceId id) {
    return new RecordRef(connection, type, id.text());
  }
}
