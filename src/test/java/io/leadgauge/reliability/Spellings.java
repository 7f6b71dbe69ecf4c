package io.leadgauge.reliability;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The forms in which a secret may leave: as it is, in parts, encoded in the usual ways. */
final class Spellings {
  /** No part that is shorter tells a secret; one as long stands nowhere by chance. */
  private static final int PART = 12;

  private final Map<String, String> forms = new LinkedHashMap<>();

  /** Takes a secret, and what to call it. */
  Spellings(String name, String secret) {
    for (int from = 0; from + PART <= secret.length(); from += PART / 2) {
      String part = secret.substring(from, from + PART);
      if (isOwn(part)) {
        forms.put(name + ", characters from " + from, part);
      }
    }
    byte[] bytes = secret.getBytes(UTF_8);
    forms.put(name + " in hex", HexFormat.of().formatHex(bytes));
    forms.put(name + " in upper-case hex", HexFormat.of().withUpperCase().formatHex(bytes));
    forms.put(name + " for addresses", URLEncoder.encode(secret, UTF_8));
    forms.put(name + " in UTF-16", String.join("\0", secret.split("")));
    for (int shift = 0; shift < 3; shift++) {
      byte[] moved = new byte[bytes.length + shift];
      System.arraycopy(bytes, 0, moved, shift, bytes.length);
      String text = Base64.getEncoder().withoutPadding().encodeToString(moved);
      // The first and the last characters depend on what stands around.
      String inner = text.substring(shift == 0 ? 0 : shift + 1, text.length() - 2);
      forms.put(name + " in base64, moved by " + shift, inner);
      forms.put(
          name + " in base64 for addresses, moved by " + shift,
          inner.replace('+', '-').replace('/', '_'));
    }
    if (secret.startsWith("whsec_")) {
      byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
      forms.put(name + " decoded", new String(key, ISO_8859_1));
    }
  }

  /** What all secrets begin with tells none of them. */
  private static boolean isOwn(String part) {
    return Doors.SECRETS.values().stream().filter(one -> one.contains(part)).count() == 1;
  }

  /** Returns what of it stands in bytes; empty if nothing does. */
  Optional<String> in(byte[] bytes) {
    String text = new String(bytes, ISO_8859_1);
    return forms.entrySet().stream()
        .filter(form -> text.contains(form.getValue()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  @Override
  public String toString() {
    return Arrays.toString(forms.keySet().toArray());
  }
}
