package io.leadgauge.crm.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leadgauge.model.Secret;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * All that one digest covers, each part as it is signed. Signing, verifying and explaining go
 * through this one type, so that they cannot differ.
 *
 * @param scheme how the parts are joined and hashed; parts that it does not cover are ignored
 * @param key the secret's bytes, as {@link #key} gives them
 * @param method the HTTP method
 * @param uri the address as it is signed: decoded already where the scheme asks for it
 * @param body the raw bytes; fed to the digest where they lie
 * @param timestamp the time stamp header, character by character
 * @param id the message id header
 */
// Bytes, because a digest takes nothing else; nothing compares inputs.
@SuppressWarnings("ArrayRecordComponent")
record SignatureInput(
    SignatureScheme scheme,
    byte[] key,
    String method,
    String uri,
    byte[] body,
    String timestamp,
    String id) {
  /** Bytes in a SHA-256 digest. */
  static final int DIGEST_BYTES = 32;

  /**
   * Returns the bytes that a scheme takes for a secret: its text for HubSpot; what {@link
   * StandardSecret} decodes for Standard Webhooks.
   *
   * @throws IllegalArgumentException if a Standard Webhooks secret is not base64
   */
  static byte[] key(SignatureScheme scheme, Secret secret) {
    return switch (scheme) {
      case HUBSPOT_V1, HUBSPOT_V2, HUBSPOT_V3 -> secret.revealBytes();
      case STANDARD -> StandardSecret.key(secret);
    };
  }

  /** Returns the digest of the parts. */
  byte[] digest() {
    return switch (scheme) {
      case HUBSPOT_V1 -> sha256(key, body);
      case HUBSPOT_V2 -> sha256(key, utf8(method + uri), body);
      case HUBSPOT_V3 -> hmac(utf8(method + uri), body, utf8(timestamp));
      case STANDARD -> hmac(utf8(id + "." + timestamp + "."), body);
    };
  }

  /** Returns the digest as the scheme's header writes it. */
  String signature() {
    return written(digest());
  }

  /** Returns a digest as the scheme's header writes it. */
  String written(byte[] digest) {
    return switch (scheme) {
      case HUBSPOT_V1, HUBSPOT_V2 -> HexFormat.of().formatHex(digest);
      case HUBSPOT_V3 -> Base64.getEncoder().encodeToString(digest);
      case STANDARD -> "v1," + Base64.getEncoder().encodeToString(digest);
    };
  }

  SignatureInput withScheme(SignatureScheme other, byte[] otherKey, String otherUri) {
    return new SignatureInput(other, otherKey, method, otherUri, body, timestamp, id);
  }

  SignatureInput withKey(byte[] other) {
    return new SignatureInput(scheme, other, method, uri, body, timestamp, id);
  }

  SignatureInput withMethod(String other) {
    return new SignatureInput(scheme, key, other, uri, body, timestamp, id);
  }

  SignatureInput withUri(String other) {
    return new SignatureInput(scheme, key, method, other, body, timestamp, id);
  }

  SignatureInput withBody(byte[] other) {
    return new SignatureInput(scheme, key, method, uri, other, timestamp, id);
  }

  SignatureInput withTimestamp(String other) {
    return new SignatureInput(scheme, key, method, uri, body, other, id);
  }

  /** Returns what an HMAC covers that takes this text before the body, and nothing else. */
  SignatureInput withText(String before) {
    return new SignatureInput(SignatureScheme.HUBSPOT_V3, key, before, "", body, "", "");
  }

  static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  static byte[] sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private byte[] hmac(byte[]... parts) {
    Mac mac = hmacOf(key);
    for (byte[] part : parts) {
      mac.update(part);
    }
    return mac.doFinal();
  }

  /** Returns an HMAC-SHA256 that has seen nothing yet. */
  static Mac hmacOf(byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC-SHA256", e);
    }
  }
}
