package io.leadgauge.crm.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.RateBudget.Lane;
import io.leadgauge.crm.rest.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All rows of a query, page by page until Salesforce says that there are no more: a page may hold
 * fewer rows than it could, and name the next one though it is the last.
 */
final class QueryPages {
  /** How Salesforce calls the next page: {@code /services/data/v67.0/query/01g…-2000}. */
  private static final Pattern NEXT =
      Pattern.compile("/services/data/v[0-9.]{1,8}/query(?:All)?/([A-Za-z0-9_-]{1,200})");

  private QueryPages() {}

  /** What came of a query. */
  sealed interface Rows {
    /**
     * The rows.
     *
     * @param rows in the order they came; copied
     * @param total how many there are, by Salesforce's count
     * @param whole whether these are all of them; if not, the bound was met, or Salesforce forgot
     *     the place
     * @param begunAt since when they were so; 0 if Salesforce did not say
     */
    record Read(List<JsonNode> rows, long total, boolean whole, long begunAt) implements Rows {
      public Read {
        rows = List.copyOf(rows);
      }
    }

    /** The query as it was sent is refused. */
    record Refused(Reply.Invalid reply) implements Rows {}

    /** Not all was answered. */
    record Failed(CallTrouble trouble) implements Rows {}
  }

  /**
   * Reads what is there.
   *
   * @param most no more pages are asked for once so many rows have come
   */
  static Rows read(SalesforceCalls calls, Lane lane, Soql query, int most) {
    return follow(calls, lane, calls.query(lane, query), most);
  }

  /** Reads the same, and what is deleted or archived. */
  static Rows readAll(SalesforceCalls calls, Lane lane, Soql query, int most) {
    return follow(calls, lane, calls.queryAll(lane, query), most);
  }

  private static Rows follow(SalesforceCalls calls, Lane lane, Reply first, int most) {
    List<JsonNode> rows = new ArrayList<>();
    long begunAt = -1;
    long total = 0;
    Reply reply = first;
    while (true) {
      switch (reply) {
        case Reply.Failed failed -> {
          return new Rows.Failed(failed.trouble());
        }
        case Reply.Invalid invalid -> {
          return invalid.remedy() instanceof Remedy.ListAgain && !rows.isEmpty()
              ? new Rows.Read(rows, total, false, begunAt)
              : new Rows.Refused(invalid);
        }
        case Reply.Answered answered -> {
          JsonNode body = answered.body();
          Json.items(body, "records").forEach(rows::add);
          if (begunAt < 0) {
            begunAt = answered.begunAt();
            total = body.path("totalSize").asLong();
          }
          if (body.path("done").asBoolean(true)) {
            return new Rows.Read(rows, total, true, begunAt);
          }
          String next = next(body);
          if (next == null) {
            return new Rows.Failed(
                new CallTrouble.Unknown("Salesforce's list goes on, and does not say where"));
          }
          if (rows.size() >= most) {
            return new Rows.Read(rows, total, false, begunAt);
          }
          reply = calls.more(lane, next);
        }
      }
    }
  }

  /** The address is not taken as it stands: it could lead anywhere. */
  private static @Nullable String next(JsonNode body) {
    String address = Json.text(body, "nextRecordsUrl");
    Matcher told = NEXT.matcher(address == null ? "" : address);
    return told.matches() ? told.group(1) : null;
  }
}
