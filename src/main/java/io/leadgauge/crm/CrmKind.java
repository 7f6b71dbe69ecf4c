package io.leadgauge.crm;

import io.leadgauge.crm.FieldMap.Field;
import io.leadgauge.crm.FieldMap.FieldType;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The platforms that Leadgauge speaks with. */
public enum CrmKind {
  HUBSPOT("hubspot_owner_id"),
  SALESFORCE("OwnerId");

  private static final String LEAD_PREFIX = "00Q";
  private static final List<String> CONTACTS = List.of(RecordRef.CONTACT);
  private static final List<String> CONTACTS_AND_LEADS = List.of(RecordRef.CONTACT, RecordRef.LEAD);

  private final String ownerProperty;

  CrmKind(String ownerProperty) {
    this.ownerProperty = ownerProperty;
  }

  /** Returns the property that holds the id of a contact's owner. */
  public String ownerProperty() {
    return ownerProperty;
  }

  /** Returns the types of the records that it keeps persons in, in alphabetical order. */
  public List<String> personTypes() {
    return switch (this) {
      case HUBSPOT -> CONTACTS;
      case SALESFORCE -> CONTACTS_AND_LEADS;
    };
  }

  /**
   * Returns where the platform holds what a usual neutral name stands for where no field says
   * otherwise, such as {@code firstName}; null for any other name.
   */
  public @Nullable Field usual(String name) {
    String property =
        switch (this) {
          case HUBSPOT -> ofHubSpot(name);
          case SALESFORCE -> ofSalesforce(name);
        };
    return property == null ? null : Field.of(property, FieldType.TEXT, personTypes());
  }

  /**
   * Returns the person with this id, on whatever platform. Salesforce's ids begin with the key
   * prefix of their object, {@code 00Q} for leads in every org; those of HubSpot are digits only.
   */
  public static RecordRef person(ConnectionId connection, String id) {
    String type = id.startsWith(LEAD_PREFIX) ? RecordRef.LEAD : RecordRef.CONTACT;
    return new RecordRef(connection, type, id);
  }

  /** Tells whether a read tells when a value was set, and not only that it is there. */
  public boolean tellsHistories() {
    return switch (this) {
      case HUBSPOT -> true;
      case SALESFORCE -> false;
    };
  }

  /** Returns the property that holds a person's e-mail address. */
  public String emailProperty() {
    return switch (this) {
      case HUBSPOT -> "email";
      case SALESFORCE -> "Email";
    };
  }

  private static @Nullable String ofHubSpot(String name) {
    return switch (name) {
      case "firstName" -> "firstname";
      case "lastName" -> "lastname";
      case "title" -> "jobtitle";
      case "email", "phone", "company" -> name;
      default -> null;
    };
  }

  /** What a lead calls its company stands with the account of a contact, so it is not usual. */
  private static @Nullable String ofSalesforce(String name) {
    return switch (name) {
      case "firstName" -> "FirstName";
      case "lastName" -> "LastName";
      case "title" -> "Title";
      case "email" -> "Email";
      case "phone" -> "Phone";
      default -> null;
    };
  }
}
