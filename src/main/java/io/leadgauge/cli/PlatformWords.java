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
 * @param made what is to be done, behind the command that sets up, where something is missing
 */
record PlatformWords(
    String name, String first, String quiet, String writer, String deployed, String made) {
  private static final PlatformWords HUBSPOT =
      new PlatformWords(
          "HubSpot",
          "upload the project, install the app, then change a test contact in HubSpot",
          "look at the app's webhooks and their log in HubSpot",
          "--project DIR",
          "upload it",
          " --add-options makes what can be made");

  private static final PlatformWords SALESFORCE =
      new PlatformWords(
          "Salesforce",
          "deploy the package's messages, then change the title of a test lead in Salesforce",
          "look at Setup, Outbound Messages, and at Setup, Flows",
          "--salesforce-package DIR",
          "deploy its messages",
          " has a cure for each");

  /** Returns the words for a platform. */
  static PlatformWords of(CrmKind kind) {
    return switch (kind) {
      case HUBSPOT -> HUBSPOT;
      case SALESFORCE -> SALESFORCE;
    };
  }
}
