package io.leadgauge.manifest;

import io.leadgauge.model.ConnectionId;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The manifests of a folder that can be used. Immutable.
 *
 * @param models by name; copied
 * @param connections by name; the model of each is there; copied
 * @param apps by name; the models of each are there; copied
 * @param sources by name; the connection that each feeds has a manifest, or an app makes it; copied
 */
public record Catalog(
    SortedMap<String, ModelManifest> models,
    SortedMap<ConnectionId, ConnectionManifest> connections,
    SortedMap<ConnectionId, AppManifest> apps,
    SortedMap<ConnectionId, SourceManifest> sources) {
  public Catalog {
    models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
    connections = Collections.unmodifiableSortedMap(new TreeMap<>(connections));
    apps = Collections.unmodifiableSortedMap(new TreeMap<>(apps));
    sources = Collections.unmodifiableSortedMap(new TreeMap<>(sources));
  }

  /** Returns the sources that feed a connection, by name. */
  public List<SourceManifest> feeding(ConnectionId connection) {
    return sources.values().stream()
        .filter(one -> one.source().feeds().equals(connection))
        .toList();
  }

  /** Tells whether there is nothing to serve: neither a connection nor an app. */
  public boolean isIdle() {
    return connections.isEmpty() && apps.isEmpty();
  }
}
