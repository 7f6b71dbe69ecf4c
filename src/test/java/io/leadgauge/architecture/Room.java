package io.leadgauge.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rooms of the house and who may import whom. A room is a package with the packages below it,
 * unless one of those is a room of its own. Imports go up this list, never down.
 */
public enum Room {
  MODEL("model"),
  SCORING("scoring", MODEL),
  SIGNATURE("crm.signature", MODEL),
  CRM("crm", MODEL, SIGNATURE),
  REST("crm.rest", MODEL, CRM),
  HUBSPOT("crm.hubspot", MODEL, SIGNATURE, CRM, REST),
  SALESFORCE("crm.salesforce", MODEL, SIGNATURE, CRM, REST),
  EVENTS("crm.events", MODEL, SIGNATURE, CRM),
  MANIFEST("manifest", MODEL, SCORING, SIGNATURE, CRM),
  STORE("store", MODEL),
  PIPELINE("pipeline", MODEL, SCORING, SIGNATURE, CRM, MANIFEST, STORE),
  REPLAY("replay", MODEL, SCORING, SIGNATURE, CRM, MANIFEST, STORE, PIPELINE),
  HTTP("http", MODEL, SCORING, SIGNATURE, CRM, MANIFEST, STORE, PIPELINE),
  SANDBOX("sandbox", MODEL, SIGNATURE),
  BENCH(
      "bench",
      MODEL,
      SCORING,
      SIGNATURE,
      CRM,
      HUBSPOT,
      SALESFORCE,
      EVENTS,
      MANIFEST,
      STORE,
      PIPELINE,
      REPLAY,
      HTTP,
      SANDBOX),
  CLI(
      "cli",
      MODEL,
      SCORING,
      SIGNATURE,
      CRM,
      HUBSPOT,
      SALESFORCE,
      EVENTS,
      MANIFEST,
      STORE,
      PIPELINE,
      REPLAY,
      HTTP,
      SANDBOX,
      BENCH);

  static final String HOUSE = "io.leadgauge";

  private final String packageName;

  @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change
  private final Set<Room> imports;

  Room(String name, Room... imports) {
    this.packageName = HOUSE + "." + name;
    this.imports = Set.of(imports);
  }

  /** Returns the room that a package belongs to; none for a package that nobody planned. */
  static Optional<Room> of(String packageName) {
    return Arrays.stream(values())
        .filter(room -> (packageName + ".").startsWith(room.packageName + "."))
        .max(Comparator.comparingInt(room -> room.packageName.length()));
  }

  /** Returns the full name of the package. */
  String packageName() {
    return packageName;
  }

  /** Returns whether classes of this room may name classes of the other. */
  boolean mayImport(Room other) {
    return this == other || imports.contains(other);
  }

  /** Returns the predicate of the classes that are in one of some rooms. */
  static DescribedPredicate<JavaClass> in(Room... rooms) {
    List<Room> those = List.of(rooms);
    return DescribedPredicate.describe(
        "in " + those, type -> Room.of(type.getPackageName()).filter(those::contains).isPresent());
  }
}
