package io.leadgauge.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The write-ahead log that a process has left which did not stop in order.
 *
 * <p>What a killed process has written can be read, but need not be on the disk; and where a sync
 * of it has failed, no later one brings it there, since the kernel has it for written. SQLite would
 * recover such a transaction, and put others after it. After a power cut it would find the log
 * broken before them, and they would be lost, acknowledged as they are. So all of it is written
 * once more, in place, byte by byte as it is, before anything is made of it.
 */
final class LeftLog {
  private static final int AT_ONCE = 1 << 20;

  private LeftLog() {}

  /**
   * Returns when all that can be read of a log is on the disk; does nothing where none was left.
   */
  static void makeDurable(Path log) throws IOException {
    if (!Files.exists(log)) {
      return;
    }
    try (FileChannel channel =
        FileChannel.open(log, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.allocateDirect(AT_ONCE);
      long at = 0;
      while (channel.read(bytes.clear(), at) > 0) {
        bytes.flip();
        while (bytes.hasRemaining()) {
          at += channel.write(bytes, at);
        }
      }
      channel.force(true);
    }
  }
}
