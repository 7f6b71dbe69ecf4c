package io.leadgauge.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files of a store as they were when it was opened. One that is moved away or removed can be
 * written as before, and nobody finds again what is written. So before each commit the names are
 * looked at: some microseconds. Immutable and thread-safe.
 */
final class OpenedFiles {
  private final Map<Path, Object> identities;

  private OpenedFiles(Map<Path, Object> identities) {
    this.identities = identities;
  }

  /** Notes files that are open now. Where the system knows files by name alone, none is. */
  static OpenedFiles of(Path... files) {
    Map<Path, Object> identities = new LinkedHashMap<>();
    for (Path file : files) {
      Object identity = identity(file);
      if (identity != null) {
        identities.put(file, identity);
      }
    }
    return new OpenedFiles(identities);
  }

  /**
   * Checks that each name still leads to the file that was opened.
   *
   * @throws StoreException if one does not
   */
  void requireInPlace() {
    identities.forEach(
        (file, identity) -> {
          if (!identity.equals(identity(file))) {
            throw new StoreException(
                file
                    + " was moved, removed or replaced while it is in use; put back what was there,"
                    + " or stop serve and start it on what is there now");
          }
        });
  }

  private static @Nullable Object identity(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return null;
    }
  }
}
