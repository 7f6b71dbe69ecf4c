package io.leadgauge.sandbox;

import java.util.List;
import java.util.Map;

/** What a record cannot be created without. */
final class RequiredValues {
  private static final List<String> OF_CONTACT = List.of("email", "firstname", "lastname");
  private static final List<String> OF_COMPANY = List.of("name", "domain");

  private RequiredValues() {}

  /** Refuses values that do not make a record of this type. */
  static void check(ObjectType type, Map<String, String> values) {
    switch (type) {
      case CONTACT -> requireAny(type, OF_CONTACT, values);
      case COMPANY -> requireAny(type, OF_COMPANY, values);
      case DEAL -> {}
      case TASK, CALL, MEETING, EMAIL, NOTE, COMMUNICATION -> requireTime(type, values);
    }
  }

  private static void requireAny(ObjectType type, List<String> names, Map<String, String> values) {
    if (names.stream().allMatch(name -> values.getOrDefault(name, "").isEmpty())) {
      throw Refusal.invalid(
          "A " + type.word() + " needs at least one of: " + String.join(", ", names));
    }
  }

  /** Every engagement has its place in the timeline; of a task it is when it is due. */
  private static void requireTime(ObjectType type, Map<String, String> values) {
    if (values.getOrDefault("hs_timestamp", "").isEmpty()) {
      throw Refusal.required(type, List.of("hs_timestamp"));
    }
  }
}
