package io.leadgauge.crm.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.NewTask;
import io.leadgauge.crm.RateBudget.Lane;
import io.leadgauge.crm.TaskAnswer;
import io.leadgauge.crm.TasksAnswer;
import io.leadgauge.crm.rest.Json;
import io.leadgauge.crm.rest.PlainText;
import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordRef;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * HubSpot's tasks: made with their association inline, found again by it.
 *
 * @see <a href="https://developers.hubspot.com/docs/api-reference/crm-tasks-v3/guide">HubSpot:
 *     tasks, 30 March 2026</a>
 */
final class TaskCalls {
  private static final String OWNER = "hubspot_owner_id";
  private static final String NOTE = "hs_task_body";
  private static final int TASK_TO_CONTACT = 204;
  private static final int MOST_IN_A_READ = 100;

  /** So many of a contact's tasks are looked at, the newest. */
  private static final int MOST_TASKS = 500;

  private static final Comparator<String> BY_NUMBER =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  private final HubSpotCalls calls;
  private final ApiPaths paths;

  TaskCalls(HubSpotCalls calls, ApiPaths paths) {
    this.calls = calls;
    this.paths = paths;
  }

  TaskAnswer create(NewTask task) {
    return switch (calls.post(Lane.RECORDS, paths.tasks(), request(task))) {
      case Reply.Answered answered -> made(answered.body());
      case Reply.Invalid invalid -> refused(invalid.error());
      case Reply.Failed failed -> new TaskAnswer.Failed(failed.trouble());
    };
  }

  private static ObjectNode request(NewTask task) {
    ObjectNode request = Json.object();
    ObjectNode properties = request.putObject("properties");
    properties.put("hs_timestamp", Instant.ofEpochMilli(task.dueAt()).toString());
    properties.put("hs_task_subject", PlainText.storable(task.subject()));
    properties.put(NOTE, markup(PlainText.storable(task.note())));
    properties.put("hs_task_status", "NOT_STARTED");
    properties.put("hs_task_priority", "HIGH");
    properties.put("hs_task_type", "TODO");
    if (task.owner() != null) {
      properties.put(OWNER, task.owner());
    }
    ObjectNode association = request.putArray("associations").addObject();
    association.putObject("to").put("id", task.contact().id());
    association
        .putArray("types")
        .addObject()
        .put("associationCategory", "HUBSPOT_DEFINED")
        .put("associationTypeId", TASK_TO_CONTACT);
    return request;
  }

  /** The body of a task is HTML. */
  private static String markup(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\n", "<br>");
  }

  private static TaskAnswer made(JsonNode body) {
    String id = Json.text(body, "id");
    return id == null || id.isEmpty()
        ? new TaskAnswer.Failed(
            new CallTrouble.Unknown("HubSpot's answer does not tell the id of the task"))
        : new TaskAnswer.Made(id);
  }

  /** Which field is to blame stands in the error's context, or in its words alone. */
  private static TaskAnswer refused(HubSpotError error) {
    boolean owner =
        error.properties().containsKey(OWNER)
            || (error.properties().isEmpty() && error.message().contains(OWNER));
    return owner
        ? new TaskAnswer.OwnerRefused(error.words())
        : new TaskAnswer.Refused(error.words());
  }

  /** Reads what the newest tasks of a contact say. */
  TasksAnswer of(RecordRef contact) {
    NavigableSet<String> ids = new TreeSet<>(BY_NUMBER);
    CallTrouble trouble = collect(contact, ids);
    if (trouble != null) {
      return new TasksAnswer(Map.of(), trouble);
    }
    while (ids.size() > MOST_TASKS) {
      ids.pollFirst();
    }
    Map<String, String> notes = new HashMap<>();
    List<String> newest = List.copyOf(ids);
    for (int from = 0; trouble == null && from < newest.size(); from += MOST_IN_A_READ) {
      int to = Math.min(newest.size(), from + MOST_IN_A_READ);
      trouble = read(newest.subList(from, to), notes);
    }
    return new TasksAnswer(notes, trouble);
  }

  private @Nullable CallTrouble collect(RecordRef contact, NavigableSet<String> ids) {
    AssociationRead read =
        new AssociationRead(calls, paths, contact.connection(), contact.type(), RecordRef.TASK);
    for (Fact fact : read.read(List.of(contact.id()))) {
      if (fact instanceof Fact.Linked link) {
        ids.add(link.to().id());
      }
    }
    return read.trouble();
  }

  private @Nullable CallTrouble read(List<String> ids, Map<String, String> notes) {
    ObjectNode request = Json.object();
    ArrayNode inputs = request.putArray("inputs");
    ids.forEach(id -> inputs.addObject().put("id", id));
    request.putArray("properties").add(NOTE);
    request.putArray("propertiesWithHistory");
    return switch (calls.post(Lane.RECORDS, paths.tasks() + "/batch/read", request)) {
      case Reply.Answered answered -> {
        for (JsonNode result : Json.items(answered.body(), "results")) {
          String id = Json.text(result, "id");
          String note = Json.text(result.path("properties"), NOTE);
          if (id != null) {
            notes.put(id, note == null ? "" : note);
          }
        }
        yield unread(answered.body());
      }
      case Reply.Invalid invalid -> refusal("to read tasks", invalid);
      case Reply.Failed failed -> failed.trouble();
    };
  }

  /** A task that could not be read may be the one that is looked for; one that is gone is not. */
  private static @Nullable CallTrouble unread(JsonNode body) {
    for (JsonNode node : Json.items(body, "errors")) {
      HubSpotError error = HubSpotError.of(node);
      if (!error.category().equals(HubSpotError.OBJECT_NOT_FOUND)) {
        return new CallTrouble.Unknown("HubSpot could not read all tasks: " + error.words());
      }
    }
    return null;
  }

  private static CallTrouble refusal(String what, Reply.Invalid invalid) {
    return new CallTrouble.Refused("HubSpot refuses " + what + ": " + invalid.error().words());
  }
}
