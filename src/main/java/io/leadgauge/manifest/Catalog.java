package io.leadgauge.manifest;

import io.leadgauge.crm.EventSource;
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
 * @param sources by name; the connection that each feeds has a manifest, or an app makes it; copied
 */
public record Catalog(
    SortedMap<String, ModelManifest> models,
    SortedMap<ConnectionId, ConnectionManifest> connections,
    SortedMap<ConnectionId, AppManifest> apps,
    SortedMap<ConnectionId, EventSource> sources) {
  public Catalog {
    models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
    connections = Collections.unmodifiableSortedMap(new TreeMap<>(connections));
    apps = Collections.unmodifiableSortedMap(new TreeMap<>(apps));
    sources = Collections.unmodifiableSortedMap(new TreeMap<>(sources));
  }

  /** Tells whether there is nothing to serve: neither a connection nor an app. */
  public boolean isIdle() {
    return connections.isEmpty() && apps.isEmpty();
  }
}
