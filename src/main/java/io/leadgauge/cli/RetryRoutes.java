package io.leadgauge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.http.JsonRequest;
import io.leadgauge.http.JsonRequest.WrongQuestion;
import io.leadgauge.http.JsonRoute;
import io.leadgauge.pipeline.Retrial;
import io.leadgauge.pipeline.Retries;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How the admin port is told to take up deliveries once more. */
final class RetryRoutes {
  /** The most deliveries of one request. */
  static final int MOST = 100;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String NUMBERS = "numbers";
  private static final Pattern LIST =
      Pattern.compile("[0-9]{1,18}(,[0-9]{1,18}){0," + (MOST - 1) + "}");

  private final Retries retries;

  RetryRoutes(Retries retries) {
    this.retries = retries;
  }

  List<JsonRoute> routes() {
    return List.of(new JsonRoute("/api/deliveries/retry", Set.of(NUMBERS), true, this::retry));
  }

  private Optional<JsonNode> retry(JsonRequest request) {
    String given = request.query(NUMBERS).orElse("");
    if (!LIST.matcher(given).matches()) {
      throw new WrongQuestion(
          NUMBERS + ": expected 1 to " + MOST + " numbers of deliveries, with commas between");
    }
    List<Long> numbers = Stream.of(given.split(",", -1)).map(Long::valueOf).distinct().toList();
    ObjectNode json = NODES.objectNode();
    ArrayNode tried = json.putArray("retried");
    retries.retry(numbers).forEach(one -> tried.add(shown(one)));
    return Optional.of(json);
  }

  private static ObjectNode shown(Retrial retrial) {
    ObjectNode json = NODES.objectNode().put("number", retrial.number());
    return switch (retrial) {
      case Retrial.Applied applied ->
          json.put("result", "applied")
              .put("sequence", applied.sequence())
              .put("events", applied.events())
              .put("noted", applied.noted());
      case Retrial.Stays stays ->
          json.put("result", stays.quarantined() ? "quarantined" : "noted")
              .put("reason", stays.reason());
      case Retrial.Done done -> json.put("result", "nothing to do");
      case Retrial.Missing missing -> json.put("result", "missing").put("reason", missing.reason());
    };
  }
}
