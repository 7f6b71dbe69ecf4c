package io.leadgauge.sandbox.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

/** The token endpoint: client credentials and the JWT bearer flow; and who somebody is. */
final class OAuthEndpoints {
  private static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  private static final String CONSUMER = "user hasn't approved this consumer";

  /** An assertion that ends later than this from now is taken for one in milliseconds. */
  private static final long LATEST_END_SECONDS = 300;

  private static final long SKEW_SECONDS = 60;

  private final Org org;
  private final Sessions sessions;
  private final Supplier<String> address;
  private ConnectedApp app;

  OAuthEndpoints(Org org, Sessions sessions, ConnectedApp app, Supplier<String> address) {
    this.org = org;
    this.sessions = sessions;
    this.app = app;
    this.address = address;
  }

  ConnectedApp app() {
    return app;
  }

  void app(ConnectedApp other) {
    app = other;
  }

  /** Gives a token, or the reason why not. */
  Reply token(RoutingContext routing) {
    try {
      MultiMap form = routing.request().formAttributes();
      String grant = field(form, "grant_type");
      return switch (grant) {
        case "client_credentials" -> clientCredentials(form, routing);
        case JWT_BEARER -> jwtBearer(Assertion.read(field(form, "assertion")));
        default -> throw OAuthRefused.of("unsupported_grant_type", "grant type not supported");
      };
    } catch (OAuthRefused refused) {
      return refused.reply();
    }
  }

  private Reply clientCredentials(MultiMap form, RoutingContext routing) {
    Optional<String[]> basic = basic(routing);
    String id = basic.map(pair -> pair[0]).orElseGet(() -> field(form, "client_id"));
    String secret = basic.map(pair -> pair[1]).orElseGet(() -> field(form, "client_secret"));
    if (!id.equals(app.clientId())) {
      throw OAuthRefused.of("invalid_client_id", "client identifier invalid");
    }
    if (!secret.equals(app.clientSecret().reveal())) {
      throw OAuthRefused.of("invalid_client", "invalid client credentials");
    }
    Row user =
        app.runAs()
            .flatMap(this::user)
            .orElseThrow(
                () -> OAuthRefused.of("invalid_grant", "no client credentials user enabled"));
    ObjectNode body = granted(user);
    body.put(
        "signature",
        Base64.getEncoder().encodeToString(user.id().getBytes(StandardCharsets.US_ASCII)));
    body.put("issued_at", Long.toString(org.now()));
    return Reply.ok(body);
  }

  private Reply jwtBearer(Assertion assertion) {
    if (!assertion.claim("iss").equals(app.clientId())) {
      throw OAuthRefused.of("invalid_client_id", "client identifier invalid");
    }
    if (app.key().filter(assertion::isSignedWith).isEmpty()) {
      throw OAuthRefused.of("invalid_grant", "invalid assertion");
    }
    if (!assertion.claim("aud").equals(app.audience())) {
      throw OAuthRefused.of("invalid_grant", "audience is invalid");
    }
    requireInTime(assertion.claims().path("exp"));
    Row user =
        Optional.of(assertion.claim("sub"))
            .filter(app.preauthorised()::contains)
            .flatMap(this::user)
            .orElseThrow(() -> OAuthRefused.of("invalid_grant", CONSUMER));
    return Reply.ok(granted(user));
  }

  private void requireInTime(JsonNode end) {
    long now = Math.floorDiv(org.now(), 1000L);
    long left = end.asLong(0) - now;
    if (left <= -SKEW_SECONDS || left > LATEST_END_SECONDS + SKEW_SECONDS) {
      throw OAuthRefused.of("invalid_grant", "expired authorization code");
    }
  }

  private ObjectNode granted(Row user) {
    long expiresAt = org.now() + app.lifetime().toMillis();
    boolean restricted = user.valueOrEmpty("Username").equals(ConnectedApp.USERNAME);
    Session session = new Session(user.id(), app.clientId(), restricted, app.scopes(), expiresAt);
    ObjectNode body = Json.object();
    body.put("access_token", sessions.open(session));
    body.put("scope", String.join(" ", app.scopes().stream().sorted().toList()));
    body.put("instance_url", app.instanceUrl().orElseGet(address));
    body.put("id", "https://login.salesforce.com/id/" + org.id() + "/" + user.id());
    body.put("token_type", "Bearer");
    return body;
  }

  /** Who the user of a session is. */
  Reply userInfo(Call call) {
    Row user = org.find(call.session().userId()).orElseThrow(Refused::notFound);
    ObjectNode body = Json.object();
    body.put("sub", "https://login.salesforce.com/id/" + org.id() + "/" + user.id());
    body.put("user_id", user.id());
    body.put("organization_id", org.id());
    body.put("preferred_username", user.valueOrEmpty("Username"));
    body.put("name", user.valueOrEmpty("Name"));
    body.put("email", user.valueOrEmpty("Email"));
    body.put("active", user.flag("IsActive"));
    body.put("user_type", "STANDARD");
    body.putObject("urls").put("rest", address.get() + "/services/data/v{version}/");
    return Reply.ok(body);
  }

  private Optional<Row> user(String name) {
    return org.live("User").stream()
        .filter(user -> user.valueOrEmpty("Username").equals(name) && user.flag("IsActive"))
        .findFirst();
  }

  private static String field(MultiMap form, String name) {
    String value = form.get(name);
    return value == null ? "" : value;
  }

  private static Optional<String[]> basic(RoutingContext routing) {
    String header = routing.request().getHeader("Authorization");
    if (header == null || !header.startsWith("Basic ")) {
      return Optional.empty();
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(header.substring("Basic ".length()).strip());
      String[] pair = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
      return pair.length == 2 ? Optional.of(pair) : Optional.empty();
    } catch (IllegalArgumentException e) {
      throw OAuthRefused.of("invalid_client", "invalid client credentials");
    }
  }
}
