package io.leadgauge.pipeline;

/** What became of a browser's return from the page on which a person lets an app in. */
public sealed interface InstallAnswer {
  /** The app is installed, and the portal served. */
  record Installed(String portal) implements InstallAnswer {}

  /** There is no such app. */
  record UnknownApp() implements InstallAnswer {}

  /** Nobody asked for it here, or it was used before, or too long ago. */
  record UnknownState() implements InstallAnswer {}

  /** The person did not agree. */
  record Declined() implements InstallAnswer {}

  /** The CRM gives no tokens for the code; why is in the log. */
  record Refused() implements InstallAnswer {}

  /** The CRM cannot be asked now, or its answer not be kept; why is in the log. */
  record Unavailable() implements InstallAnswer {}
}
