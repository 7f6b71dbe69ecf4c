package io.leadgauge.crm;

import io.leadgauge.model.Secret;
import java.net.URI;
import java.time.Duration;

/**
 * How the CRM's API is reached.
 *
 * @param base scheme and host, without a path
 * @param version the API version, such as {@code 2026-03}, or {@code v3} for the undated paths
 * @param accessToken the bearer token
 * @param timeout how long one call may take
 * @param callsPerTenSeconds the burst budget to start from; the CRM's own headers correct it
 */
public record ApiAccess(
    URI base, String version, Secret accessToken, Duration timeout, int callsPerTenSeconds) {}
