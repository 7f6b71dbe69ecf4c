package io.leadgauge.crm.hubspot;

import io.leadgauge.crm.ApiAccess;
import io.leadgauge.model.RecordRef;

/** Where HubSpot tells of a portal: its account, what its records are made of, who owns them. */
final class PortalPaths {
  private final String origin;
  private final String version;
  private final boolean dated;

  PortalPaths(ApiAccess api) {
    this.origin = api.base().getScheme() + "://" + api.base().getRawAuthority();
    this.version = api.version();
    this.dated = !ApiPaths.UNDATED.matcher(version).matches();
  }

  String account() {
    return origin + "/account-info/" + version + "/details";
  }

  String properties(String type) {
    return crm("properties") + "/" + ObjectTypes.path(type);
  }

  String groups(String type) {
    return properties(type) + "/groups";
  }

  String property(String type, String name) {
    return properties(type) + "/" + name;
  }

  String objects(String type) {
    boolean byId = dated && type.equals(RecordRef.DEAL);
    return crm("objects") + "/" + (byId ? ApiPaths.DEALS : ObjectTypes.path(type));
  }

  /** Owners stand behind a slash where there is no date: {@code /crm/v3/owners/}. */
  String owners() {
    return crm("owners") + (dated ? "" : "/");
  }

  private String crm(String part) {
    return dated
        ? origin + "/crm/" + part + "/" + version
        : origin + "/crm/" + version + "/" + part;
  }
}
