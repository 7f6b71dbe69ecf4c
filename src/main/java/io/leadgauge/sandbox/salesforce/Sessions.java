package io.leadgauge.sandbox.salesforce;

import io.leadgauge.sandbox.Dice;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The sessions of the org, by access token. Belongs to one event loop. */
final class Sessions {
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._";
  private static final int LENGTH = 91;

  private final Map<String, Session> byToken = new HashMap<>();
  private final String orgId;
  private final Dice dice;

  Sessions(String orgId, Dice dice) {
    this.orgId = orgId;
    this.dice = dice;
  }

  /** Opens a session under a token of its own. */
  String open(Session session) {
    StringBuilder token = new StringBuilder(RecordId.shortened(orgId)).append("!AQ");
    for (int i = 0; i < LENGTH; i++) {
      token.append(LETTERS.charAt(dice.below(LETTERS.length())));
    }
    put(token.toString(), session);
    return token.toString();
  }

  /** Opens a session under a token that is known beforehand. */
  void put(String token, Session session) {
    byToken.put(token, session);
  }

  Optional<Session> find(String token, long now) {
    return Optional.ofNullable(byToken.get(token)).filter(session -> session.expiresAt() > now);
  }

  /** Ends all sessions that a token request opened; those known beforehand go on. */
  void expireAll() {
    byToken.replaceAll(
        (token, session) -> session.expiresAt() == Session.NEVER ? session : session.expired());
  }

  /** Leaves these scopes to all sessions. */
  void limitTo(Set<String> scopes) {
    byToken.replaceAll(
        (token, session) ->
            new Session(
                session.userId(),
                session.client(),
                session.restricted(),
                scopes,
                session.expiresAt()));
  }
}
