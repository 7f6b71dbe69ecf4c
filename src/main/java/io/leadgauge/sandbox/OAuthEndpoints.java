package io.leadgauge.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Consent, token exchange and what tells of tokens (OAuth guide, read 30 March 2026). Nobody is
 * asked for consent: who comes to the authorize address is sent back at once.
 */
final class OAuthEndpoints {
  private final OAuth oauth;
  private final Accounts accounts;

  OAuthEndpoints(OAuth oauth, Accounts accounts) {
    this.oauth = oauth;
    this.accounts = accounts;
  }

  /** Sends the browser back with a code, or with the refusal of whoever was asked. */
  Answer authorize(ApiRequest request) {
    OAuthApp app = oauth.app();
    String redirect = request.query("redirect_uri").orElse("");
    Set<String> scopes = words(request.query("scope").orElse(""));
    if (!request.query("client_id").equals(Optional.of(app.clientId()))) {
      throw Refusal.invalid("client_id: there is no such app");
    }
    if (!app.mayLeadTo(redirect)) {
      throw Refusal.invalid("redirect_uri: \"" + redirect + "\" is not one of the app's");
    }
    if (!app.scopes().isEmpty() && !app.scopes().equals(scopes)) {
      throw Refusal.invalid("scope: an installation asks for exactly what the app requires");
    }
    Set<String> granted = new LinkedHashSet<>(scopes);
    granted.addAll(words(request.query("optional_scope").orElse("")));
    String state = request.query("state").map(text -> "&state=" + encoded(text)).orElse("");
    String separator = redirect.contains("?") ? "&" : "?";
    if (app.denies()) {
      return Answer.redirect(
          redirect + separator + "error=access_denied&error_description=denied" + state);
    }
    String code =
        oauth.consented(portal(request), redirect, challenge(request), granted, request.now());
    return Answer.redirect(redirect + separator + "code=" + encoded(code) + state);
  }

  Answer token(ApiRequest request) {
    Map<String, String> form = form(request);
    requireClient(form);
    OAuth.Tokens tokens =
        switch (form.getOrDefault("grant_type", "")) {
          case "authorization_code" ->
              oauth.exchange(
                  form.getOrDefault("code", ""),
                  form.getOrDefault("redirect_uri", ""),
                  Optional.ofNullable(form.get("code_verifier")),
                  request.now());
          case "refresh_token" ->
              oauth.refresh(form.getOrDefault("refresh_token", ""), request.now());
          default ->
              throw Refusal.oauth(
                  "unsupported_grant_type", "BAD_GRANT_TYPE", "missing or unknown grant type");
        };
    ObjectNode body = Json.object();
    body.put("token_type", "bearer");
    body.put("refresh_token", tokens.refresh());
    body.put("access_token", tokens.access());
    body.put("expires_in", oauth.app().lifetime().toSeconds());
    if (!request.routing().request().path().startsWith("/oauth/v1/")) {
      body.put("token_use", "access_token");
      body.put("hub_id", tokens.portal().id());
      body.set("scopes", Json.array(tokens.scopes()));
    }
    return Answer.of(200, body);
  }

  /** What an access token is, by the token in the path. */
  Answer describeAccess(ApiRequest request) {
    String token = request.path("token");
    return Answer.of(200, describe(token, live(token, request.now())));
  }

  /** What a refresh token is, by the token in the path. */
  Answer describeRefresh(ApiRequest request) {
    String token = request.path("token");
    OAuth.Refresh refresh = oauth.refresh(token).orElseThrow(OAuthEndpoints::unknownToken);
    return Answer.of(200, describe(token, refresh));
  }

  Answer revokeRefresh(ApiRequest request) {
    oauth.revoke(request.path("token"));
    return Answer.noContent();
  }

  /** What a token is, by the token in the body. */
  Answer introspect(ApiRequest request) {
    Map<String, String> form = form(request);
    requireClient(form);
    String token = form.getOrDefault("token", "");
    Optional<Grant> grant = accounts.grant(token).filter(one -> one.expiresAt() > request.now());
    ObjectNode body =
        grant
            .map(one -> describe(token, one))
            .or(() -> oauth.refresh(token).map(refresh -> describe(token, refresh)))
            .orElseGet(Json::object);
    body.put("active", !body.isEmpty());
    return Answer.of(200, body);
  }

