package io.leadgauge.manifest;

import io.leadgauge.model.ConnectionId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The manifests of a folder that can be used. Immutable.
 *
 * @param models by name; copied
 * @param connections by name; the model of each is there; copied
 * @param apps by name; the models of each are there; copied
 */
public record Catalog(
    SortedMap<String, ModelManifest> models,
    SortedMap<ConnectionId, ConnectionManifest> connections,
    SortedMap<ConnectionId, AppManifest> apps) {
  public Catalog {
    models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
    connections = Collections.unmodifiableSortedMap(new TreeMap<>(connections));
    apps = Collections.unmodifiableSortedMap(new TreeMap<>(apps));
  }

  /** Tells whether there is nothing to serve: neither a connection nor an app. */
  public boolean isIdle() {
    return connections.isEmpty() && apps.isEmpty();
  }
}
