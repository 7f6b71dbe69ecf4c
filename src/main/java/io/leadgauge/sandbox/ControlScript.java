package io.leadgauge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;

/** The part of the control API that plans what happens to particular calls. */
final class ControlScript {
  private static final int MOST_TIMES = 1_000_000;

  private final Script script;

  ControlScript(Script script) {
    this.script = script;
  }

  /**
   * Lets a fault strike the next calls that fit: {@code {"fault":"timeout-after-apply","method":
   * "POST","route":"/crm/objects/tasks","times":1}}.
   */
  Answer planFault(ApiRequest request) {
    JsonNode body = request.body();
    ControlBody.only(body, "body", Set.of("fault", "method", "route", "times"));
    String fault = body.path("fault").asText();
    if (!Faults.strikesCalls(fault)) {
      throw Refusal.invalid("fault: \"" + fault + "\" is none that strikes calls");
    }
    int times = body.path("times").asInt(1);
    if (times < 1 || times > MOST_TIMES) {
      throw Refusal.invalid("times: " + times + " is not from 1 to " + MOST_TIMES);
    }
    script.plan(cue(body), times, Fate.of(fault));
    return Answer.noContent();
  }

  /**
   * Lets somebody else change a record once, just before or just after the next call that fits is
   * applied: {@code {"when":"before","method":"POST","route":"/crm/objects/contacts/batch/update",
   * "record":"contacts/1","properties":{…}}}, by a person unless told.
   */
  Answer interleave(ApiRequest request) {
    JsonNode body = request.body();
    ControlBody.only(
        body,
        "body",
        Set.of("when", "method", "route", "record", "properties", "app", "source", "sourceId"));
    String when = body.path("when").asText();
    if (!Set.of("before", "after").contains(when)) {
      throw Refusal.invalid("when: \"" + when + "\" is neither before nor after");
    }
    Portal portal = request.portal();
    CrmRecord record = ControlRecords.named(portal, body.path("record").asText());
    Map<String, String> values =
        new WrittenValues(portal, record.type()).of(body.path("properties"));
    ChangeSource source = ControlBody.source(body, ControlRecords.PERSON);
    script.interject(
        cue(body), when.equals("before"), now -> portal.update(record, values, now, source));
    return Answer.noContent();
  }

  Answer clear(ApiRequest request) {
    script.clear();
    return Answer.noContent();
  }

  private static Script.Cue cue(JsonNode body) {
    return new Script.Cue(body.path("method").asText(), body.path("route").asText());
  }
}
