package io.leadgauge.http;

import io.leadgauge.model.ConnectionId;
import java.util.Map;
import java.util.Optional;

/**
 * A question to the admin port.
 *
 * @param path the values in the path, by the names in the route; decoded; copied
 * @param query the query parameters, by name; decoded; copied
 */
public record JsonRequest(Map<String, String> path, Map<String, String> query) {
  public JsonRequest {
    path = Map.copyOf(path);
    query = Map.copyOf(query);
  }

  /**
   * Returns a value in the path.
   *
   * @throws IllegalArgumentException if the route has no such name
   */
  public String path(String name) {
    String value = path.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no '" + name + "'");
    }
    return value;
  }

  /** Returns a query parameter; empty if it is missing. */
  public Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /**
   * Returns a query parameter that is a number.
   *
   * @throws WrongQuestion if it is no number from {@code least} to {@code most}
   */
  public long number(String name, long otherwise, long least, long most) {
    return query(name).map(text -> number(name, text, least, most)).orElse(otherwise);
  }

  /**
   * Returns a value in the path that is a number.
   *
   * @throws WrongQuestion if it is none
   */
  public long number(String name) {
    return number(name, path(name), 0, Long.MAX_VALUE);
  }

  /**
   * Returns text as the name of a connection.
   *
   * @throws WrongQuestion if it cannot be one
   */
  public static ConnectionId connection(String text) {
    if (!ConnectionId.isValid(text)) {
      throw new WrongQuestion(
          "connection: '" + text + "': expected lower-case letters, digits and hyphens");
    }
    return new ConnectionId(text);
  }

  private static long number(String name, String text, long least, long most) {
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, together with numbers out of bounds.
    }
    throw new WrongQuestion(
        name + ": '" + text + "': expected a number from " + least + " to " + most);
  }

  /** The question cannot be understood; the message says what was expected. */
  public static final class WrongQuestion extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Says what is wrong and what was expected. */
    public WrongQuestion(String message) {
      super(message, null, false, false);
    }
  }

  /** Something that the question names is not there; the message says what there is. */
  public static final class NoSuchThing extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Says what is not there, and what is. */
    public NoSuchThing(String message) {
      super(message, null, false, false);
    }
  }
}
