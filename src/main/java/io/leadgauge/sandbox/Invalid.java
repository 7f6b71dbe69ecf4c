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

  /** No owner has the id, or the owner has left; a user's id is none. */
  static Invalid owner(String property, String value) {
    return new Invalid(property, "INVALID_OWNER_ID", "Owner with id " + value + " does not exist");
  }

  /** A contact cannot belong to a company that is not there. */
  static Invalid noCompany(String property, String value) {
    return new Invalid(
        property, "INVALID_ASSOCIATED_COMPANY", "Company with id " + value + " does not exist");
  }

  /** An administrator's rule stands against it; the code is unverified, the message is theirs. */
  static Invalid againstRule(String property, ValidationRule rule) {
    return new Invalid(property, "PROPERTY_VALIDATION_RULE", rule.message());
  }
}
