package io.leadgauge.crm;

import org.jspecify.annotations.Nullable;

/** The platforms that Leadgauge speaks with. */
public enum CrmKind {
  HUBSPOT("hubspot_owner_id");

  private final String ownerProperty;

  CrmKind(String ownerProperty) {
    this.ownerProperty = ownerProperty;
  }

  /** Returns the property that holds the id of a contact's owner. */
  public String ownerProperty() {
    return ownerProperty;
  }

  /**
   * Returns the property that a usual neutral name stands for where no field says otherwise, such
   * as {@code firstName}; null for any other name.
   */
  public @Nullable String usual(String name) {
    return switch (this) {
      case HUBSPOT ->
          switch (name) {
            case "firstName" -> "firstname";
            case "lastName" -> "lastname";
            case "title" -> "jobtitle";
            case "email", "phone", "company" -> name;
            default -> null;
          };
    };
  }
}
