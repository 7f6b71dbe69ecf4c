package io.leadgauge.manifest;

import io.leadgauge.crm.Connection;
import java.nio.file.Path;

/**
 * A connection without errors, its secrets found.
 *
 * @param connection what it says
 * @param hash 64 hex digits over its meaning and its references to secrets, not over the secrets
 * @param file its file
 * @param text the file as written
 */
public record ConnectionManifest(Connection connection, String hash, Path file, String text) {}
