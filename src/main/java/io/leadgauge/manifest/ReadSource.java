package io.leadgauge.manifest;

import io.leadgauge.crm.EventSource;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An event source as far as it could be read.
 *
 * @param header its head
 * @param connection the name of the connection that it feeds; null if it could not be read
 * @param types the declared types of what it tells, with their attributes; copied
 * @param references its references to secrets; copied
 * @param complete whether it was read without an error
 * @param source the whole; null if anything is wrong, or a secret is not there
 */
record ReadSource(
    Header header,
    @Nullable String connection,
    SortedMap<String, SortedSet<String>> types,
    List<SecretReference> references,
    boolean complete,
    @Nullable EventSource source) {
  ReadSource {
    references = List.copyOf(references);
    types = Collections.unmodifiableSortedMap(new TreeMap<>(types));
  }

  /** Returns the whole as it was written; null if anything is wrong, or a secret is not there. */
  @Nullable SourceManifest manifest(String text) {
    return source == null
        ? null
        : new SourceManifest(source, ConnectionHash.of(source, references), text);
  }

  /** Tells whether it feeds a connection, or one of those that an app makes. */
  boolean feeds(ReadConnection fed) {
    String name = fed.header().name();
    return connection != null
        && (connection.equals(name) || EventSourceChecks.isPortalOf(name, connection));
  }
}
