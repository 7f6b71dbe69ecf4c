package io.leadgauge.crm;

import java.net.URI;
import java.time.Duration;

/**
 * How the CRM's API is reached, but for the token.
 *
 * @param base scheme and host, without a path
 * @param version the API version, such as {@code 2026-03}, or {@code v3} for the undated paths
 * @param timeout how long one call may take
 * @param callsPerTenSeconds the burst budget to start from, for each portal
 */
public record ApiSettings(URI base, String version, Duration timeout, int callsPerTenSeconds) {
  /** Returns an access with tokens from this source. */
  public ApiAccess with(TokenSource token) {
    return new ApiAccess(base, version, token, timeout, callsPerTenSeconds);
  }
}
