package io.leadgauge.cli;

import io.leadgauge.crm.Connection;
import io.leadgauge.crm.ModelUse;
import io.leadgauge.manifest.Catalog;
import io.leadgauge.manifest.ConnectionManifest;
import io.leadgauge.manifest.ModelManifest;
import io.leadgauge.model.Activation;
import io.leadgauge.pipeline.Candidate;
import io.leadgauge.pipeline.ConnectionScope;
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
    Map<String, ModelDefinition> definitions = new TreeMap<>();
    Map<String, Activation> activations = new TreeMap<>();
    for (ModelUse use : connection.models()) {
      ModelManifest model = catalog.models().get(use.model());
      if (model == null) {
        throw new IllegalArgumentException("no model " + use.model());
      }
      definitions.put(use.name(), model.definition());
      activations.put(
          use.model(), new Activation(now, MODEL, use.model(), model.model().hash(), model.text()));
    }
    List<Activation> manifests = new ArrayList<>(activations.values());
    manifests.add(
        new Activation(now, CONNECTION, connection.id().name(), manifest.hash(), manifest.text()));
    ConnectionScope scope = new ConnectionScope(connection, manifest.hash(), manifest.models());
    return Candidate.of(scope, definitions, manifests);
  }
}
