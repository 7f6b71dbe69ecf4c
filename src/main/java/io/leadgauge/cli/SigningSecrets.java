package io.leadgauge.cli;

import io.leadgauge.manifest.Catalog;
import io.leadgauge.manifest.Loaded;
import io.leadgauge.manifest.Manifests;
import io.leadgauge.manifest.Problem;
import io.leadgauge.manifest.SecretReference;
import io.leadgauge.manifest.SecretSource;
import io.leadgauge.model.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
    if (loaded.catalog().isIdle()) {
      loaded.problems().stream().filter(Problem::isError).forEach(terminal.err()::println);
      throw new WrongUse("no connection in " + manifests + " can be used");
    }
    return new SigningSecrets(loaded.catalog(), standIns);
  }

  /** Has the form of every kind of secret: as a key, 32 bytes; as base64, 48. */
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
