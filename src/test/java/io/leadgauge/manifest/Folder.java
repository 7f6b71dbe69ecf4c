package io.leadgauge.manifest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A folder of manifests that a test writes. */
final class Folder {
  /** The head of a model called {@code m}. */
  static final String MODEL =
      """
      apiVersion: leadgauge/v1
      kind: Model
      metadata: { name: m }
      """;

  private final Path dir;

  Folder(Path dir) {
    this.dir = dir;
  }

  Folder model(String spec) {
    return file("models/m/model.yaml", MODEL + spec);
  }

  Folder file(String name, String text) {
    return file(name, text.getBytes(StandardCharsets.UTF_8));
  }

  Folder file(String name, byte[] bytes) {
    try {
      Path file = dir.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Loaded load() {
    return Manifests.load(dir, SecretSource.none());
  }

  Loaded load(Map<String, String> environment) {
    return Manifests.load(dir, SecretSource.of(environment, dir));
  }

  /** Returns the model {@code m}, which must be there. */
  static ModelManifest model(Loaded loaded) {
    return Objects.requireNonNull(
        loaded.catalog().models().get("m"), () -> loaded.problems().toString());
  }

  /** Returns what is said of the files, without the folder's own name. */
  List<String> problems() {
    return problems(load());
  }

  List<String> problems(Loaded loaded) {
    String prefix = dir.toString().replace('\\', '/') + "/";
    return loaded.problems().stream()
        .map(problem -> problem.toString().replace(prefix, ""))
        .toList();
  }
}
