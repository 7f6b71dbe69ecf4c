package io.leadgauge.crm;

import io.leadgauge.model.Secret;

/**
 * The lack of a token: events are taken and scored, and no call is made.
 *
 * @param reason why there is none, and what to do
 */
public record NoToken(String reason) implements TokenSource {
  @Override
  public Answer ask() {
    return new None(new CallTrouble.Refused(reason));
  }

  @Override
  public boolean refused(Secret token) {
    return false;
  }

  @Override
  public boolean isSame(TokenSource other) {
    return equals(other);
  }
}
