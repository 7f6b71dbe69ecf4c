package io.leadgauge.cli;

import io.leadgauge.crm.CrmKind;

/**
 * What the doctor says of a platform.
 *
 * @param name its name
 * @param first what is to be done until a first webhook comes
 * @param quiet where to look when none has come for long
 * @param writer the command, behind the connection's name, that writes what makes it call us
 * @param deployed what is done with what that writes
 */
record PlatformWords(String name, String first, String quiet, String writer, String deployed) {
  private static final PlatformWords HUBSPOT =
      new PlatformWords(
          "HubSpot",
          "upload the project, install the app, then change a test contact in HubSpot",
          "look at the app's webhooks and their log in HubSpot",
          "--project DIR",
          "upload it");

  private static final PlatformWords SALESFORCE =
      new PlatformWords(
          "Salesforce",
          "deploy the package's messages, then change the title of a test lead in Salesforce",
          "look at Setup, Outbound Messages, and at Setup, Flows",
          "--salesforce-package DIR",
          "deploy its messages");

  /** Returns the words for a platform. */
  static PlatformWords of(CrmKind kind) {
    return switch (kind) {
      case HUBSPOT -> HUBSPOT;
      case SALESFORCE -> SALESFORCE;
    };
  }
}
