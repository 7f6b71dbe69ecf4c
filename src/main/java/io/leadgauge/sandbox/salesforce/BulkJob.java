package io.leadgauge.sandbox.salesforce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.sandbox.Dice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A query job of Bulk API 2.0. Its rows are those of the moment when it ran. */
final class BulkJob {
  private final String id;
  private final boolean all;
  private final String userId;
  private final int version;
  private final Query query;
  private final long createdAt;
  private State state = State.UPLOAD_COMPLETE;
  private long changedAt;
  private List<String> lines = List.of();
  private String trouble = "";

  /** How far a job is. */
  enum State {
    UPLOAD_COMPLETE("UploadComplete"),
    IN_PROGRESS("InProgress"),
    JOB_COMPLETE("JobComplete"),
    FAILED("Failed"),
    ABORTED("Aborted");

    private final String word;

    State(String word) {
      this.word = word;
    }

    /** Whether nothing more will happen. */
    boolean isFinal() {
      return this == JOB_COMPLETE || this == FAILED || this == ABORTED;
    }
  }

  /**
   * @param all whether deleted records count too
   */
  BulkJob(String id, boolean all, Query query, Call call) {
    this.id = id;
    this.all = all;
    this.query = query;
    this.userId = call.session().userId();
    this.version = call.versionNumber();
    this.createdAt = call.now();
    this.changedAt = call.now();
  }

  String id() {
    return id;
  }

  boolean isOf(Session session) {
    return userId.equals(session.userId());
  }

  State state() {
    return state;
  }

  void become(State next, long now) {
    if (!state.isFinal()) {
      state = next;
      changedAt = now;
    }
  }

  /** Runs the query, unless the job is at its end. */
  void run(Org org, Dice dice, long now) {
    if (state.isFinal()) {
      return;
    }
    boolean compound =
        query.columns().stream().anyMatch(column -> column.field().type() == FieldType.ADDRESS);
    if (compound || org.settings().bulkFails()) {
      trouble =
          compound
              ? "FUNCTIONALITY_NOT_ENABLED : Selecting compound data not supported in Bulk Query"
              : "InternalServerError : Retried more than 15 times";
      become(State.FAILED, now);
      return;
    }
    List<String> rows = new ArrayList<>();
    for (Row row : query.run(org, all, dice)) {
      List<String> cells =
          query.columns().stream().map(column -> column.of(row, org).orElse("")).toList();
      rows.add(line(cells));
    }
    lines = rows;
    become(State.JOB_COMPLETE, now);
  }

  int rows() {
    return lines.size();
  }

  /** Some of the rows as CSV, with the names of the fields before them. */
  String csv(int from, int to) {
    StringBuilder csv = new StringBuilder();
    csv.append(line(query.columns().stream().map(BulkJob::title).toList()));
    lines.subList(from, to).forEach(csv::append);
    return csv.toString();
  }

  /** The job as it was created; one that is looked at later says more. */
  ObjectNode json(boolean later) {
    ObjectNode node = Json.object();
    node.put("id", id);
    node.put("operation", all ? "queryAll" : "query");
    node.put("object", query.object().name());
    node.put("createdById", userId);
    node.put("createdDate", FieldType.stored(createdAt).replace("Z", "+0000"));
    node.put("systemModstamp", FieldType.stored(changedAt).replace("Z", "+0000"));
    node.put("state", state.word);
    node.put("concurrencyMode", "Parallel");
    node.put("contentType", "CSV");
    node.put("apiVersion", version + 0.0);
    if (later) {
      node.put("jobType", "V2Query");
    }
    node.put("lineEnding", "LF");
    node.put("columnDelimiter", "COMMA");
    if (later) {
      node.put("numberRecordsProcessed", lines.size());
      node.put("retries", 0);
      node.put("totalProcessingTime", changedAt - createdAt);
    }
    Optional.of(trouble)
        .filter(text -> !text.isEmpty())
        .ifPresent(text -> node.put("errorMessage", text));
    return node;
  }

  private static String title(Column column) {
    String name = column.kindOnly() ? "Type" : column.field().name();
    return column.via().map(via -> via.relationship().orElseThrow() + "." + name).orElse(name);
  }

  /** All cells in quotes, as Salesforce writes them. */
  private static String line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (String cell : cells) {
      line.append(line.isEmpty() ? "" : ",");
      line.append('"').append(cell.replace("\"", "\"\"")).append('"');
    }
    return line.append('\n').toString();
  }
}
