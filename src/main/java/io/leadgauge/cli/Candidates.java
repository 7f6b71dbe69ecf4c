package io.leadgauge.cli;

import io.leadgauge.crm.Connection;
import io.leadgauge.crm.ModelUse;
import io.leadgauge.crm.PortalNeeds;
import io.leadgauge.manifest.Catalog;
import io.leadgauge.manifest.ConnectionManifest;
import io.leadgauge.manifest.ModelManifest;
import io.leadgauge.model.Activation;
import io.leadgauge.pipeline.Candidate;
import io.leadgauge.pipeline.ConnectionScope;
import io.leadgauge.pipeline.NeedsOfPortal;
import io.leadgauge.scoring.ModelDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes of manifests what the pipeline serves. */
final class Candidates {
  /** The kinds of manifests of which versions are kept. */
  static final String MODEL = "Model";

  static final String CONNECTION = "Connection";

  private Candidates() {}

  static List<Candidate> of(Catalog catalog, long now) {
    return catalog.connections().values().stream()
        .map(manifest -> candidate(catalog, manifest, now))
        .toList();
  }

  private static Candidate candidate(Catalog catalog, ConnectionManifest manifest, long now) {
    Connection connection = manifest.connection();
    Map<String, Activation> activations = new TreeMap<>();
    for (ModelUse use : connection.models()) {
      ModelManifest model = model(catalog, use);
      activations.put(
          use.model(), new Activation(now, MODEL, use.model(), model.model().hash(), model.text()));
    }
    List<Activation> manifests = new ArrayList<>(activations.values());
    manifests.add(
        new Activation(now, CONNECTION, connection.id().name(), manifest.hash(), manifest.text()));
    return Candidate.of(scope(manifest), definitions(catalog, connection), manifests);
  }

  /** Returns what a connection needs to find in its portal. */
  static PortalNeeds needs(Catalog catalog, ConnectionManifest manifest) {
    return NeedsOfPortal.of(scope(manifest), definitions(catalog, manifest.connection()));
  }

  private static ConnectionScope scope(ConnectionManifest manifest) {
    return new ConnectionScope(manifest.connection(), manifest.hash(), manifest.models());
  }

  /** Returns what the models of a connection say, by what it calls them. */
  private static Map<String, ModelDefinition> definitions(Catalog catalog, Connection connection) {
    Map<String, ModelDefinition> definitions = new TreeMap<>();
    for (ModelUse use : connection.models()) {
      definitions.put(use.name(), model(catalog, use).definition());
    }
    return definitions;
  }

  private static ModelManifest model(Catalog catalog, ModelUse use) {
    ModelManifest model = catalog.models().get(use.model());
    if (model == null) {
      throw new IllegalArgumentException("no model " + use.model());
    }
    return model;
  }
}
