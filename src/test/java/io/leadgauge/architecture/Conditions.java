package io.leadgauge.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** What the library of rules has no words for. */
final class Conditions {
  private static final Set<String> FLOATING =
      Set.of("float", "double", "java.lang.Float", "java.lang.Double");

  static final ArchCondition<JavaClass> IMPORT_AS_THEIR_ROOM_MAY =
      condition("import only from rooms that theirs may use", Conditions::wrongImports);

  static final ArchCondition<JavaClass> DECLARE_NO_FLOATING_POINT =
      condition("declare no float and no double", Conditions::floatingMembers);

  static final ArchCondition<JavaClass> RESIDE_IN_A_NULL_MARKED_PACKAGE =
      condition("reside in a package that is @NullMarked", Conditions::unmarkedPackage);

  /** What lets a secret out of its wrapping, or makes the signature that would be right. */
  private static final Members SECRET =
      new Members(
          Map.of(
              "io.leadgauge.model.Secret", Set.of("reveal", "revealBytes"),
              "io.leadgauge.crm.signature.SignatureInput", Set.of("signature", "digest")));

  /** What a secret and what was given for it are handed on as. */
  private static final Set<String> COMPARABLE =
      Set.of(
          "java.lang.String", "java.lang.CharSequence", "java.util.List", byte[].class.getName());

  /** What compares, and ends at the first difference. */
  private static final Members HASTY =
      new Members(
          Map.of(
              "java.lang.String",
              Set.of(
                  "equals",
                  "equalsIgnoreCase",
                  "contentEquals",
                  "compareTo",
                  "compareToIgnoreCase",
                  "startsWith",
                  "endsWith",
                  "regionMatches",
                  "contains",
                  "indexOf",
                  "matches"),
              "java.lang.CharSequence",
              Set.of("compare", "equals"),
              "java.lang.Object",
              Set.of("equals"),
              "java.util.Objects",
              Set.of("equals"),
              "java.util.Arrays",
              Set.of("equals", "mismatch", "compare"),
              "java.util.List",
              Set.of("contains", "indexOf"),
              "java.util.Set",
              Set.of("contains"),
              "java.nio.ByteBuffer",
              Set.of("equals", "mismatch", "compareTo")));

  static final ArchCondition<JavaClass> COMPARE_SECRETS_BY_DIGEST =
      condition("compare no secret but by MessageDigest.isEqual", Conditions::hastyComparisons);

  private Conditions() {}

  private static ArchCondition<JavaClass> condition(
      String description, Function<JavaClass, Stream<String>> breaches) {
    return new ArchCondition<>(description) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        breaches
            .apply(type)
            .forEach(breach -> events.add(SimpleConditionEvent.violated(type, breach)));
      }
    };
  }

  private static Stream<String> wrongImports(JavaClass type) {
    Optional<Room> room = Room.of(type.getPackageName());
    if (room.isEmpty()) {
      return Stream.of(type.getFullName() + " is in no room of the house");
    }
    return type.getDirectDependenciesFromSelf().stream()
        .filter(dependency -> isOurs(dependency.getTargetClass()))
        .filter(dependency -> !mayImport(room.get(), dependency.getTargetClass()))
        .map(Dependency::getDescription);
  }

  private static boolean isOurs(JavaClass type) {
    return (type.getPackageName() + ".").startsWith(Room.HOUSE + ".");
  }

  private static boolean mayImport(Room room, JavaClass target) {
    return Room.of(target.getBaseComponentType().getPackageName())
        .filter(room::mayImport)
        .isPresent();
  }

  private static Stream<String> floatingMembers(JavaClass type) {
    Stream<JavaMember> fields =
        type.getFields().stream().filter(Conditions::isFloating).map(field -> (JavaMember) field);
    Stream<JavaMember> methods =
        type.getCodeUnits().stream()
            .filter(Conditions::isFloating)
            .map(method -> (JavaMember) method);
    return Stream.concat(fields, methods)
        .map(member -> member.getDescription() + " has a floating-point type");
  }

  private static boolean isFloating(JavaField field) {
    return isFloating(field.getRawType());
  }

  private static boolean isFloating(JavaCodeUnit method) {
    return Stream.concat(
            method.getRawParameterTypes().stream(), Stream.of(method.getRawReturnType()))
        .anyMatch(Conditions::isFloating);
  }

  private static boolean isFloating(JavaClass type) {
    return FLOATING.contains(type.getBaseComponentType().getFullName());
  }

  private static Stream<String> hastyComparisons(JavaClass type) {
    return type.getCodeUnits().stream()
        .filter(unit -> letsSecretOut(unit) || isGivenSecret(unit))
        .flatMap(unit -> unit.getAccessesFromSelf().stream())
        .filter(HASTY::include)
        .map(JavaAccess::getDescription);
  }

  private static boolean letsSecretOut(JavaCodeUnit unit) {
    return unit.getAccessesFromSelf().stream().anyMatch(SECRET::include);
  }

  /** Who lets a secret out may have another compare it with what was given. */
  private static boolean isGivenSecret(JavaCodeUnit unit) {
    return unit.getRawParameterTypes().stream()
                .filter(type -> COMPARABLE.contains(type.getName()))
                .count()
            >= 2
        && unit.getAccessesToSelf().stream().anyMatch(use -> letsSecretOut(use.getOrigin()));
  }

  private static Stream<String> unmarkedPackage(JavaClass type) {
    return type.getPackage().isAnnotatedWith(NullMarked.class)
        ? Stream.empty()
        : Stream.of(type.getFullName() + " is in a package without @NullMarked package-info");
  }
}
