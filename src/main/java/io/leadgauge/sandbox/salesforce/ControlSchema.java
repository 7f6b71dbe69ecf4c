package io.leadgauge.sandbox.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The part of the control API by which an administrator sets up fields and rules. */
final class ControlSchema {
  private static final Set<String> DEFINITION =
      Set.of(
          "type",
          "label",
          "length",
          "precision",
          "scale",
          "required",
          "default",
          "values",
          "restricted",
          "external",
          "access",
          "ours",
          "to",
          "relationship",
          "mappedTo");
  private static final Set<String> SECURITY = Set.of("ours", "values", "restricted", "mappedTo");

  /**
   * Adds a field; or changes one that is there: who sees it ({@code ours}: hidden, read or edit),
   * its values, and the contact's field that conversion hands it to.
   */
  Reply putField(Call call) {
    SObject object = call.object();
    String name = call.path("name");
    JsonNode body = call.body();
    Optional<Field> old = object.find(name);
    if (old.isPresent() && !body.has("type")) {
      ControlBody.only(body, SECURITY);
      object.put(changed(old.get(), body));
    } else {
      ControlBody.only(body, DEFINITION);
      object.put(FieldReader.field(name, body));
    }
    Json.text(body, "mappedTo").ifPresent(to -> call.org().settings().conversions().put(name, to));
    return Reply.noContent();
  }

  private static Field changed(Field old, JsonNode body) {
    Field secured =
        body.has("ours") ? old.secured(FieldReader.field(old.name(), body).ours()) : old;
    return body.has("values") || body.has("restricted")
        ? secured.choosing(
            body.has("values") ? Json.texts(body.path("values")) : old.values(),
            body.path("restricted").asBoolean(old.restricted()))
        : secured;
  }

  /** Takes a field away, with its values. */
  Reply removeField(Call call) {
    SObject object = call.object();
    Field field = object.find(call.path("name")).orElseThrow(Refused::notFound);
    object.remove(field);
    call.org().all(object.name()).forEach(row -> row.set(field.name(), ""));
    call.org().settings().conversions().remove(field.name());
    return Reply.noContent();
  }

  /** Adds a validation rule: what the whole value of a field must match after each save. */
  Reply addRule(Call call) {
    JsonNode body = ControlBody.only(call.body(), Set.of("field", "pattern", "message"));
    SObject object = call.object();
    String name = body.path("field").asText();
    Field field =
        object.find(name).orElseThrow(() -> Refused.control("field: no field \"" + name + "\""));
    try {
      Pattern pattern = Pattern.compile(body.path("pattern").asText(), Pattern.DOTALL);
      call.org()
          .rules()
          .add(
              new ValidationRules.Rule(
                  object.name(), field.name(), pattern, body.path("message").asText()));
    } catch (PatternSyntaxException e) {
      throw Refused.control("pattern: " + e.getDescription());
    }
    return Reply.noContent();
  }

  Reply clearRules(Call call) {
    call.org().rules().clear();
    return Reply.noContent();
  }

  /** Lets the next saves that need a record find it locked. */
  Reply lock(Call call) {
    JsonNode body = ControlBody.only(call.body(), Set.of("record", "times", "millis"));
    String record = body.path("record").asText();
    String id =
        RecordId.read(record)
            .orElseThrow(() -> Refused.control("record: \"" + record + "\" is no id"));
    long until = body.has("millis") ? call.now() + body.path("millis").asLong() : Long.MAX_VALUE;
    int otherwise = body.has("millis") ? Integer.MAX_VALUE : 1;
    call.org().locks().lock(id, body.path("times").asInt(otherwise), until);
    return Reply.noContent();
  }

  /** Lets our user change a record, or only look at it: {@code {"record":…,"access":"read"}}. */
  Reply share(Call call) {
    JsonNode body = ControlBody.only(call.body(), Set.of("record", "access"));
    String access = body.path("access").asText();
    if (!Set.of("read", "edit").contains(access)) {
      throw Refused.control("access: \"" + access + "\" is neither read nor edit");
    }
    Set<String> readOnly = call.org().settings().readOnly();
    String id = RecordId.read(body.path("record").asText()).orElse("");
    if (access.equals("read")) {
      readOnly.add(id);
    } else {
      readOnly.remove(id);
    }
    return Reply.noContent();
  }

  Reply unlock(Call call) {
    call.org().locks().clear();
    return Reply.noContent();
  }

  /** Switches the assignment rule of an object on, which gives this owner; or off, with null. */
  Reply assign(Call call) {
    JsonNode body = ControlBody.only(call.body(), Set.of("owner"));
    call.org().settings().assign(call.object().name(), Json.text(body, "owner"));
    return Reply.noContent();
  }

  /**
   * Puts other lead statuses in place: {@code [{"label":"Abierto"},{"label":…,"converted":true}]}.
   */
  Reply leadStatuses(Call call) {
    List<Org.LeadStatusValue> statuses = new ArrayList<>();
    for (JsonNode status : call.body()) {
      ControlBody.only(status, Set.of("label", "converted"));
      statuses.add(
          new Org.LeadStatusValue(
              status.path("label").asText(), status.path("converted").asBoolean()));
    }
    call.org().leadStatuses(statuses);
    return Reply.noContent();
  }
}
