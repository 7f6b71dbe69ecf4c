package io.leadgauge.cli;

import io.leadgauge.manifest.ManifestKind;
import io.leadgauge.model.Activation;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The versions of manifests that have been in force, from the journal, newest first. */
final class KeptVersions {
  private static final int LEAST_DIGITS = 4;

  private KeptVersions() {}

  /**
   * Returns versions.
   *
   * @param name of this manifest, {@code NAME} or {@code model/NAME}; null for all
   */
  static List<Activation> of(Path data, @Nullable String name) {
    int slash = name == null ? -1 : name.indexOf('/');
    String kind = name == null || slash < 0 ? "" : name.substring(0, slash);
    try (StoreReader reader = Store.read(data)) {
      return reader.journal().activations(name == null ? null : name.substring(slash + 1)).stream()
          .filter(one -> ManifestKind.ofWord(one.kind()).isPresent())
          .filter(one -> kind.isEmpty() || kind(one).equals(kind))
          .toList();
    }
  }

  /** Returns the versions of one manifest, of which there must be some. */
  static List<Activation> ofOne(Path data, String name) {
    List<Activation> versions = of(data, name);
    Set<String> kinds = new HashSet<>(versions.stream().map(KeptVersions::kind).toList());
    if (versions.isEmpty()) {
      throw new WrongUse("no version of " + name + " was ever in force; see leadgauge versions");
    }
    if (kinds.size() > 1) {
      throw new WrongUse(name + " names manifests of several kinds; say model/" + name);
    }
    return versions;
  }

  /** Returns the newest version whose hash begins so. */
  static Activation find(List<Activation> versions, String hash) {
    List<Activation> found = new ArrayList<>();
    for (Activation version : versions) {
      if (hash.length() >= LEAST_DIGITS && version.hash().startsWith(hash)) {
        found.add(version);
      }
    }
    long different = found.stream().map(Activation::hash).distinct().count();
    if (different != 1) {
      throw new WrongUse(
          (different == 0 ? "no version with the hash " : "several versions begin with ")
              + hash
              + "; see leadgauge versions");
    }
    return found.getFirst();
  }

  static String kind(Activation version) {
    return version.kind().toLowerCase(Locale.ROOT);
  }
}
