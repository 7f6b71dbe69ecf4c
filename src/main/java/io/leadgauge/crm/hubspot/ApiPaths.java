package io.leadgauge.crm.hubspot;

import io.leadgauge.model.RecordRef;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * Where the objects of the API stand: {@code /crm/v3/objects/contacts/…}, or with a release date
 * {@code /crm/objects/2026-03/contacts/…}. Both take the same bodies. Where the account tells of
 * itself.
 */
final class ApiPaths {
  static final Pattern UNDATED = Pattern.compile("v[0-9]{1,3}");
  private static final Pattern DATED = Pattern.compile("[0-9]{4}-[0-9]{2}(-beta)?");

  /** The undated version of associations that takes batches; v3 knows no labels. */
  private static final String UNDATED_ASSOCIATIONS = "v4";

  /** What stands for deals under a date. */
  static final String DEALS = "0-3";

  private final boolean dated;
  private final String objects;
  private final String properties;
  private final String account;
  private final String associations;
  private final String owners;

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
    dated = DATED.matcher(version).matches();
    String origin = base.getScheme() + "://" + base.getRawAuthority();
    account = origin + "/account-info/" + version + "/details";
    if (UNDATED.matcher(version).matches()) {
      objects = origin + "/crm/" + version + "/objects/";
      properties = origin + "/crm/" + version + "/properties/";
      associations = origin + "/crm/" + UNDATED_ASSOCIATIONS + "/associations/";
      owners = origin + "/crm/" + version + "/owners/";
    } else if (dated) {
      objects = origin + "/crm/objects/" + version + "/";
      properties = origin + "/crm/properties/" + version + "/";
      associations = origin + "/crm/associations/" + version + "/";
      owners = origin + "/crm/owners/" + version;
    } else {
      throw new IllegalArgumentException(
          "the API version is '" + version + "', expected such as 2026-03 or v3");
    }
  }

  /** Returns where records of a type are read. */
  String batchRead(String type) {
    return object(type) + "/batch/read";
  }

  /** Under a date HubSpot's own client (May 2026) calls deals by the id of their type alone. */
  private String object(String type) {
    boolean byId = dated && type.equals(RecordRef.DEAL);
    return objects + (byId ? DEALS : ObjectTypes.path(type));
  }

  String batchUpdate() {
    return objects + "contacts/batch/update";
  }

  String properties() {
    return properties + "contacts";
  }

  String tasks() {
    return objects + "tasks";
  }

  String owners() {
    return owners;
  }

  /**
   * Returns the address of a page of all contacts.
   *
   * @param after where the page before said that this one begins; empty for the first
   */
  String list(int limit, String after) {
    String page = objects + "contacts?limit=" + limit;
    return after.isEmpty() ? page : page + "&after=" + after;
  }

  String account() {
    return account;
  }

  /** Returns where records of a type are searched for. */
  String search(String type) {
    return object(type) + "/search";
  }

  /** Returns where it is read which records of one type are associated with those of another. */
  String associations(String from, String to) {
    return associations + ObjectTypes.path(from) + "/" + ObjectTypes.path(to) + "/batch/read";
  }
}
