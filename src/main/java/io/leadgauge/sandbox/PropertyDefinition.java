package io.leadgauge.sandbox;

import java.util.List;

/**
 * A property that records of one type can have.
 *
 * @param name the internal name, lower case
 * @param label what people see
 * @param description help text, may be empty
 * @param groupName the group it is shown in
 * @param type what it holds
 * @param fieldType how it is edited: {@code text}, {@code select}, {@code checkbox}, …
 * @param options the values an enumeration allows, in display order; empty for other types
 * @param readOnly whether the CRM API refuses to write it
 * @param calculated whether the CRM works it out by itself
 * @param hidden whether people do not see it
 * @param hubspotDefined whether the portal came with it
 */
record PropertyDefinition(
    String name,
    String label,
    String description,
    String groupName,
    PropertyType type,
    String fieldType,
    List<PropertyOption> options,
    boolean readOnly,
    boolean calculated,
    boolean hidden,
    boolean hubspotDefined) {

  PropertyDefinition {
    options = List.copyOf(options);
  }

  /** Whether an app may write it and a webhook may tell of it. */
  boolean writable() {
    return !readOnly && !calculated;
  }

  /** Whether it can hold several options at once, joined by semicolons. */
  boolean multiple() {
    return type == PropertyType.ENUMERATION && fieldType.equals("checkbox");
  }

  /** Whether the options allow a value, by its exact internal name. */
  boolean allows(String value) {
    return options.stream().anyMatch(option -> option.value().equals(value));
  }

  /** The form of a stored value that answers have. */
  String shown(String stored) {
    return type.shown(stored);
  }

  /** The same with other options. */
  PropertyDefinition withOptions(List<PropertyOption> others) {
    return new PropertyDefinition(
        name,
        label,
        description,
        groupName,
        type,
        fieldType,
        others,
        readOnly,
        calculated,
        hidden,
        hubspotDefined);
  }

  /** The same with another type. */
  PropertyDefinition retyped(PropertyType otherType, String otherFieldType) {
    return new PropertyDefinition(
        name,
        label,
        description,
        groupName,
        otherType,
        otherFieldType,
        options,
        readOnly,
        calculated,
        hidden,
        hubspotDefined);
  }

  /** The same with another label, description, group and visibility. */
  PropertyDefinition described(
      String otherLabel, String otherDescription, String otherGroup, boolean isHidden) {
    return new PropertyDefinition(
        name,
        otherLabel,
        otherDescription,
        otherGroup,
        type,
        fieldType,
        options,
        readOnly,
        calculated,
        isHidden,
        hubspotDefined);
  }
}
