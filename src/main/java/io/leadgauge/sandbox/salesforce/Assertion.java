package io.leadgauge.sandbox.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;

/**
 * The assertion of the JWT bearer flow: three parts of Base64 for addresses, joined by points.
 *
 * @param header says how it is signed
 * @param claims says who may come in, and until when
 * @param signed the bytes that are signed
 */
record Assertion(JsonNode header, JsonNode claims, Buffer signed, Buffer signature) {
  private static final int PARTS = 3;

  /** Takes one apart; refuses what is none. */
  static Assertion read(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != PARTS) {
      throw OAuthRefused.of("invalid_grant", "invalid assertion");
    }
    try {
      return new Assertion(
          Json.parse(decoded(parts[0])),
          Json.parse(decoded(parts[1])),
          Buffer.buffer((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII)),
          decoded(parts[2]));
    } catch (IllegalArgumentException | Refused e) {
      throw OAuthRefused.of("invalid_grant", "invalid assertion");
    }
  }

  /** Whether it is signed by RS256, and nothing else, with a key. */
  boolean isSignedWith(PublicKey key) {
    if (!header.path("alg").asText().equals("RS256")) {
      return false;
    }
    try {
      Signature check = Signature.getInstance("SHA256withRSA");
      check.initVerify(key);
      check.update(signed.getBytes());
      return check.verify(signature.getBytes());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  String claim(String name) {
    return claims.path(name).asText();
  }

  private static Buffer decoded(String part) {
    return Buffer.buffer(Base64.getUrlDecoder().decode(part));
  }
}
