package io.leadgauge.crm.hubspot;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * Where the contacts API stands: {@code /crm/v3/objects/contacts/…}, or with a release date {@code
 * /crm/objects/2026-03/contacts/…}. Both take the same bodies. Where the account tells of itself.
 */
final class ApiPaths {
  private static final Pattern UNDATED = Pattern.compile("v[0-9]{1,3}");
  private static final Pattern DATED = Pattern.compile("[0-9]{4}-[0-9]{2}(-beta)?");

  private final String contacts;
  private final String properties;
  private final String account;

  /**
   * Lays out the addresses of one version.
   *
   * @throws IllegalArgumentException if there can be no such version or base
   */
  ApiPaths(URI base, String version) {
    if (base.getHost() == null || base.getScheme() == null) {
      throw new IllegalArgumentException(
          "the API's base is '" + base + "', expected such as https://api.hubapi.com");
    }
    String origin = base.getScheme() + "://" + base.getRawAuthority();
    account = origin + "/account-info/" + version + "/details";
    if (UNDATED.matcher(version).matches()) {
      contacts = origin + "/crm/" + version + "/objects/contacts/";
      properties = origin + "/crm/" + version + "/properties/contacts";
    } else if (DATED.matcher(version).matches()) {
      contacts = origin + "/crm/objects/" + version + "/contacts/";
      properties = origin + "/crm/properties/" + version + "/contacts";
    } else {
      throw new IllegalArgumentException(
          "the API version is '" + version + "', expected such as 2026-03 or v3");
    }
  }

  String batchRead() {
    return contacts + "batch/read";
  }

  String batchUpdate() {
    return contacts + "batch/update";
  }

  String properties() {
    return properties;
  }

  /**
   * Returns the address of a page of all contacts.
   *
   * @param after where the page before said that this one begins; empty for the first
   */
  String list(int limit, String after) {
    String page = contacts.substring(0, contacts.length() - 1) + "?limit=" + limit;
    return after.isEmpty() ? page : page + "&after=" + after;
  }

  String account() {
    return account;
  }

  String search() {
    return contacts + "search";
  }
}
