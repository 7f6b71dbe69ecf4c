package io.leadgauge.reliability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Sees whether a process is within a checkpoint, or was when it was killed: some of the log has
 * been written into the main file, and not all of it is known to be there yet. Read from the index
 * of the log, beside SQLite (<a href="https://sqlite.org/walformat.html">WAL-mode file format</a>,
 * section 2.1, as of November 2026).
 *
 * <p>Nobody may have the store open in this process meanwhile: closing a file gives up all locks
 * that a process has on it.
 */
final class CheckpointWatch {
  /** Where it says how many frames of the log are in the main file and synced. */
  private static final int MOVED = 96;

  /** Where it says how many frames a checkpoint, or a recovery, has set out to move. */
  private static final int BEGUN = 128;

  private final Path file;
  private final Path index;
  private final long before;

  /** Begins to watch, before a process is started on a data folder. */
  CheckpointWatch(Path data) {
    this.file = data.resolve("leadgauge.db");
    this.index = data.resolve("leadgauge.db-shm");
    this.before = modified();
  }

  /** Tells whether a checkpoint has begun to write and has not ended. */
  boolean isUnderWay() {
    // A recovery sets out as well. The main file changes in checkpoints alone.
    return modified() != before && begunAndNotMoved();
  }

  private boolean begunAndNotMoved() {
    ByteBuffer head = ByteBuffer.allocate(BEGUN + Integer.BYTES).order(ByteOrder.nativeOrder());
    try (FileChannel channel = FileChannel.open(index, StandardOpenOption.READ)) {
      while (head.hasRemaining()) {
        if (channel.read(head, head.position()) < 0) {
          return false;
        }
      }
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return head.getInt(MOVED) < head.getInt(BEGUN);
  }

  private long modified() {
    return file.toFile().lastModified();
  }

  /** Returns how long the log is, in bytes. */
  long logBytes() {
    Path log = file.resolveSibling(file.getFileName() + "-wal");
    try {
      return Files.exists(log) ? Files.size(log) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
