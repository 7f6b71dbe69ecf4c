package io.leadgauge.crm.signature;

import java.util.Optional;

/** A way to sign a webhook request. */
public enum SignatureScheme {
  /** Hex SHA-256 of secret and body. No time stamp: a captured request can be repeated. */
  HUBSPOT_V1("hubspot-v1"),
  /** Hex SHA-256 of secret, method, address and body. No time stamp either. */
  HUBSPOT_V2("hubspot-v2"),
  /** Base64 HMAC-SHA256 of method, address, body and time stamp; five minutes. */
  HUBSPOT_V3("hubspot-v3"),
  /** Standard Webhooks: base64 HMAC-SHA256 of id, time stamp and body; five minutes. */
  STANDARD("standard");

  private final String word;

  SignatureScheme(String word) {
    this.word = word;
  }

  /** Returns the name that manifests and commands use. */
  public String word() {
    return word;
  }

  /** Returns the scheme that manifests call {@code word}; unknown schemes are refused. */
  public static Optional<SignatureScheme> ofWord(String word) {
    for (SignatureScheme scheme : values()) {
      if (scheme.word.equals(word)) {
        return Optional.of(scheme);
      }
    }
    return Optional.empty();
  }
}
