package io.leadgauge.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A file that only grows, and one thread that appends to it: whatever waits goes into one write and
 * one {@code fdatasync}, and is reported after it. The least that keeping something costs.
 */
final class Appender implements AutoCloseable {
  private static final int MOST_BYTES = 4 << 20;
  private static final Waiting LAST = new Waiting(new byte[0], () -> {});

  private final FileChannel file;
  private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(MOST_BYTES);
  private final Thread thread;
  private volatile long appended;
  private volatile long syncs;

  @SuppressWarnings("ArrayRecordComponent") // on its way to the disk
  private record Waiting(byte[] bytes, Runnable kept) {}

  Appender(Path path) throws IOException {
    file =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    thread = Thread.ofPlatform().name("append").start(this::run);
  }

  /**
   * Appends bytes.
   *
   * @param kept is called on the appender's thread once they are on the disk; must not block
   */
  void append(byte[] bytes, Runnable kept) {
    queue.add(new Waiting(bytes, kept));
  }

  /** Returns how often the file was synced. */
  long syncs() {
    return syncs;
  }

  /** Returns how much was appended, in pieces. */
  long appended() {
    return appended;
  }

  private void run() {
    List<Waiting> batch = new ArrayList<>();
    try {
      boolean isLast = false;
      while (!isLast) {
        batch.clear();
        batch.add(queue.take());
        queue.drainTo(batch);
        isLast = batch.remove(LAST);
        write(batch);
        batch.forEach(waiting -> waiting.kept().run());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  private void write(List<Waiting> batch) throws IOException {
    if (batch.isEmpty()) {
      return;
    }
    for (Waiting waiting : batch) {
      if (buffer.remaining() < waiting.bytes().length + Integer.BYTES) {
        flush();
      }
      buffer.putInt(waiting.bytes().length).put(waiting.bytes());
    }
    flush();
    file.force(false);
    syncs++;
    appended += batch.size();
  }

  private void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      file.write(buffer);
    }
    buffer.clear();
  }

  @Override
  public void close() throws IOException {
    queue.add(LAST);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    file.close();
  }
}
