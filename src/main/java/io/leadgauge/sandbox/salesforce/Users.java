package io.leadgauge.sandbox.salesforce;

import java.util.LinkedHashMap;
import java.util.Map;

/** The users of a new org: an administrator, somebody in sales, and those of two integrations. */
final class Users {
  private final Org org;
  private final Row admin;
  private final Row integration;
  private final Row other;

  Users(Org org) {
    this.org = org;
    this.admin = add("Admin", "admin@acme.example");
    add("Sales", "sales@acme.example");
    this.integration = add("Integration", ConnectedApp.USERNAME);
    this.other = add("Other", "other@acme.example");
  }

  /** Whoever does something at the screen, unless told. */
  Actor admin() {
    return Actor.person(admin.id());
  }

  Row integration() {
    return integration;
  }

  Row other() {
    return other;
  }

  private Row add(String firstName, String username) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("FirstName", firstName);
    values.put("LastName", "User");
    values.put("Username", username);
    values.put("Email", username);
    values.put("Alias", firstName.substring(0, 4));
    values.put("TimeZoneSidKey", "Europe/Berlin");
    Work work = org.begin(Actor.person(""), org.now(), false);
    Row user = work.create(org.schema().of("User"), values);
    work.commit();
    return user;
  }
}
