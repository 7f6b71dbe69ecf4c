package io.leadgauge.cli;

import io.leadgauge.manifest.Catalog;
import io.leadgauge.manifest.Loaded;
import io.leadgauge.manifest.Manifests;
import io.leadgauge.manifest.SecretSource;
import io.leadgauge.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
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
  /** The secret that signs the demo's webhooks. */
  static final String CLIENT_SECRET = "demo-client-secret";

  private static final String MODEL = "models/b2b-saas/model.yaml";

  /** Makes a new folder with the manifests for a sandbox at this address. */
  static DemoFolder create(URI sandbox) {
    try {
      Path path = Files.createTempDirectory("leadgauge-demo-");
      write(path.resolve("manifests").resolve(MODEL), resource("/manifests/" + MODEL));
      write(
          path.resolve("manifests/connections/demo.yaml"),
          resource("/demo/connection.yaml").replace("@API@", sandbox.toString()));
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

  /** Reads the manifests. */
  Catalog catalog() {
    SecretSource secrets =
        SecretSource.of(
            Map.of("DEMO_ACCESS_TOKEN", SandboxOptions.TOKEN, "DEMO_CLIENT_SECRET", CLIENT_SECRET),
            manifests());
    Loaded loaded = Manifests.load(manifests(), secrets);
    if (loaded.hasErrors()) {
      throw new IllegalStateException("the demo's manifests: " + loaded.problems());
    }
    return loaded.catalog();
  }
}
