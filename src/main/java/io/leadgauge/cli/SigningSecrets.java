package io.leadgauge.cli;

import io.leadgauge.manifest.Catalog;
import io.leadgauge.manifest.Loaded;
import io.leadgauge.manifest.Manifests;
import io.leadgauge.manifest.Problem;
import io.leadgauge.manifest.SecretReference;
import io.leadgauge.manifest.SecretSource;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Manifests with those secrets that are there. Whoever only signs needs no token of the CRM, so
 * each secret that is missing has a stand-in of its own by which it is known.
 *
 * @param catalog the manifests
 * @param standIns which reference each stand-in is for
 */
record SigningSecrets(Catalog catalog, Map<String, String> standIns) {

  /**
   * Reads a folder of manifests.
   *
   * @throws WrongUse if there is none, or none of them can be used; what is wrong was printed then
   */
  static SigningSecrets load(Path manifests, Terminal terminal) {
    if (!Files.isDirectory(manifests)) {
      throw new WrongUse("no folder " + manifests + "; name the receiver's by --manifests");
    }
    Map<String, String> standIns = new TreeMap<>();
    SecretSource real = SecretSource.of(terminal.environment(), manifests);
    Loaded loaded =
        Manifests.load(
            manifests,
            new SecretSource(
                reference -> real.find(reference).or(() -> standIn(reference, standIns)), true));
    Loaded all = Manifests.load(manifests, real.orStandIns());
    if (all.catalog().isIdle()) {
      all.problems().stream().filter(Problem::isError).forEach(terminal.err()::println);
      throw new WrongUse("no connection in " + manifests + " can be used");
    }
    return names(loaded).equals(names(all))
        ? new SigningSecrets(loaded.catalog(), standIns)
        : new SigningSecrets(
            all.catalog(),
            Map.of(SecretSource.STAND_IN, "one of " + String.join(", ", standIns.values())));
  }

  private static Set<ConnectionId> names(Loaded loaded) {
    Set<ConnectionId> names = new TreeSet<>(loaded.catalog().connections().keySet());
    names.addAll(loaded.catalog().apps().keySet());
    names.addAll(loaded.catalog().sources().keySet());
    return names;
  }

  /** Has the form of nearly every secret: as a key, 32 bytes; as base64, 48. */
  private static Optional<String> standIn(SecretReference reference, Map<String, String> known) {
    byte[] name = ("stand-in for " + reference).getBytes(StandardCharsets.UTF_8);
    try {
      String made = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(name));
      known.put(made, reference.toString());
      return Optional.of(made);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Returns what a secret should have been that is missing; empty for one that is there. */
  Optional<String> missing(Secret secret) {
    return Optional.ofNullable(standIns.get(secret.reveal()));
  }
}
