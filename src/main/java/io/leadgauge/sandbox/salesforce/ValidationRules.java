package io.leadgauge.sandbox.salesforce;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The validation rules of an org: what values must look like after a save. */
final class ValidationRules {
  private final List<Rule> rules = new ArrayList<>();

  /**
   * A rule.
   *
   * @param pattern what the whole value must match; a missing value is empty text
   */
  record Rule(String object, String field, Pattern pattern, String message) {}

  void add(Rule rule) {
    rules.add(rule);
  }

  void clear() {
    rules.clear();
  }

  /** What stands against a record of a type with these values. */
  Optional<SaveError> violated(String object, UnaryOperator<String> valueOf) {
    return rules.stream()
        .filter(rule -> rule.object().equals(object))
        .filter(rule -> !rule.pattern().matcher(valueOf.apply(rule.field())).matches())
        .map(
            rule -> SaveError.of("FIELD_CUSTOM_VALIDATION_EXCEPTION", rule.message(), rule.field()))
        .findFirst();
  }
}