  Answer revoke(ApiRequest request) {
    Map<String, String> form = form(request);
    requireClient(form);
    oauth.revoke(form.getOrDefault("token", ""));
    return Answer.of(200, Json.object());
  }

  /** What the fixed token of a private app is. */
  Answer privateApp(ApiRequest request) {
    String token = request.body().path("tokenKey").asText();
    Grant grant = live(token, request.now());
    ObjectNode body = Json.object();
    body.put("userId", 4_100_001);
    body.put("hubId", grant.portal().id());
    body.put("appId", grant.appId());
    body.set("scopes", Json.array(grant.scopes()));
    return Answer.of(200, body);
  }

  private Grant live(String token, long now) {
    return accounts
        .grant(token)
        .filter(grant -> grant.expiresAt() > now)
        .orElseThrow(OAuthEndpoints::unknownToken);
  }

  private ObjectNode describe(String token, Grant grant) {
    ObjectNode node = described(token, grant.portal(), grant.scopes());
    node.put("app_id", grant.appId());
    node.put("expires_in", oauth.app().lifetime().toSeconds());
    node.put("token_type", "access");
    return node;
  }

  private ObjectNode describe(String token, OAuth.Refresh refresh) {
    ObjectNode node = described(token, refresh.portal(), refresh.scopes());
    node.put("client_id", oauth.app().clientId());
    node.put("token_type", "refresh");
    return node;
  }

  private static ObjectNode described(String token, Portal portal, Set<String> scopes) {
    ObjectNode node = Json.object();
    node.put("token", token);
    node.put("user", "admin@portal-" + portal.id() + ".example");
    node.put("hub_domain", "portal-" + portal.id() + ".example");
    node.set("scopes", Json.array(scopes));
    node.put("hub_id", portal.id());
    node.put("user_id", 4_100_001);
    return node;
  }

  /** The account in the path, or that of {@code portal=}, or the first. */
  private Portal portal(ApiRequest request) {
    String named =
        Optional.ofNullable(request.path("portal"))
            .or(() -> request.query("portal"))
            .orElse(Long.toString(accounts.first().id()));
    return Optional.of(named)
        .filter(text -> text.matches("\\d{1,15}"))
        .flatMap(text -> accounts.find(Long.parseLong(text)))
        .orElseThrow(() -> Refusal.invalid("portal: there is no account " + named));
  }

  private static Optional<String> challenge(ApiRequest request) {
    Optional<String> challenge = request.query("code_challenge");
    if (challenge.isPresent()
        && !request.query("code_challenge_method").equals(Optional.of("S256"))) {
      throw Refusal.invalid("code_challenge_method: only S256 is supported");
    }
    return challenge;
  }

  private void requireClient(Map<String, String> form) {
    if (!oauth.app().clientId().equals(form.get("client_id"))) {
      throw Refusal.oauth("invalid_client", "BAD_CLIENT_ID", "missing or unknown client id");
    }
    if (!oauth.app().clientSecret().equals(form.get("client_secret"))) {
      throw Refusal.oauth(
          "invalid_client", "BAD_CLIENT_SECRET", "missing or invalid client secret");
    }
  }

  private static Map<String, String> form(ApiRequest request) {
    HttpServerRequest http = request.routing().request();
    String type = Optional.ofNullable(http.getHeader("Content-Type")).orElse("");
    if (!type.startsWith("application/x-www-form-urlencoded")) {
      throw Refusal.of(415, "VALIDATION_ERROR", "Unsupported Media Type");
    }
    Map<String, String> form = new HashMap<>();
    for (String pair : request.rawBody().toString(UTF_8).split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        form.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return form;
  }

  private static Set<String> words(String text) {
    Set<String> words = new LinkedHashSet<>();
    for (String word : text.split(" ", -1)) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return words;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid("form: \"" + text + "\" is not encoded as a form");
    }
  }

  private static Refusal unknownToken() {
    return Refusal.of(404, "OBJECT_NOT_FOUND", "The token is not known.");
  }
}
