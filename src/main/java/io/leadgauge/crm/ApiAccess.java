package io.leadgauge.crm;

import io.leadgauge.model.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * How the CRM's API is reached.
 *
 * @param base scheme and host, without a path
 * @param version the API version, such as {@code 2026-03}, or {@code v3} for the undated paths
 * @param token where the bearer token of a call comes from
 * @param timeout how long one call may take
 * @param callsPerTenSeconds the burst budget to start from; the CRM's own headers correct it
 * @param dailyShare how many of a hundred calls that the CRM takes in a day may be ours
 * @param goodUntil until when the credentials are good, in milliseconds since 1970; {@link
 *     Long#MAX_VALUE} where nobody has said
 */
public record ApiAccess(
    URI base,
    String version,
    TokenSource token,
    Duration timeout,
    int callsPerTenSeconds,
    int dailyShare,
    long goodUntil) {
  private static final int ALL = 100;

  /** Makes an access that may use all calls of a day. */
  public ApiAccess(
      URI base, String version, TokenSource token, Duration timeout, int callsPerTenSeconds) {
    this(base, version, token, timeout, callsPerTenSeconds, ALL);
  }

  /** Makes an access by credentials of which nobody has said how long they are good. */
  public ApiAccess(
      URI base,
      String version,
      TokenSource token,
      Duration timeout,
      int callsPerTenSeconds,
      int dailyShare) {
    this(base, version, token, timeout, callsPerTenSeconds, dailyShare, Long.MAX_VALUE);
  }

  /** Returns the same by credentials that are good until an instant. */
  public ApiAccess goodUntil(long instant) {
    return new ApiAccess(base, version, token, timeout, callsPerTenSeconds, dailyShare, instant);
  }

  /** Returns until when its credentials are good, if anybody has said. */
  public List<Expiry> expiries() {
    return goodUntil == Long.MAX_VALUE
        ? List.of()
        : List.of(
            new Expiry(
                "credentials",
                goodUntil,
                "make new ones in the CRM, put them where the manifest finds them, and set expires"
                    + " beside them"));
  }

  /** Makes an access by a token that stays the same. */
  public ApiAccess(
      URI base, String version, Secret token, Duration timeout, int callsPerTenSeconds) {
    this(base, version, new FixedToken(token), timeout, callsPerTenSeconds);
  }
}
