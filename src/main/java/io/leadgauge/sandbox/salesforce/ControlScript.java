package io.leadgauge.sandbox.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.sandbox.Fate;
import io.leadgauge.sandbox.Script;
import java.util.Map;
import java.util.Set;

/** The part of the control API that plans what happens to particular calls. */
final class ControlScript {
  private static final int MOST_TIMES = 1_000_000;

  private final Script script;
  private final Users users;

  ControlScript(Script script, Users users) {
    this.script = script;
    this.users = users;
  }

  /** Lets a fault strike the next calls that fit a method and a route. */
  Reply planFault(Call call) {
    JsonNode body = ControlBody.only(call.body(), Set.of("fault", "method", "route", "times"));
    String fault = body.path("fault").asText();
    if (!OrgFaults.strikesCalls(fault)) {
      throw Refused.control("fault: \"" + fault + "\" is none that strikes calls");
    }
    int times = body.path("times").asInt(1);
    if (times < 1 || times > MOST_TIMES) {
      throw Refused.control("times: " + times + " is not from 1 to " + MOST_TIMES);
    }
    script.plan(cue(body), times, Fate.of(fault));
    return Reply.noContent();
  }

  /** Lets somebody else change a record once, just before or after the next call that fits. */
  Reply interleave(Call call) {
    JsonNode body =
        ControlBody.only(
            call.body(), Set.of("when", "method", "route", "record", "fields", "user"));
    String when = body.path("when").asText();
    if (!Set.of("before", "after").contains(when)) {
      throw Refused.control("when: \"" + when + "\" is neither before nor after");
    }
    Org org = call.org();
    String id = body.path("record").asText();
    Row row =
        RecordId.read(id)
            .flatMap(org::find)
            .orElseThrow(() -> Refused.control("record: there is no " + id));
    Map<String, String> values = ControlBody.values(row.object(), body.path("fields"));
    Actor actor = ControlBody.actor(body, users.admin());
    script.interject(
        cue(body),
        when.equals("before"),
        now -> {
          Work work = org.begin(actor);
          work.update(row, values);
          work.commit();
        });
    return Reply.noContent();
  }

  Reply clear(Call call) {
    script.clear();
    return Reply.noContent();
  }

  private static Script.Cue cue(JsonNode body) {
    return new Script.Cue(body.path("method").asText(), body.path("route").asText());
  }
}
