package io.leadgauge.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A value that never prints: in logs, errors and answers it stands as {@code ***}.
 *
 * <p>Immutable and thread-safe. It is not a record, since a record would print and compare its
 * text.
 */
public final class Secret {
  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  /**
   * Wraps a secret.
   *
   * @throws IllegalArgumentException if it is blank, which is a missing secret and not one
   */
  public static Secret of(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("a secret must not be blank");
    }
    return new Secret(text);
  }

  /** Returns the secret itself, for the one call that needs it. */
  public String reveal() {
    return text;
  }

  /** Returns the secret's UTF-8 bytes, for a key or a digest. */
  public byte[] revealBytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Tells whether another secret is the same text; takes as long whatever they share. */
  public boolean isSame(Secret other) {
    return MessageDigest.isEqual(revealBytes(), other.revealBytes());
  }

  @Override
  public String toString() {
    return "***";
  }
}
