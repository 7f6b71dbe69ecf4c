package io.leadgauge.crm;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The platforms that Leadgauge speaks with. */
public enum CrmKind {
  HUBSPOT(
      "hubspot_owner_id",
      Map.of(
          "firstName", "firstname",
          "lastName", "lastname",
          "email", "email",
          "phone", "phone",
          "title", "jobtitle",
          "company", "company"));

  private final String ownerProperty;
  private final Map<String, String> usual;

  CrmKind(String ownerProperty, Map<String, String> usual) {
    this.ownerProperty = ownerProperty;
    this.usual = usual;
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
    return usual.get(name);
  }
}
