package io.leadgauge.crm;

import io.leadgauge.model.Secret;

/** A token that stays the same, as that of an app for one portal. */
public record FixedToken(Secret token) implements TokenSource {
  @Override
  public Answer ask() {
    return new Live(token);
  }

  @Override
  public boolean refused(Secret refused) {
    return false;
  }

  @Override
  public boolean isSame(TokenSource other) {
    return other instanceof FixedToken fixed && token.isSame(fixed.token);
  }
}
