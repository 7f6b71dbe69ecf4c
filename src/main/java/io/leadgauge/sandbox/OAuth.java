package io.leadgauge.sandbox;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Installations by OAuth: codes, refresh tokens and access tokens. Belongs to one event loop. */
final class OAuth {
  private static final long CODE_LIVES = 600_000;

  private final Accounts accounts;
  private final long appId;
  private final Dice dice;
  private final Map<String, Code> codes = new HashMap<>();
  private final Map<String, Refresh> refreshes = new HashMap<>();
  private OAuthApp app = OAuthApp.standard();

  /** What consent was given to, until the code is exchanged. */
  record Code(
      Portal portal,
      String redirectUri,
      Optional<String> challenge,
      Set<String> scopes,
      long expiresAt) {}

  /** What a refresh token stands for. */
  record Refresh(Portal portal, Set<String> scopes) {}

  /** What an exchange gives. */
  record Tokens(String access, String refresh, Portal portal, Set<String> scopes) {}

  OAuth(Accounts accounts, long appId, Dice dice) {
    this.accounts = accounts;
    this.appId = appId;
    this.dice = dice;
  }

  OAuthApp app() {
    return app;
  }

  void app(OAuthApp newApp) {
    app = newApp;
  }

  /** Notes a consent and returns its code. */
  String consented(
      Portal portal, String redirectUri, Optional<String> challenge, Set<String> scopes, long now) {
    String code = dice.uuid();
    codes.put(code, new Code(portal, redirectUri, challenge, scopes, now + CODE_LIVES));
    return code;
  }

  /** Exchanges a code, once; the app is installed with it. */
  Tokens exchange(String code, String redirectUri, Optional<String> verifier, long now) {
    Code consent = codes.remove(code);
    if (consent == null || consent.expiresAt() <= now) {
      throw Refusal.oauth("invalid_grant", "BAD_AUTH_CODE", "missing or unknown auth code");
    }
    if (!consent.redirectUri().equals(redirectUri)) {
      throw Refusal.oauth(
          "invalid_grant", "MISMATCH_REDIRECT_URI_AUTH_CODE", "redirect URI mismatch");
    }
    if (!consent.challenge().equals(verifier.map(OAuth::challengeOf))) {
      throw Refusal.oauth(
          "invalid_grant", "BAD_AUTH_CODE", "missing or invalid PKCE code verifier");
    }
    return give(newRefresh(consent.portal(), consent.scopes()), now);
  }

  /** Gives another access token. */
  Tokens refresh(String token, long now) {
    Refresh refresh = refreshes.get(token);
    if (refresh == null) {
      throw Refusal.oauth("invalid_grant", "BAD_REFRESH_TOKEN", "missing or invalid refresh token");
    }
    if (!app.rotates()) {
      return give(token, now);
    }
    refreshes.remove(token);
    return give(newRefresh(refresh.portal(), refresh.scopes()), now);
  }

  Optional<Refresh> refresh(String token) {
    return Optional.ofNullable(refreshes.get(token));
  }

  /** Revokes a refresh token; access tokens that it gave live on. */
  void revoke(String refreshToken) {
    refreshes.remove(refreshToken);
  }

  /** Takes the app out of an account. */
  void uninstall(Portal portal) {
    refreshes.values().removeIf(refresh -> refresh.portal() == portal);
    accounts.uninstall(portal);
  }

  private String newRefresh(Portal portal, Set<String> scopes) {
    String token = "na1-" + dice.uuid();
    refreshes.put(token, new Refresh(portal, scopes));
    return token;
  }

  private Tokens give(String refreshToken, long now) {
    Refresh refresh = refreshes.get(refreshToken);
    if (refresh == null) {
      throw new IllegalStateException("given just now");
    }
    String access = "C" + dice.uuid() + dice.uuid();
    long expiresAt = now + app.lifetime().toMillis();
    accounts.grant(access, new Grant(refresh.portal(), appId, true, refresh.scopes(), expiresAt));
    return new Tokens(access, refreshToken, refresh.portal(), refresh.scopes());
  }

  /** The S256 challenge of a verifier (RFC 7636, section 4.2). */
  static String challengeOf(String verifier) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
