package io.leadgauge.sandbox.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.sandbox.Dice;
import io.leadgauge.sandbox.Timers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Query jobs of Bulk API 2.0: they take a while, and their results come in parts, as CSV. */
final class BulkEndpoints {
  private static final int PART = 50_000;

  private final Map<String, BulkJob> jobs = new LinkedHashMap<>();
  private final Timers timers;
  private final Dice dice;

  BulkEndpoints(Timers timers, Dice dice) {
    this.timers = timers;
    this.dice = dice;
  }

  Reply create(Call call) {
    JsonNode body = call.body();
    String operation = body.path("operation").asText();
    if (!Set.of("query", "queryAll").contains(operation)) {
      throw Refused.of(400, "INVALIDJOB", "Invalid operation: " + operation);
    }
    Soql soql = SoqlParser.parse(body.path("query").asText());
    if (soql.counts()) {
      throw Refused.of(400, "API_ERROR", "Aggregate Relationships not supported in Bulk Query");
    }
    Org org = call.org();
    Query query = Query.of(soql, org, call.actor());
    BulkJob job = new BulkJob(org.nextId("750"), operation.equals("queryAll"), query, call);
    jobs.put(job.id(), job);
    ObjectNode created = job.json(false);
    long millis = org.settings().bulkMillis();
    timers.at(call.now() + millis / 3, () -> job.become(BulkJob.State.IN_PROGRESS, org.now()));
    timers.at(call.now() + millis, () -> job.run(org, dice, org.now()));
    return Reply.ok(created);
  }

  Reply list(Call call) {
    ObjectNode body = Json.object();
    body.put("done", true);
    ArrayNode records = body.putArray("records");
    jobs.values().stream()
        .filter(job -> job.isOf(call.session()))
        .forEach(job -> records.add(job.json(false)));
    body.putNull("nextRecordsUrl");
    return Reply.ok(body);
  }

  Reply read(Call call) {
    return Reply.ok(job(call).json(true));
  }

  /** Ends a job that is not at its end. */
  Reply abort(Call call) {
    BulkJob job = job(call);
    if (!call.body().path("state").asText().equals("Aborted") || job.state().isFinal()) {
      throw Refused.of(400, "INVALIDJOBSTATE", "Invalid job state");
    }
    job.become(BulkJob.State.ABORTED, call.now());
    return Reply.ok(job.json(false));
  }

  Reply delete(Call call) {
    BulkJob job = job(call);
    if (!job.state().isFinal()) {
      throw Refused.of(400, "API_ERROR", "Cannot delete a job that is not at its end");
    }
    jobs.remove(job.id());
    return Reply.noContent();
  }

  /**
   * A part of the results; where the next one begins stands in a header, {@code null} at the end.
   */
  Reply results(Call call) {
    BulkJob job = job(call);
    if (job.state() != BulkJob.State.JOB_COMPLETE) {
      throw Refused.of(400, "INVALIDJOBSTATE", "The job is not complete");
    }
    int from = call.query("locator").map(BulkEndpoints::place).orElse(0);
    if (from > job.rows()) {
      throw wrongLocator();
    }
    int to = Math.min(job.rows(), from + part(call));
    Map<String, String> headers =
        Map.of(
            "Sforce-NumberOfRecords",
            Integer.toString(to - from),
            "Sforce-Locator",
            to < job.rows() ? locator(to) : "null");
    return Reply.csv(job.csv(from, to), headers);
  }

  /** Salesforce may give fewer rows than it is asked for. */
  private int part(Call call) {
    int asked =
        call.query("maxRecords")
            .filter(text -> text.matches("[1-9]\\d{0,8}"))
            .map(Integer::parseInt)
            .orElse(PART);
    return call.org().settings().shortPages() ? asked - dice.below(asked / 2 + 1) : asked;
  }

  private BulkJob job(Call call) {
    return RecordId.read(call.path("id"))
        .filter(jobs::containsKey)
        .map(jobs::get)
        .filter(job -> job.isOf(call.session()))
        .orElseThrow(Refused::notFound);
  }

  private static String locator(int place) {
    byte[] text = Integer.toString(place).getBytes(StandardCharsets.US_ASCII);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
  }

  private static int place(String locator) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(locator), StandardCharsets.US_ASCII);
      return Integer.parseInt(text);
    } catch (IllegalArgumentException e) {
      throw wrongLocator();
    }
  }

  private static Refused wrongLocator() {
    return Refused.of(400, "INVALID_QUERY_LOCATOR", "invalid query locator");
  }
}
