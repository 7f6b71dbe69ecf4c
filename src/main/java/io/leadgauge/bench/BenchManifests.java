package io.leadgauge.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The manifests that the benchmark serves.
 *
 * @param api where the portal is
 * @param mode what is written to it
 * @param isLinked whether contacts are scored by their company and their page views as well
 */
record BenchManifests(URI api, String mode, boolean isLinked) {
  /** Writes them into a folder. */
  void write(Path folder) throws IOException {
    write(folder.resolve("models/bench/model.yaml"), read("model.yaml"));
    write(
        folder.resolve("connections/bench.yaml"),
        read("connection.yaml")
            .replace("@API@", api.toString())
            .replace("@MODE@", mode)
            .replace("@INTERVAL@", "0s"));
  }

  /** What is in lines that end so is of those alone that are linked. */
  private String read(String name) throws IOException {
    try (InputStream in = BenchManifests.class.getResourceAsStream("/bench/" + name)) {
      String text = new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
      return isLinked ? text : text.replaceAll("(?m)^.*# linked\\R", "");
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text);
  }
}
