package io.leadgauge.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Writes files below a folder; those that stand there already as they should are left alone. */
final class FileTree {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final Path folder;
  private final Predicate<String> secret;

  /**
   * Makes a tree.
   *
   * @param secret tells by its path which file is for its owner's eyes alone
   */
  FileTree(Path folder, Predicate<String> secret) {
    this.folder = folder;
    this.secret = secret;
  }

  /**
   * Writes files.
   *
   * @param files the text of each by its path
   * @return what became of each
   * @throws WrongUse if one cannot be written
   */
  SortedMap<String, String> write(Map<String, String> files) {
    SortedMap<String, String> written = new TreeMap<>();
    files.forEach((name, text) -> written.put(name, write(name, text)));
    return written;
  }

  private String write(String name, String text) {
    Path file = folder.resolve(name);
    try {
      boolean there = Files.exists(file);
      Files.createDirectories(file.toAbsolutePath().getParent());
      if (secret.test(name)) {
        keepToOwner(file, there);
      }
      if (there && Files.readString(file).equals(text)) {
        return "unchanged";
      }
      Files.writeString(file, text);
      return there ? "rewritten" : "written";
    } catch (IOException e) {
      throw new WrongUse(file + " cannot be written: " + e.getMessage());
    }
  }

  /** Before anything stands in it, so that nobody can be quicker. */
  private static void keepToOwner(Path file, boolean there) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    if (there) {
      Files.setPosixFilePermissions(file, OWNER_ONLY);
    } else {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    }
  }
}
