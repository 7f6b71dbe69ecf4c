package io.leadgauge.cli;

import io.leadgauge.manifest.Catalog;
import io.leadgauge.manifest.Loaded;
import io.leadgauge.manifest.Manifests;
import io.leadgauge.manifest.SecretSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The folder of a demo: manifests and data, as an installation has them, left behind to look at.
 *
 * @param path the folder
 */
record DemoFolder(Path path) {
  private static final String MODEL = "models/b2b-saas/model.yaml";

  /**
   * Makes a new folder.
   *
   * @param manifests the manifests besides the model, by their paths
   */
  static DemoFolder create(Map<String, String> manifests) {
    try {
      Path path = Files.createTempDirectory("leadgauge-demo-");
      write(path.resolve("manifests").resolve(MODEL), resource("/manifests/" + MODEL));
      for (Map.Entry<String, String> manifest : manifests.entrySet()) {
        write(path.resolve("manifests").resolve(manifest.getKey()), manifest.getValue());
      }
      return new DemoFolder(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Returns a text that is shipped in the jar. */
  static String resource(String name) {
    try (InputStream in = DemoFolder.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("not in the jar: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path manifests() {
    return path.resolve("manifests");
  }

  Path data() {
    return path.resolve("data");
  }

  /**
   * Reads the manifests.
   *
   * @param secrets by the names that they refer to
   */
  Catalog catalog(Map<String, String> secrets) {
    Loaded loaded = Manifests.load(manifests(), SecretSource.of(secrets, manifests()));
    if (loaded.hasErrors()) {
      throw new IllegalStateException("the demo's manifests: " + loaded.problems());
    }
    return loaded.catalog();
  }
}
