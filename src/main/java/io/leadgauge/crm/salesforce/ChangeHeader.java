package io.leadgauge.crm.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.salesforce.ChangeEvents.Change;
import io.leadgauge.crm.salesforce.ToldRecord.UnreadableException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * The header of a change event.
 *
 * @param entity the API name of the object
 * @param change what happened
 * @param recordIds the records that it happened to, as they stand; copied
 * @param at when the commit was; empty where the header does not say
 * @param user the id of the user who made the change; empty where the header does not say
 * @param changedFields the names of what changed, or bits in hexadecimal digits; copied
 * @param nulledFields the same of what was cleared; copied
 * @param diffFields the same of what came as a difference to the value before; copied
 */
record ChangeHeader(
    String entity,
    Change change,
    List<String> recordIds,
    OptionalLong at,
    String user,
    List<String> changedFields,
    List<String> nulledFields,
    List<String> diffFields) {
  ChangeHeader {
    recordIds = List.copyOf(recordIds);
    changedFields = List.copyOf(changedFields);
    nulledFields = List.copyOf(nulledFields);
    diffFields = List.copyOf(diffFields);
  }

  /**
   * Reads a header.
   *
   * @throws UnreadableException if it lacks what no event can do without
   */
  static ChangeHeader of(JsonNode header) throws UnreadableException {
    String entity = JsonFields.text(header.path("entityName"));
    if (entity.isBlank()) {
      throw new UnreadableException("entityName is missing, expected such as Lead");
    }
    List<String> ids = texts(header.path("recordIds"));
    Change change = change(JsonFields.text(header.path("changeType")));
    if (ids.isEmpty() && change != Change.GAP_OVERFLOW) {
      throw new UnreadableException("recordIds is empty, expected an array of ids");
    }
    return new ChangeHeader(
        entity,
        change,
        ids,
        Instants.parse(JsonFields.text(header.path("commitTimestamp"))),
        JsonFields.text(header.path("commitUser")),
        texts(header.path("changedFields")),
        texts(header.path("nulledFields")),
        texts(header.path("diffFields")));
  }

  private static Change change(String word) throws UnreadableException {
    return Arrays.stream(Change.values())
        .filter(change -> change.name().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new UnreadableException(
                    "changeType is none that we know, expected such as CREATE or UPDATE"));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    for (JsonNode item : array.isArray() ? array : List.<JsonNode>of()) {
      if (item.isValueNode()) {
        texts.add(JsonFields.text(item));
      }
    }
    return texts;
  }

  /** Returns what the event is called: {@code Lead.UPDATE}. */
  String type() {
    return entity + "." + change;
  }
}
