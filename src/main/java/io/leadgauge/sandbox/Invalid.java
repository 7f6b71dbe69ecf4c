package io.leadgauge.sandbox;

/**
 * Why a property value was refused.
 *
 * @param property whose value
 * @param code HubSpot's word for it, such as {@code PROPERTY_DOESNT_EXIST}
 * @param message HubSpot's sentence for it
 */
record Invalid(String property, String code, String message) {

  static Invalid unknown(String property) {
    return new Invalid(
        property, "PROPERTY_DOESNT_EXIST", "Property \"" + property + "\" does not exist");
  }

  static Invalid readOnly(String property) {
    return new Invalid(
        property,
        "READ_ONLY_VALUE",
        "\"" + property + "\" is a read only property; its value cannot be set.");
  }
}
