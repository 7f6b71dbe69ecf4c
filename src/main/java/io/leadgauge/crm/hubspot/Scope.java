package io.leadgauge.crm.hubspot;

import io.leadgauge.crm.PortalNeeds;
import java.util.ArrayList;
import java.util.List;

/**
 * What an app may be allowed to do, as far as Leadgauge asks for it.
 *
 * @see <a href="https://developers.hubspot.com/docs/api/scopes">HubSpot: scopes, January 2025</a>
 */
enum Scope {
  CONTACTS_READ("crm.objects.contacts.read", "reads contacts"),
  CONTACTS_WRITE("crm.objects.contacts.write", "writes results and tasks"),
  CONTACT_SCHEMAS_WRITE("crm.schemas.contacts.write", "makes the properties that hold results"),
  COMPANIES_READ("crm.objects.companies.read", "reads the companies that contacts work at"),
  DEALS_READ("crm.objects.deals.read", "reads the deals of contacts"),
  OWNERS_READ("crm.objects.owners.read", "finds who owns a contact, to hand it over"),
  EMAILS_READ("sales-email-read", "reads the e-mails that sales sent to contacts");

  private final String word;
  private final String purpose;

  Scope(String word, String purpose) {
    this.word = word;
    this.purpose = purpose;
  }

  /** Returns HubSpot's name of it. */
  String word() {
    return word;
  }

  /** Returns what Leadgauge needs it for, in words that follow its name. */
  String purpose() {
    return purpose;
  }

  /** Returns those that a connection needs, and no other. */
  static List<Scope> of(PortalNeeds needs) {
    List<Scope> scopes = new ArrayList<>(List.of(CONTACTS_READ));
    if (!needs.targets().isEmpty() || needs.stages() != null) {
      scopes.add(CONTACTS_WRITE);
    }
    if (!needs.targets().isEmpty()) {
      scopes.add(CONTACT_SCHEMAS_WRITE);
    }
    if (needs.objects().contains("company")) {
      scopes.add(COMPANIES_READ);
    }
    if (needs.objects().contains("deal")) {
      scopes.add(DEALS_READ);
    }
    if (needs.handsOff()) {
      scopes.add(OWNERS_READ);
    }
    if (needs.objects().contains("email")) {
      scopes.add(EMAILS_READ);
    }
    return scopes;
  }
}
