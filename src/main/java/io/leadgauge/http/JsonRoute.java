package io.leadgauge.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;

/**
 * One question that the admin port answers; how the other rooms add theirs.
 *
 * @param path the path with names in braces, such as {@code /api/deliveries/{sequence}}
 * @param query the names of the query parameters it knows; any other is refused by name; copied
 * @param changes whether it is no question but a command, asked by POST and not by GET
 * @param answerer finds the answer
 */
public record JsonRoute(String path, Set<String> query, boolean changes, Answerer answerer) {
  public JsonRoute {
    query = Set.copyOf(query);
  }

  /** Makes a question. */
  public JsonRoute(String path, Set<String> query, Answerer answerer) {
    this(path, query, false, answerer);
  }

  /** Returns a command, which takes no body. */
  public static JsonRoute changing(String path, Answerer answerer) {
    return new JsonRoute(path, Set.of(), true, answerer);
  }

  /** Tells whether a path is one of this route's. */
  boolean matches(String other) {
    return other.matches(path.replaceAll("\\{[^}]*}", "[^/]+"));
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
