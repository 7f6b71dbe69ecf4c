package io.leadgauge.reliability;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What one line was acknowledged, in a file: the number of each sending, on the disk before the
 * line sends anything else. Each line has a file of its own, so that lines do not wait for each
 * other's syncs, and the order in a file is that in which the line was answered. Written by one
 * thread, read by another.
 */
final class Ledger implements AutoCloseable {
  private static final int RADIX = 36;

  private final Path file;
  private final FileChannel channel;
  private long written;
  private volatile long length;
  private long readUpTo;

  Ledger(Path file) {
    this.file = file;
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Notes that a sending was acknowledged; returns once that is on the disk. */
  void acknowledged(long sending) {
    byte[] line = (Long.toString(sending, RADIX) + "\n").getBytes(US_ASCII);
    try {
      ByteBuffer buffer = ByteBuffer.wrap(line);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    written += line.length;
    length = written;
  }

  /** Returns what was noted since this was called last. */
  List<Long> news() {
    long until = length;
    List<Long> sendings = new ArrayList<>();
    try (FileChannel reading = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) (until - readUpTo));
      while (bytes.hasRemaining()) {
        if (reading.read(bytes, readUpTo + bytes.position()) < 0) {
          throw new AssertionError(file + " has become shorter");
        }
      }
      for (String line : new String(bytes.array(), US_ASCII).split("\n", -1)) {
        if (!line.isEmpty()) {
          sendings.add(Long.parseLong(line, RADIX));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    readUpTo = until;
    return sendings;
  }

  /** Begins to read from the start again. */
  void rewind() {
    readUpTo = 0;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
