package io.leadgauge.pipeline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.model.Due;
import io.leadgauge.model.Intent;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.RefusedField;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How what is said of one contact gets into the CRM, and what keeps it from there, as JSON. */
public final class WriteBackJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private WriteBackJson() {}

  /**
   * Returns it as the admin API shows it.
   *
   * @param refused the fields that its connection's CRM refuses
   * @param intents its last hand-offs
   */
  public static ObjectNode of(
      ConnectionScope scope,
      RecordState state,
      Collection<RefusedField> refused,
      List<Intent> intents,
      long now) {
    ObjectNode json = NODES.objectNode();
    WritePlan plan = WritePlan.of(scope, state, now);
    json.put("writtenAt", instant(state.writtenAt() == 0 ? Due.NEVER : state.writtenAt()));
    json.put("nextAt", instant(state.due().writeAt()));
    json.put("problem", state.due().problem());
    ArrayNode waiting = json.putArray("waiting");
    plan.properties().keySet().forEach(waiting::add);
    ArrayNode left = json.putArray("refused");
    for (RefusedField field : refused) {
      left.addObject()
          .put("field", field.property())
          .put("reason", field.message())
          .put("since", instant(field.since()));
    }
    ArrayNode lost = json.putArray("contested");
    for (Contest contest : plan.lost()) {
      lost.addObject()
          .put("field", contest.property())
          .put("by", contest.by())
          .put("until", instant(contest.until()));
    }
    ArrayNode handOffs = json.putArray("handOffs");
    intents.forEach(intent -> handOffs.add(of(intent)));
    return json;
  }

  private static ObjectNode of(Intent intent) {
    return NODES
        .objectNode()
        .put("key", intent.key())
        .put("model", intent.model())
        .put("stage", intent.stage())
        .put("at", instant(intent.at()))
        .put("dueAt", instant(intent.dueAt()))
        .put("task", intent.subject())
        .put("state", intent.step().state().word())
        .put("id", intent.step().task())
        .put("problem", intent.step().problem())
        .put("nextAt", instant(intent.step().nextAt()));
  }

  private static @Nullable String instant(long at) {
    return at == Due.NEVER ? null : Instant.ofEpochMilli(at).toString();
  }
}
