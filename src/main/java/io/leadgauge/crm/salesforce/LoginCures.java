package io.leadgauge.crm.salesforce;

import java.util.List;

/** What to do about a login that Salesforce refuses, by its own words. */
final class LoginCures {
  private record Cure(String words, String what) {}

  private static final List<Cure> CURES =
      List.of(
          new Cure(
              "no client credentials user enabled",
              "say in External Client App Manager, Leadgauge, Policies, whom the client credentials"
                  + " flow runs as"),
          new Cure(
              "hasn't approved this consumer",
              "let an administrator pre-authorize our user: External Client App Manager, Leadgauge,"
                  + " Policies"),
          new Cure(
              "audience is invalid",
              "say loginUrl: https://login.salesforce.com, or https://test.salesforce.com for a"
                  + " sandbox"),
          new Cure("client identifier invalid", "put the app's consumer key into clientId"),
          new Cure("invalid_client", "put the app's consumer key and secret into credentials"),
          new Cure(
              "not supported on this domain",
              "say the org's own address in loginUrl: https://acme.my.salesforce.com"),
          new Cure("expired", "put this machine's clock right: the assertion is good for minutes"));

  private LoginCures() {}

  /** Returns what to do. */
  static String of(String reason) {
    return CURES.stream()
        .filter(cure -> reason.contains(cure.words()))
        .map(Cure::what)
        .findFirst()
        .orElse("look at credentials, and at docs/salesforce.md, \"The app\"");
  }
}
