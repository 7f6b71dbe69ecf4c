package io.leadgauge.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts a store that was made ready in the place of the one in a data folder, as a whole or not at
 * all, whenever the process ends.
 *
 * <p>All that is to be is in {@code restore-STAMP.part/new}. With the renaming to {@code
 * restore-STAMP.ready} it is decided; what follows is gone through once more after a crash, by
 * whoever opens the folder next to write. The old files go into the folder that the new ones come
 * from, and that is {@code replaced-STAMP} at the end.
 */
final class FolderSwap {
  /** Where the new data folder is, in the folder of a swap. */
  static final String NEW = "new";

  private static final String BEGINNING = "restore-";
  private static final String PART = ".part";
  private static final String READY = ".ready";
  private static final String REPLACED = "replaced-";

  /** The log before its store: a store without its log is an older one, a log alone is nothing. */
  private static final List<String> STORE =
      List.of(Store.FILE + "-wal", Store.FILE + "-shm", Store.FILE);

  private FolderSwap() {}

  /** Makes the folder of a swap, with nothing in it. */
  static Path begin(Path folder, String stamp) throws IOException {
    sweep(folder);
    Path part = folder.resolve(BEGINNING + stamp + PART);
    Durable.createFolder(part);
    Durable.createFolder(part.resolve(NEW));
    return part;
  }

  /**
   * Takes what a swap holds; returns when it is in place.
   *
   * @param part what {@link #begin} has made
   * @return where the files are that were there; null for none
   * @throws StoreException if the new store has not taken in its log, which would be left behind
   */
  static @Nullable Path commit(Path part) throws IOException {
    Path folder = Durable.folderOf(part);
    requireNoLog(part.resolve(NEW));
    for (String file : List.of(Store.FILE, TombstoneKey.FILE)) {
      Durable.sync(part.resolve(NEW).resolve(file));
    }
    Durable.syncFolder(part.resolve(NEW));
    Durable.syncFolder(part);
    String name = part.getFileName().toString();
    Path ready = folder.resolve(name.substring(0, name.length() - PART.length()) + READY);
    Durable.move(part, ready);
    Durable.syncFolder(folder);
    return complete(folder, ready);
  }

  /** SQLite empties a log when the last connection is closed, and says nothing where it cannot. */
  private static void requireNoLog(Path fresh) throws IOException {
    Path log = new SqliteFile(fresh.resolve(Store.FILE)).log();
    if (Files.exists(log) && Files.size(log) > 0) {
      throw new StoreException(
          "the new store could not take in its write-ahead log " + log + "; is there room?");
    }
  }

  /**
   * Ends a swap that was decided and cut short, and removes one that was not decided. To be called
   * by who has the folder's lock.
   */
  static void finish(Path folder) {
    try {
      Optional<Path> ready = find(folder, READY);
      if (ready.isPresent()) {
        complete(folder, ready.get());
      }
      sweep(folder);
    } catch (IOException e) {
      throw new StoreException("cannot finish a restore in " + folder, e);
    }
  }

  /** Refuses to look at a folder between two stores. */
  static void requireNone(Path folder) {
    try {
      if (Files.isDirectory(folder) && find(folder, READY).isPresent()) {
        throw new StoreException(
            "a restore into " + folder + " was cut short; start serve, which ends it");
      }
    } catch (IOException e) {
      throw new StoreException("cannot look into " + folder, e);
    }
  }

  private static @Nullable Path complete(Path folder, Path ready) throws IOException {
    Path fresh = ready.resolve(NEW);
    if (Files.exists(fresh.resolve(Store.FILE))) {
      for (String file : STORE) {
        moveIfThere(folder.resolve(file), ready.resolve(file));
      }
      if (Files.exists(fresh.resolve(TombstoneKey.FILE))) {
        moveIfThere(folder.resolve(TombstoneKey.FILE), ready.resolve(TombstoneKey.FILE));
      }
      Durable.syncFolder(ready);
      Durable.syncFolder(folder);
      moveIfThere(fresh.resolve(TombstoneKey.FILE), folder.resolve(TombstoneKey.FILE));
      Durable.move(fresh.resolve(Store.FILE), folder.resolve(Store.FILE));
      Durable.syncFolder(folder);
    }
    Durable.remove(fresh);
    Path replaced = Files.exists(ready.resolve(Store.FILE)) ? replaced(folder, ready) : null;
    if (replaced == null) {
      Durable.remove(ready);
    } else {
      Durable.move(ready, replaced);
    }
    Durable.syncFolder(folder);
    return replaced;
  }

  private static Path replaced(Path folder, Path ready) {
    String name = ready.getFileName().toString();
    String stamp = name.substring(BEGINNING.length(), name.length() - READY.length());
    return folder.resolve(REPLACED + stamp);
  }

  private static void moveIfThere(Path from, Path to) throws IOException {
    if (Files.exists(from)) {
      Durable.move(from, to);
    }
  }

  private static void sweep(Path folder) throws IOException {
    for (Optional<Path> part = find(folder, PART); part.isPresent(); part = find(folder, PART)) {
      Durable.remove(part.get());
    }
  }

  private static Optional<Path> find(Path folder, String ending) throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, BEGINNING + "*" + ending)) {
      for (Path one : found) {
        return Optional.of(one);
      }
      return Optional.empty();
    }
  }
}
