package io.leadgauge.crm.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.NewTask;
import io.leadgauge.crm.RateBudget.Lane;
import io.leadgauge.crm.TaskAnswer;
import io.leadgauge.crm.TasksAnswer;
import io.leadgauge.crm.rest.Json;
import io.leadgauge.crm.rest.PlainText;
import io.leadgauge.crm.salesforce.QueryPages.Rows;
import io.leadgauge.model.RecordRef;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Salesforce's tasks: made by an external id of ours, so that making one again changes the one that
 * is there; found again by whom they are about.
 *
 * <p>Where the org has no field for that id, a task is made without; what it says tells it from
 * others.
 *
 * @see <a
 *     href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_upsert.htm">Salesforce:
 *     insert or update a record by an external id, 2026</a>
 */
final class TaskCalls {
  /** The field on tasks that holds our key. */
  static final String KEY = "Leadgauge_Key__c";

  private static final String TASK = "Task";
  private static final String OWNER = "OwnerId";
  private static final String NOTE = "Description";
  private static final int LONGEST_SUBJECT = 255;
  private static final int LONGEST_NOTE = 32_000;

  /** So many of a person's tasks are looked at, the newest. */
  private static final int MOST_TASKS = 500;

  /** How Salesforce says who cannot own a task, besides naming the field. */
  private static final Set<String> BAD_OWNER =
      Set.of("INACTIVE_OWNER_OR_USER", "OP_WITH_INVALID_USER_TYPE_EXCEPTION");

  private static final Pattern LAST = Pattern.compile(".*/([A-Za-z0-9]{15,18})");

  private final SalesforceCalls calls;

  TaskCalls(SalesforceCalls calls) {
    this.calls = calls;
  }

  /** Makes a task, or finds the one that was made by the same key. */
  TaskAnswer create(NewTask task) {
    return switch (calls.upsert(TASK, KEY, task.key(), request(task))) {
      case Reply.Answered answered -> made(answered.body(), task);
      case Reply.Invalid invalid when invalid.status() == 300 -> several(invalid.body());
      case Reply.Invalid invalid when lacksKey(invalid) -> createWithout(task);
      case Reply.Invalid invalid -> refused(invalid.error());
      case Reply.Failed failed -> new TaskAnswer.Failed(failed.trouble());
    };
  }

  private TaskAnswer createWithout(NewTask task) {
    return switch (calls.create(TASK, request(task))) {
      case Reply.Answered answered -> made(answered.body(), task);
      case Reply.Invalid invalid -> refused(invalid.error());
      case Reply.Failed failed -> new TaskAnswer.Failed(failed.trouble());
    };
  }

  /** A path with a field that is no external id is none, and is answered like a bad column. */
  private static boolean lacksKey(Reply.Invalid invalid) {
    boolean unknown =
        invalid.status() == 404
            || invalid.remedy() instanceof Remedy.LeaveOut
            || invalid.error().message().contains("external ID");
    return unknown && invalid.error().fields().isEmpty();
  }

  private static ObjectNode request(NewTask task) {
    Instant due = Instant.ofEpochMilli(task.dueAt());
    ObjectNode request = Json.object();
    request.put("WhoId", task.contact().id());
    request.put("Subject", bounded(task.subject(), LONGEST_SUBJECT));
    request.put(NOTE, bounded(task.note(), LONGEST_NOTE));
    request.put("ActivityDate", due.toString().substring(0, "2026-11-22".length()));
    if (task.owner() != null) {
      request.put(OWNER, task.owner());
      request.put("IsReminderSet", true);
      request.put("ReminderDateTime", due.toString());
    }
    return request;
  }

  private static String bounded(String text, int most) {
    String storable = PlainText.storable(text);
    int end = Math.min(most, storable.length());
    boolean splits = end < storable.length() && Character.isHighSurrogate(storable.charAt(end - 1));
    return storable.substring(0, splits ? end - 1 : end);
  }

  /** An update answers without a body in older versions; then the task is asked for by its key. */
  private TaskAnswer made(JsonNode body, NewTask task) {
    Optional<SalesforceId> told = SalesforceId.of(RowText.of(body, "id"));
    if (told.isPresent()) {
      return new TaskAnswer.Made(told.get().text());
    }
    Soql same = Soql.select(Set.of(FieldFacts.ID), TASK).is(KEY, task.key());
    return switch (QueryPages.read(calls, Lane.RECORDS, same, 1)) {
      case Rows.Read read when !read.rows().isEmpty() ->
          new TaskAnswer.Made(RowText.of(read.rows().getFirst(), FieldFacts.ID));
      case Rows.Read none -> unknown();
      case Rows.Refused no -> unknown();
      case Rows.Failed failed -> new TaskAnswer.Failed(failed.trouble());
    };
  }

  private static TaskAnswer unknown() {
    return new TaskAnswer.Failed(
        new CallTrouble.Unknown("Salesforce's answer does not tell the id of the task"));
  }

  /** Several tasks have the key, which somebody has copied: the first one stands for them. */
  private static TaskAnswer several(JsonNode addresses) {
    Matcher last = LAST.matcher(addresses.path(0).asText());
    return Optional.of(last)
        .filter(Matcher::matches)
        .flatMap(found -> SalesforceId.of(found.group(1)))
        .<TaskAnswer>map(id -> new TaskAnswer.Made(id.text()))
        .orElseGet(TaskCalls::unknown);
  }

  private static TaskAnswer refused(SalesforceError error) {
    boolean owner = error.fields().contains(OWNER) || BAD_OWNER.contains(error.code());
    return owner
        ? new TaskAnswer.OwnerRefused(error.words())
        : new TaskAnswer.Refused(error.words());
  }

  /** Reads what the newest tasks of a person say. */
  TasksAnswer of(RecordRef contact) {
    SalesforceId who = SalesforceId.of(contact.id()).orElse(null);
    if (who == null) {
      return new TasksAnswer(Map.of(), null);
    }
    Soql newest =
        Soql.select(List.of(FieldFacts.ID, NOTE), TASK)
            .in(BaseFields.WHO_ID, List.of(who))
            .newestFirst("CreatedDate", FieldFacts.ID)
            .first(MOST_TASKS);
    return switch (QueryPages.read(calls, Lane.RECORDS, newest, MOST_TASKS)) {
      case Rows.Read read when read.whole() -> new TasksAnswer(notes(read.rows()), null);
      case Rows.Read cut -> failed(new CallTrouble.Unknown("Salesforce did not list all tasks"));
      case Rows.Refused no -> failed(no.reply().refusal("read tasks"));
      case Rows.Failed failed -> failed(failed.trouble());
    };
  }

  private static Map<String, String> notes(List<JsonNode> rows) {
    Map<String, String> notes = new HashMap<>();
    for (JsonNode row : rows) {
      SalesforceId.of(RowText.of(row, FieldFacts.ID))
          .ifPresent(id -> notes.put(id.text(), RowText.of(row, NOTE)));
    }
    return notes;
  }

  private static TasksAnswer failed(CallTrouble trouble) {
    return new TasksAnswer(Map.of(), trouble);
  }
}
