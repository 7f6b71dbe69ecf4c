package io.leadgauge.sandbox;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which scope a call needs (scopes page, copy of January 2025). That tasks and the other
 * engagements go with the scopes of contacts is unverified.
 */
final class Scopes {
  private static final List<ObjectType> NAMED =
      List.of(ObjectType.CONTACT, ObjectType.COMPANY, ObjectType.DEAL);

  private Scopes() {}

  /** All that the sandbox knows; a fixed token has them unless told. */
  static Set<String> all() {
    Set<String> all = new LinkedHashSet<>(List.of("oauth"));
    for (ObjectType type : NAMED) {
      all.add(objects(type, "read"));
      all.add(objects(type, "write"));
      all.add(schemas(type, "read"));
      all.add(schemas(type, "write"));
    }
    all.add("crm.objects.owners.read");
    all.add("sales-email-read");
    return all;
  }

  /** The scope that a call needs; nothing where any token will do. */
  static Optional<String> required(String method, String route) {
    String[] parts = route.substring(1).split("/", -1);
    boolean reads =
        method.equals("GET") || route.endsWith("/batch/read") || route.endsWith("/search");
    String action = reads ? "read" : "write";
    if (parts.length < 2 || !parts[0].equals("crm")) {
      return Optional.empty();
    }
    if (parts[1].equals("owners")) {
      return Optional.of("crm.objects.owners.read");
    }
    Optional<ObjectType> type = parts.length < 3 ? Optional.empty() : ObjectType.ofWord(parts[2]);
    return switch (parts[1]) {
      case "properties" ->
          type.map(named -> reads ? objects(named, "read") : schemas(named, "write"));
      case "objects" ->
          type.map(
              named ->
                  named == ObjectType.EMAIL && reads ? "sales-email-read" : objects(named, action));
      case "associations", "pipelines" -> type.map(named -> objects(named, action));
      default -> Optional.empty();
    };
  }

  private static String objects(ObjectType type, String action) {
    return "crm.objects." + family(type) + "." + action;
  }

  private static String schemas(ObjectType type, String action) {
    return "crm.schemas." + family(type) + "." + action;
  }

  private static String family(ObjectType type) {
    return type.classic() ? type.plural() : ObjectType.CONTACT.plural();
  }
}
