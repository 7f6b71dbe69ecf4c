package io.leadgauge.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The owners of an account: list and read. */
final class OwnerEndpoints {
  private static final String EPOCH = "2025-01-01T00:00:00Z";
  private static final int MOST_LISTED = 500;
  private static final int LISTED = 100;

  Answer list(ApiRequest request) {
    int limit = request.limit(LISTED, MOST_LISTED);
    boolean archived = request.query("archived").filter("true"::equals).isPresent();
    Optional<String> email = request.query("email");
    long after = request.after();
    ObjectNode page = Json.object();
    ArrayNode results = page.putArray("results");
    for (Owner owner : request.portal().owners().all()) {
      boolean wanted =
          owner.id() >= after
              && owner.archived() == archived
              && email.map(owner.email()::equalsIgnoreCase).orElse(true);
      if (wanted && results.size() == limit) {
        request.putNext(page, Long.toString(owner.id()), limit);
        break;
      }
      if (wanted) {
        results.add(json(owner));
      }
    }
    return Answer.of(200, page);
  }

  Answer read(ApiRequest request) {
    String id = request.path("id");
    boolean byUser = request.query("idProperty").filter("userId"::equals).isPresent();
    Optional<Owner> owner =
        byUser
            ? request.portal().owners().all().stream()
                .filter(one -> Long.toString(one.userId()).equals(id))
                .findFirst()
            : request.portal().owners().find(id);
    return owner
        .map(found -> Answer.of(200, json(found)))
        .orElseThrow(
            () -> Refusal.of(404, "OBJECT_NOT_FOUND", "Owner with id " + id + " not found"));
  }

  private static ObjectNode json(Owner owner) {
    ObjectNode node = Json.object();
    node.put("id", Long.toString(owner.id()));
    node.put("email", owner.email());
    node.put("type", "PERSON");
    node.put("firstName", owner.firstName());
    node.put("lastName", owner.lastName());
    if (!owner.archived()) {
      node.put("userId", owner.userId());
    }
    node.put("userIdIncludingInactive", owner.userId());
    node.put("createdAt", EPOCH);
    node.put("updatedAt", EPOCH);
    node.put("archived", owner.archived());
    return node;
  }
}
