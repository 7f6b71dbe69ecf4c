package io.leadgauge.sandbox.salesforce;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is told of an object, and where: a record-triggered flow with its outbound message, or a
 * relay of change events.
 *
 * @param object the object; for change events empty, which means all
 * @param fields what an outbound message shows, but for the id, which it always does
 * @param watched the fields of which one must change for an update to be told; any save without
 * @param headers what requests carry besides
 * @param actionId the id of the outbound message
 */
record Subscription(
    String name,
    Kind kind,
    String object,
    List<String> fields,
    Optional<Set<String>> watched,
    boolean onCreate,
    boolean onUpdate,
    URI url,
    Map<String, String> headers,
    String actionId) {

  /** The ways to be told. */
  enum Kind {
    MESSAGE,
    EVENT
  }

  Subscription {
    fields = List.copyOf(fields);
    headers = Map.copyOf(headers);
  }

  /** A message about each save of an object, with all its fields but those that are compound. */
  static Subscription ofAll(Org org, String object, URI url) {
    List<String> fields =
        org.schema().of(object).fields().stream()
            .filter(field -> field.type() != FieldType.ADDRESS)
            .map(Field::name)
            .toList();
    return new Subscription(
        object,
        Kind.MESSAGE,
        object,
        fields,
        Optional.empty(),
        true,
        true,
        url,
        Map.of(),
        org.nextId("04k"));
  }

  /** Whether an outbound message is due for a change. Deletions never cause one. */
  boolean fires(Change change, boolean tellsReparenting) {
    if (!change.row().is(object)) {
      return false;
    }
    return switch (change.kind()) {
      case CREATE -> onCreate;
      case UPDATE -> onUpdate && meets(change);
      case ADJUST -> onUpdate && tellsReparenting && meets(change);
      case DELETE, UNDELETE -> false;
    };
  }

  private boolean meets(Change change) {
    return watched.isEmpty() || watched.get().stream().anyMatch(change.changed()::contains);
  }
}
