package io.leadgauge.bench;

import io.leadgauge.manifest.Loaded;
import io.leadgauge.manifest.Manifests;
import io.leadgauge.manifest.ModelManifest;
import io.leadgauge.manifest.SecretSource;
import java.nio.file.Path;

/** The model that is measured: forty rules, in a manifest like any other. */
final class FortyRules {
  private static final Path FOLDER = Path.of("src", "bench", "manifests");

  private FortyRules() {}

  /**
   * Reads the model.
   *
   * @throws IllegalStateException if it is not there, or not in order
   */
  static ModelManifest load() {
    Loaded loaded = Manifests.load(FOLDER, SecretSource.none());
    ModelManifest model = loaded.catalog().models().get("forty-rules");
    if (model == null) {
      throw new IllegalStateException(
          FOLDER.toAbsolutePath() + ": run from the project's folder: " + loaded.problems());
    }
    return model;
  }
}
