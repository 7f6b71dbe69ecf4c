package io.leadgauge.sandbox.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Looks at what somebody wants to save: whether they may, and whether the org's rules let it
 * through. Changes nothing.
 */
final class Preparation {
  private final Org org;
  private final Actor actor;
  private final boolean assigns;

  /**
   * @param assigns whether active assignment rules hold
   */
  Preparation(Org org, Actor actor, boolean assigns) {
    this.org = org;
    this.actor = actor;
    this.assigns = assigns;
  }

  /** A new record with the members of a body. */
  Prepared fresh(SObject object, JsonNode body) {
    return prepared(() -> new Prepared.Fresh(object, freshValues(object, body)));
  }

  /** An existing record, named by its id, with the members of a body. */
  Prepared changed(SObject object, String id, JsonNode body) {
    return prepared(() -> changedRow(object, id, body));
  }

  /** Refuses the whole request where a value is nothing of its field's type. */
  static void requireReadable(SObject object, JsonNode body) {
    body.properties()
        .forEach(
            member ->
                object
                    .find(member.getKey())
                    .filter(field -> field.access() != Field.Access.READ)
                    .ifPresent(field -> read(field, member.getValue())));
  }

  /** The record that an id names and that can be deleted or changed. */
  Row target(SObject object, String id) {
    String complete =
        RecordId.read(id)
            .filter(read -> read.startsWith(object.keyPrefix()))
            .orElseThrow(() -> new Unsaved(SaveError.malformedId(id)));
    Row row = org.find(complete).orElseThrow(() -> new Unsaved(SaveError.noSuchRecord()));
    if (row.isDeleted()) {
      throw new Unsaved(SaveError.deleted());
    }
    return row;
  }

  private interface Looking {
    Prepared look();
  }

  /** Lets something be looked at; what stands against it is the outcome, not an exception. */
  private static Prepared prepared(Looking looking) {
    try {
      return looking.look();
    } catch (Unsaved unsaved) {
      return new Prepared.Wrong(unsaved.error());
    }
  }

  private Prepared changedRow(SObject object, String id, JsonNode body) {
    Row row = target(object, id);
    Map<String, String> values = values(object, body, false);
    if (row.flag("IsConverted") && row.is("Lead") && !mayEditConverted()) {
      throw new Unsaved(SaveError.convertedLead());
    }
    if (actor.restricted() && org.settings().readOnly().contains(row.id())) {
      throw new Unsaved(SaveError.readOnly());
    }
    Optional<String> locked = org.locks().inTheWay(row, values, org.now());
    if (locked.isPresent()) {
      throw new Unsaved(SaveError.locked(locked.get()));
    }
    assign(object, values);
    new ValueChecks(org, object, row.id()).check(values);
    requireStill(object, values);
    meetRules(object, name -> values.getOrDefault(name, row.valueOrEmpty(name)));
    return new Prepared.Changed(row, values);
  }

  private Map<String, String> freshValues(SObject object, JsonNode body) {
    Map<String, String> values = values(object, body, true);
    assign(object, values);
    new ValueChecks(org, object, "").check(values);
    List<String> missing =
        object.fields().stream()
            .filter(field -> field.required() && field.standard().isEmpty())
            .map(Field::name)
            .filter(name -> values.getOrDefault(name, "").isEmpty())
            .toList();
    requireNone(missing);
    meetRules(object, name -> values.getOrDefault(name, ""));
    return values;
  }

  private boolean mayEditConverted() {
    return !actor.restricted() || org.settings().editsConverted();
  }

  private void assign(SObject object, Map<String, String> values) {
    if (assigns) {
      org.settings().assignment(object.name()).ifPresent(owner -> values.put("OwnerId", owner));
    }
  }

  /** The values of a body, as they are kept, by the names that fields have. */
  private Map<String, String> values(SObject object, JsonNode body, boolean fresh) {
    Map<String, String> values = new TreeMap<>();
    List<String> closed = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : body.properties()) {
      if (member.getKey().equals("attributes") || member.getKey().equalsIgnoreCase("id")) {
        continue;
      }
      Field field = visible(object, member.getKey());
      if (fresh ? field.createable(actor) : field.updateable(actor)) {
        values.put(field.name(), read(field, member.getValue()));
      } else {
        closed.add(field.name());
      }
    }
    if (!closed.isEmpty()) {
      throw new Unsaved(
          SaveError.of(
              "INVALID_FIELD_FOR_INSERT_UPDATE",
              "Unable to create/update fields: "
                  + String.join(", ", new TreeSet<>(closed))
                  + ". Please check the security settings of this field and verify that it is"
                  + " read/write for your profile or permission set.",
              closed.toArray(new String[0])));
    }
    return values;
  }

  private Field visible(SObject object, String name) {
    return object
        .find(name, actor)
        .orElseThrow(() -> new Unsaved(SaveError.noColumn(name, object.name())));
  }

  /** A value that is nothing of the field's type makes the whole request unreadable. */
  private static String read(Field field, JsonNode value) {
    String soapType = field.type().soapType().substring(field.type().soapType().indexOf(':') + 1);
    if (value.isNull() && field.type() != FieldType.BOOLEAN) {
      return "";
    }
    return field
        .type()
        .read(value)
        .orElseThrow(
            () ->
                Refused.of(
                    400,
                    "JSON_PARSER_ERROR",
                    "Cannot deserialize instance of %s from VALUE_STRING value %s or request may be"
                            .formatted(soapType, value.asText())
                        + " missing a required field"))
        .strip();
  }

  private static void requireStill(SObject object, Map<String, String> values) {
    requireNone(
        object.fields().stream()
            .filter(field -> field.required() || (field.standard().isPresent() && isStatus(field)))
            .map(Field::name)
            .filter(name -> values.containsKey(name) && values.getOrDefault(name, "").isEmpty())
            .toList());
  }

  private static boolean isStatus(Field field) {
    return field.name().equals("Status") || field.name().equals("Priority");
  }

  private static void requireNone(List<String> missing) {
    if (!missing.isEmpty()) {
      throw new Unsaved(
          SaveError.of(
              "REQUIRED_FIELD_MISSING",
              "Required fields are missing: [" + String.join(", ", missing) + "]",
              missing.toArray(new String[0])));
    }
  }

  private void meetRules(SObject object, UnaryOperator<String> valueOf) {
    Optional<SaveError> violated = org.rules().violated(object.name(), valueOf);
    if (violated.isPresent()) {
      throw new Unsaved(violated.get());
    }
  }
}
