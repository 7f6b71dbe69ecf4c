package io.leadgauge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The part of the control API for accounts, their owners, tokens and the OAuth app. */
final class ControlAccounts {
  private final Accounts accounts;
  private final OAuth oauth;
  private final long appId;

  ControlAccounts(Accounts accounts, OAuth oauth, long appId) {
    this.accounts = accounts;
    this.oauth = oauth;
    this.appId = appId;
  }

  Answer list(ApiRequest request) {
    ObjectNode body = Json.object();
    ArrayNode rows = body.putArray("portals");
    for (Portal portal : accounts.all()) {
      ObjectNode row = rows.addObject();
      row.put("portalId", portal.id());
      row.put("installed", accounts.isInstalled(portal));
      row.put("contacts", portal.of(ObjectType.CONTACT).live().size());
    }
    return Answer.of(200, body);
  }

  /**
   * Opens another account, with the fixed token of an app unless it shall be installed by OAuth:
   * {@code {"portalId":62515,"token":"second-token"}}.
   */
  Answer open(ApiRequest request) {
    JsonNode body = request.body();
    ControlBody.only(body, "body", Set.of("portalId", "token", "app"));
    long portalId = body.path("portalId").asLong();
    if (portalId < 1) {
      throw Refusal.invalid("portalId: expected a whole number from 1");
    }
    Portal portal = accounts.open(portalId);
    if (body.hasNonNull("token")) {
      accounts.grant(
          body.path("token").asText(), Grant.fixed(portal, body.path("app").asLong(appId)));
    }
    return list(request);
  }

  /** Takes the app out of an account. */
  Answer uninstall(ApiRequest request) {
    String id = request.path("portalId");
    Portal portal =
        Optional.of(id)
            .filter(text -> text.matches("\\d{1,15}"))
            .flatMap(text -> accounts.find(Long.parseLong(text)))
            .orElseThrow(() -> Refusal.of(404, "OBJECT_NOT_FOUND", "there is no portal " + id));
    oauth.uninstall(portal);
    return Answer.noContent();
  }

  /**
   * Changes a token: {@code {"token":"t","scopes":[…]}}, {@code {"token":"t","revoked":true}}, or
   * all that OAuth gave: {@code {"expireOauth":true}}.
   */
  Answer changeToken(ApiRequest request) {
    JsonNode body = request.body();
    ControlBody.only(body, "body", Set.of("token", "scopes", "revoked", "expireOauth"));
    if (body.path("expireOauth").asBoolean()) {
      accounts.expireOauth();
      return Answer.noContent();
    }
    String token = body.path("token").asText();
    Grant grant =
        accounts
            .grant(token)
            .orElseThrow(() -> Refusal.of(404, "OBJECT_NOT_FOUND", "there is no such token"));
    if (body.path("revoked").asBoolean()) {
      accounts.revoke(token);
    } else {
      accounts.grant(token, grant.withScopes(new HashSet<>(Json.texts(body.path("scopes")))));
    }
    return Answer.noContent();
  }

  /** Sets up the OAuth app; what is left out is as it was. */
  Answer setApp(ApiRequest request) {
    JsonNode body = request.body();
    ControlBody.only(
        body,
        "body",
        Set.of(
            "clientId", "clientSecret", "redirectUrls", "scopes", "rotates", "denies", "lifetime"));
    OAuthApp old = oauth.app();
    oauth.app(
        new OAuthApp(
            body.path("clientId").asText(old.clientId()),
            body.path("clientSecret").asText(old.clientSecret()),
            set(body, "redirectUrls", old.redirectUrls()),
            set(body, "scopes", old.scopes()),
            body.path("rotates").asBoolean(old.rotates()),
            body.path("denies").asBoolean(old.denies()),
            body.has("lifetime") ? lifetime(body.path("lifetime").asText()) : old.lifetime()));
    return Answer.noContent();
  }

  /** Adds an owner, or puts another in the place of the one with its id. */
  Answer putOwner(ApiRequest request) {
    JsonNode body = request.body();
    ControlBody.only(
        body, "body", Set.of("id", "userId", "email", "firstName", "lastName", "archived"));
    long id = body.path("id").asLong();
    if (id < 1) {
      throw Refusal.invalid("id: expected a whole number from 1");
    }
    request
        .portal()
        .owners()
        .put(
            new Owner(
                id,
                body.path("userId").asLong(id + 1),
                body.path("email").asText("owner-" + id + "@portal.example"),
                body.path("firstName").asText("Owner"),
                body.path("lastName").asText(Long.toString(id)),
                body.path("archived").asBoolean()));
    return Answer.noContent();
  }

  private static java.time.Duration lifetime(String text) {
    try {
      return Durations.parse(text, "lifetime");
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid(String.valueOf(e.getMessage()));
    }
  }

  private static Set<String> set(JsonNode body, String name, Set<String> otherwise) {
    return body.has(name) ? new HashSet<>(Json.texts(body.path(name))) : otherwise;
  }
}
