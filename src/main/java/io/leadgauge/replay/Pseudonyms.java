package io.leadgauge.replay;

import io.leadgauge.replay.KeyedPermutation.Pair;
import io.leadgauge.scoring.MailboxKind;
import io.leadgauge.scoring.Mailboxes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What stands for personal data: by an HMAC under a key, so that the same value is always replaced
 * by the same, and nobody without the key can tell by which. Not thread-safe.
 */
public final class Pseudonyms {
  /** How many bytes a key has at least. */
  public static final int KEY_BYTES = 32;

  private static final int SHORT = 15;
  private static final int PREFIX = 3;
  private static final int HALF = 6;
  private static final int MOST_DIGITS = 18;
  private static final String BASE_62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final String SUFFIXES = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
  private static final String CONSONANTS = "bdfgklmnprstvz";
  private static final String VOWELS = "aeiou";
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}'’.-]+");
  private static final Pattern DIGIT = Pattern.compile("[0-9]");

  private final Mac mac;
  private final boolean keepsDomains;

  /**
   * Makes them.
   *
   * @param key at least {@value #KEY_BYTES} bytes that nobody can guess
   * @param keepsDomains whether the domain of an e-mail address stays
   */
  public Pseudonyms(byte[] key, boolean keepsDomains) {
    if (key.length < KEY_BYTES) {
      throw new IllegalArgumentException("the key has less than " + KEY_BYTES + " bytes");
    }
    try {
      mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC-SHA256", e);
    }
    this.keepsDomains = keepsDomains;
  }

  /** Returns what stands for an e-mail address; upper and lower case are one. */
  String address(String address) {
    String plain = plain(address);
    int at = plain.lastIndexOf('@');
    return "p" + hex("address", plain, 10) + "@" + domain(plain.substring(at + 1));
  }

  /** Returns what stands for a domain. Where anybody has mailboxes, it tells nothing of anybody. */
  String domain(String domain) {
    String plain = plain(domain);
    MailboxKind kind = Mailboxes.kind(plain);
    boolean stays = keepsDomains || kind == MailboxKind.FREE || kind == MailboxKind.DISPOSABLE;
    return stays ? plain : "d" + hex("domain", plain, 10) + ".example";
  }

  /** Returns what stands for a name, word by word, so that a full name fits its parts. */
  String name(String name) {
    return replaced(WORD, name, word -> word(plain(word)));
  }

  /** Returns what stands for a text. */
  String text(String text) {
    return "text-" + hex("text", text.strip(), 12);
  }

  /** Returns what stands for a name that nobody reads, such as a visitor's. */
  String token(String token) {
    return "t" + hex("token", token.strip(), 16);
  }

  /** Returns a number of the same shape, each digit replaced; the first is no zero. */
  String digits(String number) {
    String key = number.replaceAll("[^0-9]", "");
    byte[] stream = digest("digits", key);
    int[] next = {0};
    return replaced(
        DIGIT,
        number,
        digit -> {
          int place = next[0]++;
          int random = stream[place % stream.length] & 0xFF;
          return Integer.toString(place == 0 ? 1 + random % 9 : random % 10);
        });
  }

  /** Returns a day in the second half of the last century. */
  String day(String day) {
    byte[] digest = digest("day", day);
    return String.format(
        Locale.ROOT,
        "19%02d-%02d-%02d",
        50 + (digest[0] & 0xFF) % 50,
        1 + (digest[1] & 0xFF) % 12,
        1 + (digest[2] & 0xFF) % 28);
  }

  /** Returns what stands for an id of digits: as many of them. No two ids become one. */
  String numericId(String id) {
    if (id.length() > MOST_DIGITS || id.startsWith("0")) {
      return digits(id);
    }
    int length = id.length();
    KeyedPermutation permutation =
        new KeyedPermutation(
            power(10, length - length / 2),
            power(10, length / 2),
            (round, half) -> number("id" + length + "/" + round, Long.toString(half)));
    return Long.toString(permutation.of(Long.parseLong(id), power(10, length - 1)));
  }

  /**
   * Returns what stands for a Salesforce id of 15 or 18 characters: one of the same object, in the
   * same form. No two ids become one.
   */
  String salesforceId(String id) {
    String prefix = id.substring(0, PREFIX);
    long half = power(BASE_62.length(), HALF);
    Pair made =
        new KeyedPermutation(half, half, (round, one) -> number(prefix + round, Long.toString(one)))
            .of(
                new Pair(
                    fromBase62(id.substring(PREFIX, PREFIX + HALF)),
                    fromBase62(id.substring(PREFIX + HALF, SHORT))));
    String text = prefix + toBase62(made.upper()) + toBase62(made.lower());
    return id.length() == SHORT ? text : text + checksum(text);
  }

  private static long fromBase62(String text) {
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      number = number * BASE_62.length() + BASE_62.indexOf(text.charAt(i));
    }
    return number;
  }

  private static String toBase62(long number) {
    char[] text = new char[HALF];
    long rest = number;
    for (int i = HALF - 1; i >= 0; i--) {
      text[i] = BASE_62.charAt(Math.toIntExact(rest % BASE_62.length()));
      rest /= BASE_62.length();
    }
    return new String(text);
  }

  /** Tells which of the 15 characters are upper case, as Salesforce does. */
  private static String checksum(String id) {
    StringBuilder suffix = new StringBuilder();
    for (int block = 0; block < SHORT; block += 5) {
      int capitals = 0;
      for (int place = 0; place < 5; place++) {
        char letter = id.charAt(block + place);
        capitals |= letter >= 'A' && letter <= 'Z' ? 1 << place : 0;
      }
      suffix.append(SUFFIXES.charAt(capitals));
    }
    return suffix.toString();
  }

  /** Three or four syllables with a capital letter. */
  private String word(String word) {
    byte[] digest = digest("name", word);
    StringBuilder made = new StringBuilder();
    int syllables = 3 + (digest[0] & 1);
    for (int i = 0; i < syllables; i++) {
      made.append(CONSONANTS.charAt((digest[2 * i + 1] & 0xFF) % CONSONANTS.length()));
      made.append(VOWELS.charAt((digest[2 * i + 2] & 0xFF) % VOWELS.length()));
    }
    made.setCharAt(0, Character.toUpperCase(made.charAt(0)));
    return made.toString();
  }

  private static String replaced(Pattern pattern, String text, UnaryOperator<String> replacement) {
    Matcher matcher = pattern.matcher(text);
    return matcher.replaceAll(found -> Matcher.quoteReplacement(replacement.apply(found.group())));
  }

  private static String plain(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }

  private static long power(long base, int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= base;
    }
    return power;
  }

  private long number(String kind, String value) {
    byte[] digest = digest(kind, value);
    long number = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      number = number << Byte.SIZE | (digest[i] & 0xFF);
    }
    return number;
  }

  private String hex(String kind, String value, int length) {
    return HexFormat.of().formatHex(digest(kind, value)).substring(0, length);
  }

  private byte[] digest(String kind, String value) {
    return mac.doFinal((kind + "\0" + value).getBytes(StandardCharsets.UTF_8));
  }
}
