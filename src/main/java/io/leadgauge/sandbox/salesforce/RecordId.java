package io.leadgauge.sandbox.salesforce;

import java.util.Optional;

/**
 * The form of record ids: a key prefix of three characters that says the type, twelve more, and
 * three that are a checksum over which of the first fifteen are upper-case letters, so that ids
 * differ even where case is lost.
 */
final class RecordId {
  /** Three characters of the key prefix and the server, which all ids of the org share. */
  private static final String SERVER = "bm0";

  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final String CHECKSUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
  private static final int SHORT = 15;
  private static final int LONG = 18;
  private static final int NUMBER = 9;

  private RecordId() {}

  /** The id of the n-th thing of a kind; later ones have greater ids. */
  static String of(String keyPrefix, long number) {
    char[] digits = new char[NUMBER];
    long rest = number;
    for (int i = NUMBER - 1; i >= 0; i--) {
      digits[i] = DIGITS.charAt((int) (rest % DIGITS.length()));
      rest /= DIGITS.length();
    }
    return complete(keyPrefix + SERVER + new String(digits));
  }

  /**
   * Reads an id of 15 or 18 characters.
   *
   * @return its 18 characters; empty where it is none, or the checksum is wrong
   */
  static Optional<String> read(String text) {
    if (!text.matches("[0-9A-Za-z]{15}|[0-9A-Za-z]{18}")) {
      return Optional.empty();
    }
    String complete = complete(text.substring(0, SHORT));
    return text.length() == LONG && !text.equals(complete)
        ? Optional.empty()
        : Optional.of(complete);
  }

  /** The first 15 characters, as addresses of the SOAP API show the org's id. */
  static String shortened(String id) {
    return id.substring(0, SHORT);
  }

  private static String complete(String fifteen) {
    StringBuilder id = new StringBuilder(fifteen);
    for (int part = 0; part < SHORT; part += 5) {
      int capitals = 0;
      for (int i = 0; i < 5; i++) {
        char digit = fifteen.charAt(part + i);
        capitals |= digit >= 'A' && digit <= 'Z' ? 1 << i : 0;
      }
      id.append(CHECKSUM.charAt(capitals));
    }
    return id.toString();
  }
}
