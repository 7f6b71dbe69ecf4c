package io.leadgauge.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.manifest.Millionths;
import io.leadgauge.model.Contribution;
import io.leadgauge.scoring.Evaluation;
import io.leadgauge.scoring.Outlook;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A result as JSON, in the one shape that {@code score --format json} and the admin API share.
 *
 * <p>Points are exact decimal numbers, instants ISO 8601 in UTC. {@code validUntil} is null where
 * time alone never changes the result, and where the instant was not found within bounds; then
 * {@code recheckAt} tells when to look again, and is null only for never.
 */
public final class ScoreJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final ObjectWriter WRITER =
      JsonMapper.builder()
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build()
          .writerWithDefaultPrettyPrinter();

  private ScoreJson() {}

  /**
   * Returns the result of a model. For who is not scored the total is null.
   *
   * @param outlook what may become of the label
   */
  public static ObjectNode of(
      String model, String modelHash, Evaluation evaluation, Outlook outlook) {
    ObjectNode json = NODES.objectNode();
    json.put("model", model);
    json.put("modelHash", modelHash);
    json.put("at", Instant.ofEpochMilli(evaluation.score().at()).toString());
    if (evaluation.score().scored()) {
      json.put("total", evaluation.score().total());
    } else {
      json.putNull("total");
    }
    ObjectNode dimensions = json.putObject("dimensions");
    evaluation
        .score()
        .dimensions()
        .forEach((name, points) -> dimensions.put(name, Millionths.decimal(points)));
    json.put("grade", evaluation.score().grade());
    json.put("label", evaluation.decision().label());
    json.put("stage", evaluation.decision().stage());
    json.put("segment", evaluation.segment());
    ArrayNode disqualified = json.putArray("disqualified");
    evaluation.score().disqualified().forEach(disqualified::add);
    ArrayNode contributions = json.putArray("contributions");
    evaluation.score().contributions().forEach(line -> contributions.add(contribution(line)));
    putInstant(json, "validUntil", evaluation.validUntil());
    putInstant(json, "recheckAt", evaluation.recheckAt());
    json.set("next", next(evaluation, outlook));
    json.put("scored", evaluation.score().scored());
    putInstant(json, "labelUntil", outlook.labelUntil());
    json.set("handOff", handOff(evaluation.handOff()));
    return json;
  }

  /** Returns JSON as text over several lines, numbers without exponents. */
  public static String text(ObjectNode json) {
    try {
      return WRITER.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  private static ObjectNode contribution(Contribution line) {
    return NODES
        .objectNode()
        .put("rule", line.rule())
        .put("dimension", line.dimension())
        .put("points", Millionths.decimal(line.points()))
        .put("reason", line.reason());
  }

  private static void putInstant(ObjectNode json, String name, long at) {
    boolean known = at != Long.MAX_VALUE && at != 0;
    json.put(name, known ? Instant.ofEpochMilli(at).toString() : null);
  }

  private static JsonNode next(Evaluation evaluation, Outlook outlook) {
    Evaluation.NextLabel next = evaluation.next();
    if (next == null) {
      return NODES.nullNode();
    }
    ObjectNode json = NODES.objectNode().put("label", next.label()).put("points", next.points());
    json.put("gate", next.gate() == null ? null : next.gate().text());
    ArrayNode ways = json.putArray("ways");
    for (Outlook.Way way : outlook.ways()) {
      ways.addObject().put("rule", way.rule()).put("points", Millionths.decimal(way.points()));
    }
    return json;
  }

  private static JsonNode handOff(Evaluation.@Nullable HandOff handOff) {
    if (handOff == null) {
      return NODES.nullNode();
    }
    ObjectNode json = NODES.objectNode().put("stage", handOff.stage());
    putInstant(json, "at", handOff.at());
    putInstant(json, "dueAt", handOff.dueAt());
    return json.put("owner", handOff.owner())
        .put("fallbackOwner", handOff.fallbackOwner())
        .put("task", handOff.task());
  }
}
