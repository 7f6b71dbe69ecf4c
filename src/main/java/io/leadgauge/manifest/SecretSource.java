package io.leadgauge.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds secrets by their references.
 *
 * @param lookup returns the secret; empty if there is none
 * @param required whether a secret that is not there is an error; else it is a note, and its
 *     connection is checked and not used
 */
public record SecretSource(Function<SecretReference, Optional<String>> lookup, boolean required) {
  /**
   * Stands in for a secret that is not there where none is needed. What form secrets have is not
   * asked of it; as a key it has 32 bytes.
   */
  public static final String STAND_IN = "0".repeat(64);

  /** The longest file that is taken for a secret, in bytes. */
  private static final int LONGEST = 64 * 1024;

  /**
   * Returns a source over environment variables and files; every secret is required.
   *
   * @param base the folder that relative paths start from
   */
  public static SecretSource of(Map<String, String> environment, Path base) {
    return new SecretSource(
        reference ->
            switch (reference.kind()) {
              case ENV -> Optional.ofNullable(environment.get(reference.target()));
              case FILE -> file(base.resolve(reference.target()));
            },
        true);
  }

  /** Returns a source that has no secret and requires none. */
  public static SecretSource none() {
    return new SecretSource(reference -> Optional.empty(), false);
  }

  /** Returns the same source, with {@link #STAND_IN} for every secret that it does not have. */
  public SecretSource orStandIns() {
    return new SecretSource(
        reference -> lookup.apply(reference).or(() -> Optional.of(STAND_IN)), required);
  }

  /** Returns the same source, requiring none. */
  public SecretSource optional() {
    return new SecretSource(lookup, false);
  }

  /** Returns a secret; empty if there is none, or a blank one. */
  public Optional<String> find(SecretReference reference) {
    return lookup.apply(reference).map(String::strip).filter(secret -> !secret.isEmpty());
  }

  private static Optional<String> file(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(LONGEST + 1);
      return bytes.length > LONGEST
          ? Optional.empty()
          : Optional.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
