package io.leadgauge.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a webhook is sent to: {@code /webhooks/{connection}[/{token}]}, each part as it stands in
 * the address, nothing decoded.
 *
 * @param connection the part that should name a connection
 * @param token the secret last part; null where there is none
 */
record WebhookPath(String connection, @Nullable String token) {
  private static final Pattern SHAPE = Pattern.compile("/webhooks/([^/]+)(?:/([^/]+))?");

  /** Returns the parts of a raw path; empty for every other shape. */
  static Optional<WebhookPath> parse(String rawPath) {
    Matcher shape = SHAPE.matcher(rawPath);
    return shape.matches()
        ? Optional.of(new WebhookPath(shape.group(1), shape.group(2)))
        : Optional.empty();
  }
}
