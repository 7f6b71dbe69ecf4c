package io.leadgauge.crm.signature;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A signature header read generously: what digest somebody meant, however they wrote it. For
 * explaining only; verifying compares characters.
 *
 * @param bytes the digest
 * @param form how it is written, in words
 */
// Bytes, because a digest is compared as such; nothing compares the record.
@SuppressWarnings("ArrayRecordComponent")
record GivenDigest(byte[] bytes, String form) {
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{43}(=?)");

  /** What some senders put before a digest. */
  private static final Pattern PREFIX = Pattern.compile("^(?:sha256=|v1,|v3=|v1=)");

  /** Returns the digest in a header; empty if it holds none of 32 bytes. */
  static Optional<GivenDigest> read(String header) {
    String text = PREFIX.matcher(header.strip()).replaceFirst("");
    if (HEX.matcher(text).matches()) {
      boolean lower = text.equals(text.toLowerCase(Locale.ROOT));
      String form = lower ? "64 hex digits" : "64 hex digits in upper case";
      return Optional.of(new GivenDigest(HexFormat.of().parseHex(text), form));
    }
    return BASE64.matcher(text).matches() ? base64(text) : Optional.empty();
  }

  private static Optional<GivenDigest> base64(String text) {
    String standard = text.replace('-', '+').replace('_', '/');
    boolean cut = !text.endsWith("=");
    String form =
        (standard.equals(text) ? "base64" : "base64 in the URL alphabet")
            + (cut ? " with its padding '=' cut off" : "");
    try {
      return Optional.of(new GivenDigest(Base64.getDecoder().decode(standard), form));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // The last character has bits that no encoder sets.
    }
  }
}
