package io.leadgauge.sandbox.salesforce;

/**
 * Who saves something, and by which way.
 *
 * @param userId the user
 * @param origin what change events say of the way; empty for automation
 * @param restricted whether field-level security holds for them: for the user of the integration,
 *     not for people
 */
record Actor(String userId, String origin, boolean restricted) {

  /** Somebody at the screen. */
  static Actor person(String userId) {
    return new Actor(
        userId, "com/salesforce/api/soap/" + Version.LATEST + ";client=SfdcInternalAPI/", false);
  }
}
