package io.leadgauge.http;

import java.util.Optional;

/** What must hold of any path and query, for the fuzzer. */
public final class AddressLaw {
  private AddressLaw() {}

  /** Checks that a token never stands in what is kept of a target, and that nothing is decoded. */
  public static void check(String target) {
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    String shown = Masking.target(target);
    if (!Masking.target(shown).equals(shown)) {
      throw new AssertionError("masked in two steps");
    }
    Optional<WebhookPath> parsed = WebhookPath.parse(path);
    if (parsed.isEmpty()) {
      return;
    }
    WebhookPath parts = parsed.get();
    String token = parts.token();
    String built = "/webhooks/" + parts.connection() + (token == null ? "" : "/" + token);
    if (!built.equals(path)) {
      throw new AssertionError("the parts are not the path");
    }
    String rest = query < 0 ? "" : target.substring(query);
    String expected =
        token == null ? target : "/webhooks/" + parts.connection() + "/" + Masking.MASK + rest;
    if (!shown.equals(expected)) {
      throw new AssertionError("shown as " + shown);
    }
  }
}
