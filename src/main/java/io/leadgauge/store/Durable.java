package io.leadgauge.store;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * Steps with files and folders that are on the disk once they are done, and what only its owner may
 * read.
 *
 * <p>A file that was synced is on the disk, and may still be lost in a power cut with the name by
 * which it is found: that belongs to the folder, and has a sync of its own.
 */
final class Durable {
  private static final String OWNER_FILE = "rw-------";
  private static final String OWNER_FOLDER = "rwx------";

  private Durable() {}

  /** Makes an empty file that only its owner may read. */
  static void createFile(Path file) throws IOException {
    Files.createFile(file, attributes(file, OWNER_FILE));
  }

  /** Makes a folder that only its owner may look into. */
  static void createFolder(Path folder) throws IOException {
    Files.createDirectory(folder, attributes(folder, OWNER_FOLDER));
  }

  private static FileAttribute<?>[] attributes(Path path, String permissions) {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /** Returns when all that was written to a file is on the disk. */
  static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Makes a folder and those above it, where there are none, so that they stay. */
  static void createFolders(Path folder) throws IOException {
    List<Path> missing = new ArrayList<>();
    Path above = folder.toAbsolutePath();
    while (above != null && !Files.exists(above)) {
      missing.add(above);
      above = above.getParent();
    }
    Files.createDirectories(folder);
    for (Path made : missing) {
      syncFolder(made.resolveSibling(""));
    }
  }

  /** Makes all names in a folder durable, and that those which went are gone. */
  static void syncFolder(Path folder) throws IOException {
    // Elsewhere a folder cannot be opened, and names are durable by themselves.
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** Returns the folder that a file or folder is in. */
  static Path folderOf(Path inside) {
    return requireNonNull(inside.toAbsolutePath().getParent());
  }

  /** Gives a file or folder another name, at once or not at all. */
  static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Removes a folder with all files in it, and in the folders in it; none is well too. */
  static void remove(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> inside = Files.newDirectoryStream(folder)) {
        for (Path one : inside) {
          remove(one);
        }
      }
    }
    Files.deleteIfExists(folder);
  }

  /**
   * Refuses to begin what has no room.
   *
   * @param folder where it is to be
   * @param bytes about how much it takes
   */
  static void requireRoom(Path folder, long bytes, String what) throws IOException {
    long free = Files.getFileStore(folder).getUsableSpace();
    if (free < bytes) {
      throw new StoreException(
          what + " takes about " + bytes + " bytes, and " + folder + " has " + free + " free");
    }
  }
}
