package io.leadgauge.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leadgauge.model.Secret;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** Compares what a request brings with a secret, without telling by the time it takes. */
final class Tokens {
  private static final String NONE = "";

  private Tokens() {}

  /**
   * Tells whether a token is the expected one, or missing where none is expected. By their digests,
   * so that neither length nor content shows, and with the same work where nothing is expected.
   */
  static boolean isSame(@Nullable Secret expected, @Nullable String given) {
    byte[] wanted = sha256(expected == null ? NONE : expected.reveal());
    return MessageDigest.isEqual(wanted, sha256(given == null ? NONE : given));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
