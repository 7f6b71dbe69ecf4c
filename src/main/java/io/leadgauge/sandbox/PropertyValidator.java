package io.leadgauge.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Checks property values that a client or a person wants to set, and brings them to stored form.
 */
final class PropertyValidator {
  private final Portal portal;
  private final PropertySchema schema;

  PropertyValidator(Portal portal, ObjectType type) {
    this.portal = portal;
    this.schema = portal.of(type).schema();
  }

  /**
   * Returns the values in stored form, in the order given; those that are refused are left out and
   * their reasons added to {@code problems}.
   */
  Map<String, String> check(Map<String, String> written, List<Invalid> problems) {
    Map<String, String> stored = new LinkedHashMap<>();
    written.forEach((name, value) -> check(name, value, stored, problems));
    return stored;
  }

  private void check(
      String name, String value, Map<String, String> stored, List<Invalid> problems) {
    Optional<PropertyDefinition> property = schema.find(name);
    if (property.isEmpty()) {
      problems.add(Invalid.unknown(name));
    } else if (!property.get().writable()) {
      problems.add(Invalid.readOnly(name));
    } else if (schema.rule(name).filter(rule -> !rule.takes(value)).isPresent()) {
      problems.add(Invalid.againstRule(name, schema.rule(name).orElseThrow()));
    } else if (value.isEmpty()) {
      stored.put(name, "");
    } else {
      value(property.get(), value, problems).ifPresent(text -> stored.put(name, text));
    }
  }

  private Optional<String> value(
      PropertyDefinition property, String value, List<Invalid> problems) {
    if (property.name().equals("email")) {
      return email(value, problems);
    }
    if (property.name().equals(Owners.PROPERTY) && !portal.owners().takes(value)) {
      problems.add(Invalid.owner(property.name(), value));
      return Optional.empty();
    }
    if (property.name().equals(Portal.PRIMARY_COMPANY)
        && portal.of(ObjectType.COMPANY).find(value).isEmpty()) {
      problems.add(Invalid.noCompany(property.name(), value));
      return Optional.empty();
    }
    Optional<String> stored =
        allowed(property, value) ? property.type().stored(value) : Optional.empty();
    if (stored.isEmpty()) {
      problems.add(refused(property, value));
    }
    return stored;
  }

  private static Optional<String> email(String value, List<Invalid> problems) {
    String address = value.strip().toLowerCase(Locale.ROOT);
    if (!address.matches("[^@\\s]+@[^@\\s]+\\.[^@\\s.]+")) {
      problems.add(new Invalid("email", "INVALID_EMAIL", "Email address " + value + " is invalid"));
      return Optional.empty();
    }
    return Optional.of(address);
  }

  private static boolean allowed(PropertyDefinition property, String value) {
    if (property.type() != PropertyType.ENUMERATION || property.options().isEmpty()) {
      return true;
    }
    if (!property.multiple()) {
      return property.allows(value);
    }
    for (String part : value.split(";", -1)) {
      // A leading semicolon appends to what is there.
      if (!part.isEmpty() && !property.allows(part)) {
        return false;
      }
    }
    return true;
  }

  private static Invalid refused(PropertyDefinition property, String value) {
    return switch (property.type()) {
      case NUMBER ->
          invalid(property, "INVALID_INTEGER", property.name() + " was not a valid number");
      case DATE -> invalid(property, "INVALID_DATE", value + " is not at midnight UTC of a day");
      case DATETIME -> invalid(property, "INVALID_DATE", value + " was not a valid date");
      case ENUMERATION ->
          invalid(property, "INVALID_OPTION", value + notAnOption(optionLabels(property)));
      case BOOL -> invalid(property, "INVALID_OPTION", value + notAnOption("true, false"));
      case STRING -> invalid(property, "INVALID_VALUE", value + " was not a valid text");
    };
  }

  private static Invalid invalid(PropertyDefinition property, String code, String message) {
    return new Invalid(property.name(), code, message);
  }

  private static String notAnOption(String options) {
    return " was not one of the allowed options: [" + options + "]";
  }

  private static String optionLabels(PropertyDefinition property) {
    return property.options().stream()
        .map(
            option ->
                "label: \"%s\"\nvalue: \"%s\"\ndisplay_order: %d\nhidden: false\n"
                    .formatted(option.label(), option.value(), option.displayOrder()))
        .collect(Collectors.joining(", "));
  }
}
