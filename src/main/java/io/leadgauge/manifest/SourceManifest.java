package io.leadgauge.manifest;

import io.leadgauge.crm.EventSource;

/**
 * An event source without errors, its secrets found.
 *
 * @param source what it says
 * @param hash 64 hex digits over its meaning and its references to secrets, not over the secrets
 * @param text the file as written
 */
public record SourceManifest(EventSource source, String hash, String text) {}
