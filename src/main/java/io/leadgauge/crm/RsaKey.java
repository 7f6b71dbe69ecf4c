package io.leadgauge.crm;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leadgauge.model.Secret;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;

/**
 * A private RSA key that signs: PKCS #8 in PEM, as {@code openssl genpkey -algorithm RSA} writes
 * it. Where a variable cannot hold several lines, {@code \n} stands for a line's end.
 *
 * <p>Immutable and thread-safe. It never prints.
 */
public final class RsaKey {
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";

  /** What is weaker is refused by the platforms, and should be. */
  private static final int LEAST_BITS = 2048;

  private final PrivateKey key;

  private RsaKey(PrivateKey key) {
    this.key = key;
  }

  /** Reads a key; empty if the text is none, or a weak one. */
  public static Optional<RsaKey> of(Secret pem) {
    return read(pem.reveal().replace("\\n", "\n").strip());
  }

  private static Optional<RsaKey> read(String text) {
    if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
      return Optional.empty();
    }
    try {
      String encoded = text.substring(BEGIN.length(), text.length() - END.length());
      byte[] bytes = Base64.getMimeDecoder().decode(encoded);
      PrivateKey key =
          KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(bytes));
      return key instanceof RSAPrivateKey rsa && rsa.getModulus().bitLength() >= LEAST_BITS
          ? Optional.of(new RsaKey(key))
          : Optional.empty();
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns the signature of a text with SHA-256 (RS256), in Base64 for addresses. */
  public String sign(String text) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(text.getBytes(UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK signs with RSA", e);
    }
  }

  @Override
  public String toString() {
    return "***";
  }
}
