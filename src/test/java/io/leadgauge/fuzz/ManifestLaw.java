package io.leadgauge.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leadgauge.crm.Connection;
import io.leadgauge.manifest.ConnectionManifest;
import io.leadgauge.manifest.ContactReader;
import io.leadgauge.manifest.Loaded;
import io.leadgauge.manifest.LoadedModel;
import io.leadgauge.manifest.Manifests;
import io.leadgauge.manifest.Problem;
import io.leadgauge.manifest.SecretSource;
import io.leadgauge.reliability.Doors;
import io.leadgauge.scoring.ModelDefinition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;

/** A manifest is read, or what is wrong is said at a place in it. */
final class ManifestLaw {
  private static final Path SOUND = folder();
  private static final Path SPOILED = folder();
  private static final Loaded LOADED =
      Manifests.load(SOUND, SecretSource.of(Doors.secrets(), SOUND));
  private static final ModelDefinition MODEL = definition();

  private ManifestLaw() {}

  private static Path folder() {
    try {
      Path folder = Files.createTempDirectory("fuzz-manifests");
      folder.toFile().deleteOnExit();
      Doors.write(folder, "http://127.0.0.1:1", "http://127.0.0.1:1", "shadow");
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ModelDefinition definition() {
    try {
      String text = Files.readString(SOUND.resolve("models/leads/model.yaml"));
      return Objects.requireNonNull(Manifests.model("model.yaml", text, SOUND).definition());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a connection that is sound. */
  static Connection connection(String name) {
    return LOADED.catalog().connections().values().stream()
        .map(ConnectionManifest::connection)
        .filter(one -> one.id().name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(LOADED.problems().toString()));
  }

  static void model(String text) {
    LoadedModel loaded = Manifests.model("model.yaml", text, SOUND);
    check(loaded.problems(), text);
    Laws.hold(loaded.definition() != null || !loaded.problems().isEmpty(), "nothing is said");
  }

  static void file(String name, byte[] bytes) {
    try {
      Path file = SPOILED.resolve(name);
      Files.write(file, bytes);
      Loaded loaded = Manifests.load(SPOILED, SecretSource.of(Doors.secrets(), SPOILED));
      restore(name);
      List<Problem> own =
          loaded.problems().stream().filter(one -> one.at().file().endsWith(name)).toList();
      String text = new String(bytes, UTF_8);
      check(own, text);
      String said = loaded.problems().toString();
      for (String secret : Doors.secrets().values()) {
        // The fuzzer sees what is compared here, and writes it into a manifest.
        Laws.hold(!said.contains(secret) || text.contains(secret), "a secret is told");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts back what the next one finds there. */
  private static void restore(String name) throws IOException {
    Path sound = SOUND.resolve(name);
    if (Files.exists(sound)) {
      Files.copy(sound, SPOILED.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    } else {
      Files.delete(SPOILED.resolve(name));
    }
  }

  static void contact(byte[] bytes) throws IOException {
    ContactReader.ReadContact read =
        ContactReader.read("contact.json", new ByteArrayInputStream(bytes), MODEL);
    check(read.problems(), new String(bytes, UTF_8));
    Laws.hold(read.contact() != null || !read.problems().isEmpty(), "nothing is said");
  }

  private static void check(List<Problem> problems, String text) {
    long lines = text.lines().count();
    for (Problem problem : problems) {
      Laws.hold(!problem.message().isBlank(), "a problem without words");
      Laws.hold(problem.at().column() >= 1, "no column");
      Laws.hold(
          problem.at().line() >= 1 && problem.at().line() <= lines + 1,
          "line " + problem.at().line() + " of " + lines);
    }
  }
}
