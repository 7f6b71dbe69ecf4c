package io.leadgauge.sandbox.salesforce;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.sandbox.Dice;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Queries and their pages. */
final class QueryEndpoints {
  private static final Pattern LOCATOR = Pattern.compile("([0-9A-Za-z]{18})-(\\d{1,9})");
  private static final Pattern BATCH_SIZE = Pattern.compile("batchSize=(\\d{1,5})");
  private static final int LEAST_PAGE = 200;

  private final Cursors cursors;
  private final Dice dice;

  QueryEndpoints(Cursors cursors, Dice dice) {
    this.cursors = cursors;
    this.dice = dice;
  }

  /** {@code query}: the records that are not deleted. */
  Reply query(Call call) {
    return query(call, false);
  }

  /** {@code queryAll}: deleted and merged records too. */
  Reply queryAll(Call call) {
    return query(call, true);
  }

  /** The next page of a query. */
  Reply page(Call call) {
    Matcher locator = LOCATOR.matcher(call.path("locator"));
    Optional<Cursors.Cursor> cursor =
        locator.matches() ? cursors.find(locator.group(1), call.now()) : Optional.empty();
    return page(
        call,
        cursor.orElseThrow(() -> Refused.of(404, "INVALID_QUERY_LOCATOR", "invalid query locator")),
        Integer.parseInt(locator.group(2)));
  }

  private Reply query(Call call, boolean all) {
    String text =
        call.query("q")
            .orElseThrow(
                () -> Refused.of(400, "MALFORMED_QUERY", "A query string has to be specified"));
    Soql soql = SoqlParser.parse(text);
    Query query = Query.of(soql, call.org(), call.actor());
    List<Row> rows = query.run(call.org(), all, dice);
    if (soql.counts()) {
      ObjectNode body = Json.object();
      body.put("totalSize", rows.size());
      body.put("done", true);
      body.putArray("records");
      return Reply.ok(body);
    }
    return page(call, cursors.of(call, query.columns(), rows, all), 0);
  }

  private Reply page(Call call, Cursors.Cursor cursor, int from) {
    int left = cursor.rows().size() - from;
    int to = from + Math.max(0, Math.min(left, pageSize(call)));
    boolean done = to >= cursor.rows().size();
    ObjectNode body = Json.object();
    body.put("totalSize", cursor.rows().size());
    body.put("done", done);
    if (!done) {
      cursors.keep(cursor);
      body.put(
          "nextRecordsUrl",
          "/services/data/%s/query/%s-%d".formatted(call.version(), cursor.id(), to));
    }
    RowJson json = new RowJson(call.org(), call.version());
    ArrayNode records = body.putArray("records");
    for (Row row : cursor.rows().subList(Math.min(from, to), to)) {
      if (cursor.all() || !row.isDeleted()) {
        records.add(json.selected(row, cursor.columns()));
      }
    }
    return Reply.ok(body);
  }

  /** Salesforce may put fewer records on a page than it is asked for. */
  private int pageSize(Call call) {
    Settings settings = call.org().settings();
    int most = Math.min(settings.pageMost(), askedFor(call));
    return settings.shortPages() ? most - dice.below(most / 2 + 1) : most;
  }

  private static int askedFor(Call call) {
    Matcher asked = BATCH_SIZE.matcher(call.header("Sforce-Query-Options").orElse(""));
    return asked.find() ? Math.max(LEAST_PAGE, Integer.parseInt(asked.group(1))) : 2000;
  }
}
