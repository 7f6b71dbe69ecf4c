package io.leadgauge.reliability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
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
  /** Where it says how many frames the log has. */
  private static final int FRAMES = 16;

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
    ByteBuffer head = head();
    return head.getInt(MOVED) < head.getInt(BEGUN);
  }

  /** Returns the beginning of the index; zeros where there is none yet. */
  private ByteBuffer head() {
    ByteBuffer head = ByteBuffer.allocate(BEGUN + Integer.BYTES).order(ByteOrder.nativeOrder());
    try (FileChannel channel = FileChannel.open(index, StandardOpenOption.READ)) {
      while (head.hasRemaining()) {
        if (channel.read(head, head.position()) < 0) {
          return ByteBuffer.allocate(head.capacity());
        }
      }
    } catch (NoSuchFileException e) {
      return head;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return head;
  }

  private long modified() {
    return file.toFile().lastModified();
  }

  /** Returns how many frames of the log are not in the main file. */
  int unmovedFrames() {
    ByteBuffer head = head();
    return head.getInt(FRAMES) - head.getInt(MOVED);
  }
}
