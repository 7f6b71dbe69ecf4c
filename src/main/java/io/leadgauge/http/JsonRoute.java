package io.leadgauge.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;

/**
 * One question that the admin port answers; how the other rooms add theirs.
 *
 * @param path the path with names in braces, such as {@code /api/deliveries/{sequence}}
 * @param query the names of the query parameters it knows; any other is refused by name; copied
 * @param answerer finds the answer
 */
public record JsonRoute(String path, Set<String> query, Answerer answerer) {
  public JsonRoute {
    query = Set.copyOf(query);
  }

  /** Finds an answer. Called on worker threads, several at once; may block for a short time. */
  @FunctionalInterface
  public interface Answerer {
    /**
     * Returns the answer; empty if there is no such thing.
     *
     * @throws JsonRequest.WrongQuestion if the question cannot be understood
     * @throws JsonRequest.NoSuchThing if there is more to say of what is not there
     */
    Optional<JsonNode> answer(JsonRequest request);
  }
}
