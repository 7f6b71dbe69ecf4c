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
 */
public record Catalog(
    SortedMap<String, ModelManifest> models,
    SortedMap<ConnectionId, ConnectionManifest> connections) {
  public Catalog {
    models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
    connections = Collections.unmodifiableSortedMap(new TreeMap<>(connections));
  }
}
