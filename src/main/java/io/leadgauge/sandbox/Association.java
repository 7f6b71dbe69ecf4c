package io.leadgauge.sandbox;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * How one type of record can be associated with another: the unlabelled way, and for companies the
 * primary one beside it. The ids are HubSpot's (associations guide, read 30 March 2026); an id
 * names a direction.
 */
final class Association {

  /** What an association says of the two. */
  enum Label {
    UNLABELLED,
    PRIMARY
  }

  private static final Map<ObjectType, Map<ObjectType, Integer>> UNLABELLED = unlabelled();
  private static final Map<ObjectType, Map<ObjectType, Integer>> PRIMARY = primary();

  private Association() {}

  /** The id of a label in a direction, where there is such an association. */
  static Optional<Integer> typeId(ObjectType from, ObjectType to, Label label) {
    Map<ObjectType, Map<ObjectType, Integer>> ids =
        switch (label) {
          case UNLABELLED -> UNLABELLED;
          case PRIMARY -> PRIMARY;
        };
    return Optional.ofNullable(ids.getOrDefault(from, Map.of()).get(to));
  }

  /** The label that an id names in a direction. */
  static Optional<Label> label(ObjectType from, ObjectType to, int typeId) {
    for (Label label : Label.values()) {
      if (typeId(from, to, label).filter(id -> id == typeId).isPresent()) {
        return Optional.of(label);
      }
    }
    return Optional.empty();
  }

  /** Whether one of two types can be the primary one of the other. */
  static boolean hasPrimary(ObjectType one, ObjectType other) {
    return typeId(one, other, Label.PRIMARY).isPresent();
  }

  private static Map<ObjectType, Map<ObjectType, Integer>> unlabelled() {
    Map<ObjectType, Map<ObjectType, Integer>> ids = new EnumMap<>(ObjectType.class);
    put(ids, ObjectType.CONTACT, 449, ObjectType.CONTACT, 449);
    put(ids, ObjectType.COMPANY, 450, ObjectType.COMPANY, 450);
    put(ids, ObjectType.CONTACT, 279, ObjectType.COMPANY, 280);
    put(ids, ObjectType.CONTACT, 4, ObjectType.DEAL, 3);
    put(ids, ObjectType.COMPANY, 342, ObjectType.DEAL, 341);
    engagement(ids, ObjectType.CALL, 194, 182, 206);
    engagement(ids, ObjectType.EMAIL, 198, 186, 210);
    engagement(ids, ObjectType.MEETING, 200, 188, 212);
    engagement(ids, ObjectType.NOTE, 202, 190, 214);
    engagement(ids, ObjectType.TASK, 204, 192, 216);
    put(ids, ObjectType.COMMUNICATION, 81, ObjectType.CONTACT, 82);
    put(ids, ObjectType.COMMUNICATION, 87, ObjectType.COMPANY, 88);
    put(ids, ObjectType.COMMUNICATION, 85, ObjectType.DEAL, 86);
    return ids;
  }

  private static Map<ObjectType, Map<ObjectType, Integer>> primary() {
    Map<ObjectType, Map<ObjectType, Integer>> ids = new EnumMap<>(ObjectType.class);
    put(ids, ObjectType.CONTACT, 1, ObjectType.COMPANY, 2);
    put(ids, ObjectType.DEAL, 5, ObjectType.COMPANY, 6);
    return ids;
  }

  /** The way back from an engagement has the number below. */
  private static void engagement(
      Map<ObjectType, Map<ObjectType, Integer>> ids,
      ObjectType type,
      int toContact,
      int toCompany,
      int toDeal) {
    put(ids, type, toContact, ObjectType.CONTACT, toContact - 1);
    put(ids, type, toCompany, ObjectType.COMPANY, toCompany - 1);
    put(ids, type, toDeal, ObjectType.DEAL, toDeal - 1);
  }

  private static void put(
      Map<ObjectType, Map<ObjectType, Integer>> ids,
      ObjectType from,
      int there,
      ObjectType to,
      int back) {
    ids.computeIfAbsent(from, type -> new EnumMap<>(ObjectType.class)).put(to, there);
    ids.computeIfAbsent(to, type -> new EnumMap<>(ObjectType.class)).put(from, back);
  }
}
