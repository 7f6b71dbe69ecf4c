package io.leadgauge.replay;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.replay.CaptureLines.UnreadableLineException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries of a file of {@link CaptureLines}. All lines are looked at before the first is
 * used; only their places are kept in memory.
 */
public final class CaptureFile implements Recording {
  /** The longest line, in bytes; more than twice what a delivery may have. */
  private static final int LONGEST = 16 << 20;

  private final Path file;
  private final FileChannel channel;
  private final long[] begins;
  private final long[] lengths;
  private final long[] instants;

  private CaptureFile(Path file, FileChannel channel, long[][] index) {
    this.file = file;
    this.channel = channel;
    this.begins = index[0];
    this.lengths = index[1];
    this.instants = index[2];
  }

  /** A file is no capture; the message names the line. */
  public static final class UnreadableCaptureException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableCaptureException(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * Opens a file.
   *
   * @param which only deliveries that pass this are among them
   * @throws UnreadableCaptureException if a line is no delivery
   * @throws IOException if the file cannot be read
   */
  public static CaptureFile open(Path file, Predicate<CapturedDelivery> which)
      throws UnreadableCaptureException, IOException {
    LongStream.Builder begins = LongStream.builder();
    LongStream.Builder lengths = LongStream.builder();
    LongStream.Builder instants = LongStream.builder();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      long begin = 0;
      int number = 1;
      byte[] line = line(in, file, number);
      while (line != null) {
        if (!isBlank(line)) {
          CapturedDelivery delivery = read(line, file, number);
          if (which.test(delivery)) {
            begins.add(begin);
            lengths.add(line.length);
            instants.add(delivery.receivedAt());
          }
        }
        begin += line.length + 1L;
        number++;
        line = line(in, file, number);
      }
    }
    long[][] index = {
      begins.build().toArray(), lengths.build().toArray(), instants.build().toArray()
    };
    return new CaptureFile(file, FileChannel.open(file), index);
  }

  private static CapturedDelivery read(byte[] line, Path file, int number)
      throws UnreadableCaptureException {
    try {
      return CaptureLines.read(line);
    } catch (UnreadableLineException e) {
      throw new UnreadableCaptureException(file + ":" + number + ": " + e.getMessage());
    }
  }

  /** Returns the next line without its end; null if there is none. */
  private static byte @Nullable [] line(InputStream in, Path file, int number)
      throws IOException, UnreadableCaptureException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int one = in.read();
    if (one < 0) {
      return null;
    }
    while (one >= 0 && one != '\n') {
      if (line.size() == LONGEST) {
        throw new UnreadableCaptureException(
            file + ":" + number + ": the line has more than " + LONGEST + " bytes");
      }
      line.write(one);
      one = in.read();
    }
    return line.toByteArray();
  }

  private static boolean isBlank(byte[] line) {
    for (byte one : line) {
      if (one > ' ' || one < 0) {
        return false;
      }
    }
    return true;
  }

  /** Tells whether a delivery is of a connection, if one is asked for, and came in a time. */
  public static Predicate<CapturedDelivery> of(
      @Nullable ConnectionId connection, long since, long until) {
    return delivery ->
        (connection == null
                || delivery.connection() == null
                || connection.equals(delivery.connection()))
            && (delivery.receivedAt() == 0
                || (delivery.receivedAt() >= since && delivery.receivedAt() < until));
  }

  @Override
  public int size() {
    return begins.length;
  }

  @Override
  public long receivedAt(int place) {
    return instants[place];
  }

  @Override
  public Optional<CapturedDelivery> read(int place) {
    ByteBuffer line = ByteBuffer.allocate(Math.toIntExact(lengths[place]));
    try {
      while (line.hasRemaining() && channel.read(line, begins[place] + line.position()) >= 0) {
        // Until all of it is there.
      }
      return Optional.of(CaptureLines.read(line.array()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (UnreadableLineException e) {
      throw new IllegalStateException(file + " has changed meanwhile", e);
    }
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
