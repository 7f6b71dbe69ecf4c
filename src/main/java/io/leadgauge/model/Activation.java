package io.leadgauge.model;

/**
 * A version of a manifest came into force.
 *
 * @param receivedAt when
 * @param kind {@code Model} or {@code Connection}
 * @param name the manifest's name
 * @param hash hash of its meaning
 * @param text the manifest as written; references to secrets, never secrets
 */
public record Activation(long receivedAt, String kind, String name, String hash, String text)
    implements Entry {}
