package io.leadgauge.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The database file without SQLite. Opened when it is first asked for, and open as long as the
 * store is, since closing any channel of the file gives up all locks that SQLite holds on it in
 * this process. So whoever uses it must not be interrupted: that closes it. Thread-safe.
 *
 * @see <a href="https://sqlite.org/howtocorrupt.html">SQLite: how to corrupt, 2.2</a>
 */
final class RawFile implements AutoCloseable {
  private final Path path;
  private @Nullable FileChannel channel;

  RawFile(Path path) {
    this.path = path;
  }

  synchronized FileChannel channel() throws IOException {
    if (channel == null) {
      channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }
    return channel;
  }

  /** Returns when all that was written until now is on the disk, by whomever. */
  void sync() {
    try {
      channel().force(false);
    } catch (IOException e) {
      throw new StoreException("cannot sync the store " + path, e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw new StoreException("cannot close the store " + path, e);
    }
  }
}
