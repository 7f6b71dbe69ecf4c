package io.leadgauge.cli;

import io.leadgauge.manifest.Loaded;
import io.leadgauge.manifest.Manifests;
import io.leadgauge.manifest.SecretReference;
import io.leadgauge.manifest.SecretSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The folder that manifests are read from, and the files that their secrets are in. Thread-safe.
 */
final class ManifestFolder {
  private static final int DEEPEST = 4;
  private static final long MOST_FILES = 10_000;

  private final Path path;
  private final Map<String, String> environment;
  private final Set<Path> secrets = ConcurrentHashMap.newKeySet();

  ManifestFolder(Path path, Map<String, String> environment) {
    this.path = path;
    this.environment = Map.copyOf(environment);
  }

  Path path() {
    return path;
  }

  /**
   * What was read.
   *
   * @param loaded the manifests
   * @param fingerprint what the folder looked like before
   */
  record Reading(Loaded loaded, String fingerprint) {}

  /** Reads all manifests. */
  Reading read() {
    String before = manifests();
    Loaded loaded = load();
    return new Reading(loaded, before + secrets());
  }

  private Loaded load() {
    SecretSource source = SecretSource.of(environment, path);
    return Manifests.load(
        path,
        new SecretSource(
            reference -> {
              if (reference.kind() == SecretReference.Kind.FILE) {
                secrets.add(path.resolve(reference.target()));
              }
              return source.lookup().apply(reference);
            },
            true));
  }

  /**
   * Returns what changes whenever a file does: names, sizes, times, which file it is. Nothing is
   * read.
   */
  String fingerprint() {
    return manifests() + secrets();
  }

  private String secrets() {
    StringJoiner lines = new StringJoiner("\n");
    secrets.stream().sorted().forEach(file -> lines.add(line(file)));
    return lines.toString();
  }

  private String manifests() {
    StringJoiner lines = new StringJoiner("\n", "", "\n");
    try (Stream<Path> files = Files.walk(path, DEEPEST, FileVisitOption.FOLLOW_LINKS)) {
      files
          .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
          .limit(MOST_FILES)
          .sorted()
          .forEach(file -> lines.add(line(file)));
    } catch (IOException | UncheckedIOException e) {
      lines.add("unreadable: " + e.getMessage());
    }
    return lines.toString();
  }

  private static String line(Path file) {
    try {
      BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
      return seen.isDirectory()
          ? file.toString()
          : String.join(
              " ",
              file.toString(),
              Long.toString(seen.size()),
              seen.lastModifiedTime().toString(),
              String.valueOf(seen.fileKey()));
    } catch (IOException e) {
      return file + " unreadable";
    }
  }
}
