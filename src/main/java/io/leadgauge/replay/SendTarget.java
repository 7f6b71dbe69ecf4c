package io.leadgauge.replay;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where deliveries are sent again: to the paths at which they came under a base address, or all to
 * one address under {@code /webhooks/}.
 *
 * @param base scheme, host and whatever stands before {@code /webhooks/}, without a slash at its
 *     end
 * @param fixed the path and query that all are sent to; null for the one at which each came
 * @param signedBase what the receiver believes to be its public address; null for what its
 *     manifests say
 */
public record SendTarget(String base, @Nullable String fixed, @Nullable String signedBase) {
  private static final Pattern WEBHOOKS = Pattern.compile("(.*?)(/webhooks/[^/].*)");

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException if it is none of {@code http} or {@code https}
   */
  public static SendTarget of(String address, @Nullable String signedBase) {
    URI uri = URI.create(address);
    String scheme = uri.getScheme();
    boolean isWeb = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
    if (!isWeb || uri.getHost() == null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("no address of http or https");
    }
    Matcher full = WEBHOOKS.matcher(address);
    return full.matches()
        ? new SendTarget(full.group(1), full.group(2), trimmed(signedBase))
        : new SendTarget(trim(address), null, trimmed(signedBase));
  }

  private static @Nullable String trimmed(@Nullable String address) {
    return address == null ? null : trim(address);
  }

  private static String trim(String address) {
    return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
  }

  /** Returns the path that deliveries are sent to whatever theirs was. */
  Optional<String> path() {
    return Optional.ofNullable(fixed);
  }

  /** Returns what the sender signs as the base of the address. */
  String signed(URI publicUrl) {
    return signedBase != null ? signedBase : trim(publicUrl.toString());
  }
}
