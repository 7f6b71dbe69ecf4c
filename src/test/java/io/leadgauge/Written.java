package io.leadgauge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that a test writes: manifests for the most part. */
public final class Written {
  private Written() {}

  /**
   * Writes a file, and the folders that it stands in.
   *
   * @param folder which need not be there
   * @param name the file's path within it
   */
  public static void to(Path folder, String name, String text) {
    Path file = folder.resolve(name);
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
