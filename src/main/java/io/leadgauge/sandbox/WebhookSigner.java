package io.leadgauge.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leadgauge.model.Secret;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs webhook requests as HubSpot does (validating-requests page, copy of January 2025). Written
 * apart from the receiver's own signatures, so that one does not vouch for the other's mistakes.
 */
final class WebhookSigner {
  /** What is decoded in the address before it is signed; everything else stays as it is. */
  private static final Map<String, String> DECODED =
      Map.ofEntries(
          Map.entry("%3A", ":"),
          Map.entry("%2F", "/"),
          Map.entry("%3F", "?"),
          Map.entry("%40", "@"),
          Map.entry("%21", "!"),
          Map.entry("%24", "$"),
          Map.entry("%27", "'"),
          Map.entry("%28", "("),
          Map.entry("%29", ")"),
          Map.entry("%2A", "*"),
          Map.entry("%2C", ","),
          Map.entry("%3B", ";"));

  private WebhookSigner() {}

  /** Version 1: hex SHA-256 of secret and body. */
  static String v1(Secret secret, byte[] body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(secret.revealBytes());
      return HexFormat.of().formatHex(digest.digest(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Version 2: hex SHA-256 of secret, method, address and body. */
  static String v2(Secret secret, String method, URI address, byte[] body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(secret.revealBytes());
      digest.update(method.getBytes(UTF_8));
      digest.update(address.toString().getBytes(UTF_8));
      return HexFormat.of().formatHex(digest.digest(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Version 3: base64 HMAC-SHA256 of method, address, body and time stamp. */
  static String v3(Secret secret, String method, URI address, byte[] body, String timestamp) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.revealBytes(), "HmacSHA256"));
      mac.update(method.getBytes(UTF_8));
      mac.update(decoded(address.toString()).getBytes(UTF_8));
      mac.update(body);
      mac.update(timestamp.getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  private static String decoded(String address) {
    StringBuilder text = new StringBuilder(address.length());
    for (int i = 0; i < address.length(); ) {
      String escape = i + 3 <= address.length() ? address.substring(i, i + 3) : "";
      String character = DECODED.get(escape);
      text.append(character == null ? address.charAt(i) : character);
      i += character == null ? 1 : 3;
    }
    return text.toString();
  }
}
