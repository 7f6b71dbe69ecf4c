package io.leadgauge.crm;

/** The platforms that Leadgauge speaks with. */
public enum CrmKind {
  HUBSPOT("email");

  private final String emailProperty;

  CrmKind(String emailProperty) {
    this.emailProperty = emailProperty;
  }

  /** Returns the platform's own name of the property that holds a contact's e-mail address. */
  public String emailProperty() {
    return emailProperty;
  }
}
