package io.leadgauge.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * A store for the time of one piece of work, in a private folder of the data folder, on the same
 * disk as what it is made from. It goes at the end; where a kill has left one, at the next start.
 *
 * <p>Not thread-safe.
 */
public final class ScratchStore implements AutoCloseable {
  private static final String FOLDER = "rebuild.tmp";
  private static final String LOCK = "lock";

  private final Path folder;
  private final Store store;

  private ScratchStore(Path folder, Store store) {
    this.folder = folder;
    this.store = store;
  }

  /**
   * Makes an empty one.
   *
   * @param data the data folder
   * @throws StoreException if another one is at work in this folder, or it cannot be written
   */
  public static ScratchStore open(Path data) {
    Path folder = data.resolve(FOLDER);
    try {
      Files.createDirectories(folder, ownerOnly(data));
    } catch (IOException e) {
      throw new StoreException("cannot create " + folder, e);
    }
    if (!isEmptied(folder)) {
      throw new StoreException(
          "another rebuild is at work on " + data + "; wait until it is done, or stop it");
    }
    return new ScratchStore(folder, Store.open(folder));
  }

  private static FileAttribute<?>[] ownerOnly(Path data) {
    boolean posix = data.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }

  /** Removes what a kill has left behind; leaves one alone that is in use. */
  public static void sweep(Path data) {
    Path folder = data.resolve(FOLDER);
    if (Files.isDirectory(folder) && isEmptied(folder)) {
      remove(folder);
    }
  }

  /** Removes all but the lock; tells whether it was free. */
  private static boolean isEmptied(Path folder) {
    FolderLock lock;
    try {
      lock = FolderLock.take(folder);
    } catch (StoreException e) {
      return false;
    }
    try {
      for (Path file : files(folder)) {
        if (!file.endsWith(LOCK)) {
          Files.delete(file);
        }
      }
      return true;
    } catch (IOException e) {
      throw new StoreException("cannot empty " + folder, e);
    } finally {
      lock.close();
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static void remove(Path folder) {
    try {
      for (Path file : files(folder)) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new StoreException("cannot remove " + folder, e);
    }
  }

  /** Returns who writes in it. */
  public StoreWriter writer() {
    return store.writer();
  }

  /** Makes durable what was written, and keeps the log short. */
  public void commit() {
    store.writer().commit();
    store.checkpoint();
  }

  /** Opens a look at what was committed; the caller closes it. */
  public StoreReader reader() {
    return store.reader();
  }

  @Override
  public void close() {
    store.close();
    remove(folder);
  }
}
