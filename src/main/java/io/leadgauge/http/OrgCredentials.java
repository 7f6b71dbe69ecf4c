package io.leadgauge.http;

import io.leadgauge.crm.ClientCertificate;
import io.leadgauge.crm.OrgAccess;
import io.leadgauge.crm.WebhookAccess;
import io.leadgauge.http.Outcome.Refusal;
import io.leadgauge.http.Outcome.Refused;
import io.leadgauge.model.Secret;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a request to a Salesforce org's address shows in its headers, and what it must. */
final class OrgCredentials {
  private static final String AUTHORIZATION = "Authorization";
  private static final Pattern BEARER = Pattern.compile("(?i:Bearer) +([^\\s]+)");

  private OrgCredentials() {}

  /**
   * Returns why a request is refused before its body is read; empty where nothing speaks against it
   * yet.
   */
  static Optional<Outcome> refused(
      Addressee addressee, WebhookAccess access, HttpServerRequest request) {
    OrgAccess org = access.org();
    if (org == null) {
      return Optional.empty();
    }
    return switch (addressee) {
      case Addressee.Org whole -> wrongCertificate(org, request);
      case Addressee.Callout callout -> wrongBearer(org, access, request);
      case Addressee.Platform platform -> Optional.empty();
      case Addressee.Workflow workflow -> Optional.empty();
    };
  }

  /** A header that stands twice was not written by the proxy alone. */
  private static Optional<Outcome> wrongCertificate(OrgAccess org, HttpServerRequest request) {
    ClientCertificate wanted = org.certificate();
    if (wanted == null) {
      return Optional.empty();
    }
    List<String> subjects = request.headers().getAll(wanted.header());
    if (subjects.size() == 1 && subjects.getFirst().strip().equals(wanted.subject())) {
      return Optional.empty();
    }
    String found =
        switch (subjects.size()) {
          case 0 -> " is missing";
          case 1 -> " names another subject";
          default -> " stands more than once";
        };
    return refused(
        "certificate",
        wanted.header() + found + ": expected the subject of the client's certificate, once");
  }

  /** Whoever shows a token is known by it, and whoever shows none may have signed. */
  private static Optional<Outcome> wrongBearer(
      OrgAccess org, WebhookAccess access, HttpServerRequest request) {
    boolean mayBeSigned =
        !access.secrets().isEmpty()
            && (org.bearers().isEmpty() || !request.headers().contains(AUTHORIZATION));
    if (mayBeSigned || showsBearer(access, request)) {
      return Optional.empty();
    }
    return refused(
        "bearer",
        "expected Authorization: Bearer with a token of the connection"
            + (access.secrets().isEmpty() ? "" : ", or a signature"));
  }

  /** Tells whether a request shows a token; all are compared, so that the time tells nothing. */
  static boolean showsBearer(WebhookAccess access, HttpServerRequest request) {
    OrgAccess org = access.org();
    List<String> shown = request.headers().getAll(AUTHORIZATION);
    if (org == null || shown.size() != 1) {
      return false;
    }
    Matcher bearer = BEARER.matcher(shown.getFirst().strip());
    boolean known = false;
    if (bearer.matches()) {
      for (Secret token : org.bearers()) {
        known |= Tokens.isSame(token, bearer.group(1));
      }
    }
    return known;
  }

  private static Optional<Outcome> refused(String reason, String hint) {
    return Optional.of(new Refused(Refusal.CREDENTIALS, reason, hint));
  }
}
