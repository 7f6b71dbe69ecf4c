package io.leadgauge.model;

/**
 * A version of a manifest came into force, or one of a connection that is made of manifests.
 *
 * @param receivedAt when
 * @param kind the manifest's kind, as manifests say it; {@code Configuration} for a connection with
 *     all that it is made of
 * @param name the manifest's name; of a configuration, the connection's
 * @param hash hash of its meaning
 * @param text the manifest as written, with references to secrets, never secrets; of a
 *     configuration, JSON that names its manifests
 */
public record Activation(long receivedAt, String kind, String name, String hash, String text)
    implements Entry {
  /** Returns the same, in force from an instant. */
  public Activation at(long instant) {
    return new Activation(instant, kind, name, hash, text);
  }
}
