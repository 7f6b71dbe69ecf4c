package io.leadgauge.manifest;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** A kind of manifest of which every version that comes into force is kept. */
public enum ManifestKind {
  CALENDAR(CalendarReader.KIND, "calendars"),
  MODEL(ModelReader.KIND, "models"),
  CONNECTION(ConnectionReader.KIND, "connections"),
  APP(AppReader.KIND, "apps"),
  EVENT_SOURCE(EventSourceReader.KIND, "sources");

  private final String word;
  private final String folder;

  ManifestKind(String word, String folder) {
    this.word = word;
    this.folder = folder;
  }

  /** Returns the word that manifests use for it. */
  public String word() {
    return word;
  }

  /** Returns what manifests call so. */
  public static Optional<ManifestKind> ofWord(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }

  /** Returns where a manifest of this kind is in a folder of manifests. */
  public Path file(Path manifests, String name) {
    Path of = manifests.resolve(folder);
    return this == MODEL ? of.resolve(name).resolve("model.yaml") : of.resolve(name + ".yaml");
  }
}
