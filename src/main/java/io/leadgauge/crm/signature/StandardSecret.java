package io.leadgauge.crm.signature;

import io.leadgauge.model.Secret;
import java.util.Base64;
import java.util.Optional;

/**
 * The form of a Standard Webhooks secret: {@code whsec_} and base64 of 24 to 64 random bytes. The
 * prefix may be left out, as in the specification's own libraries.
 *
 * @see <a
 *     href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard
 *     Webhooks, signature scheme (read 2026-11-22)</a>
 */
public final class StandardSecret {
  /** The fewest and the most bytes of a secret. */
  static final int LEAST_BYTES = 24;

  static final int MOST_BYTES = 64;

  private static final String PREFIX = "whsec_";

  private StandardSecret() {}

  /**
   * Returns what keeps a secret from being one of Standard Webhooks, for a reader; empty for
   * nothing. Quotes none of its characters.
   */
  public static Optional<String> trouble(Secret secret) {
    byte[] key = decoded(secret.reveal());
    if (key.length == 0) {
      return Optional.of("not " + PREFIX + " followed by base64");
    }
    return key.length < LEAST_BYTES || key.length > MOST_BYTES
        ? Optional.of(
            key.length + " bytes, expected " + LEAST_BYTES + " to " + MOST_BYTES + " random ones")
        : Optional.empty();
  }

  /**
   * Returns the key: what follows the prefix, decoded.
   *
   * @throws IllegalArgumentException if it is not base64, or nothing
   */
  static byte[] key(Secret secret) {
    byte[] key = decoded(secret.reveal());
    if (key.length == 0) {
      throw new IllegalArgumentException(
          "a Standard Webhooks secret is whsec_ followed by base64 of 24 to 64 bytes");
    }
    return key;
  }

  /** Decodes it; nothing where that cannot be done, since the fault would quote the secret. */
  private static byte[] decoded(String text) {
    try {
      return Base64.getDecoder()
          .decode(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
