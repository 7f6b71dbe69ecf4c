package io.leadgauge.cli;

import io.leadgauge.crm.Connection;
import io.leadgauge.manifest.Catalog;
import io.leadgauge.manifest.ConnectionManifest;
import io.leadgauge.manifest.ModelManifest;
import io.leadgauge.model.Activation;
import io.leadgauge.pipeline.Candidate;
import io.leadgauge.pipeline.ConnectionScope;
import java.util.List;

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
    ModelManifest model = catalog.models().get(connection.model());
    if (model == null) {
      throw new IllegalArgumentException("no model " + connection.model());
    }
    return Candidate.of(
        new ConnectionScope(connection, manifest.hash(), model.model()),
        model.definition(),
        List.of(
            new Activation(now, MODEL, connection.model(), model.model().hash(), model.text()),
            new Activation(
                now, CONNECTION, connection.id().name(), manifest.hash(), manifest.text())));
  }
}
