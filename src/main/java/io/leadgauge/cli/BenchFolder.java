package io.leadgauge.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a benchmark writes: a folder in which nothing was before, so that nothing of anybody is
 * measured with, and lost at the end.
 */
record BenchFolder(Path path) {
  private static final long LEAST_ROOM = 1L << 30;
  private static final long ROOM_PER_CONTACT = 20_000;

  /**
   * Returns a folder that can be used.
   *
   * @param contacts how many will be kept in it
   * @throws WrongUse if there is something in it, or its disk is too full
   */
  static BenchFolder require(Path path, int contacts) {
    try {
      Files.createDirectories(path);
      try (Stream<Path> inside = Files.list(path)) {
        if (inside.findAny().isPresent()) {
          throw new WrongUse(path + " is not empty; remove it, or name another folder with --data");
        }
      }
      requireRoom(path, contacts);
      return new BenchFolder(path);
    } catch (IOException e) {
      throw new WrongUse("cannot use " + path + ": " + FileTrouble.of(e));
    }
  }

  private static void requireRoom(Path path, int contacts) throws IOException {
    long room = Files.getFileStore(path).getUsableSpace();
    long needed = LEAST_ROOM + contacts * ROOM_PER_CONTACT;
    if (room < needed) {
      throw new WrongUse(
          "%s has room for %d MB, and %d MB are needed; take fewer --contacts, or name a folder on another disk with --data"
              .formatted(path, room >> 20, needed >> 20));
    }
  }

  /** Removes it with all that is in it. */
  void delete() throws IOException {
    List<Path> all;
    try (Stream<Path> tree = Files.walk(path)) {
      all = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path one : all) {
      Files.delete(one);
    }
  }
}
