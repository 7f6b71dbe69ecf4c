package io.leadgauge.reliability;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What {@link Disk} has noted, in order. */
final class DiskTrace {
  private static final int HEAD = 24;
  private static final int HANDLE_AT = 4;
  private static final int AT_AT = 8;
  private static final int EXTRA_AT = 16;
  private static final int LENGTH_AT = 20;

  private final MappedByteBuffer bytes;
  private final List<Integer> starts = new ArrayList<>();

  private DiskTrace(MappedByteBuffer bytes) {
    this.bytes = bytes;
    for (int at = 0; at + HEAD <= bytes.limit(); at += HEAD + bytes.getInt(at + LENGTH_AT)) {
      starts.add(at);
    }
  }

  /** What was noted. */
  enum Kind {
    START('S'),
    FILE('O'),
    FOLDER('D'),
    WRITE('W'),
    TRUNCATE('T'),
    ALLOCATE('A'),
    SYNC_BEGUN('B'),
    SYNC_ENDED('E'),
    RENAME('R'),
    UNLINK('U'),
    MAKE_FOLDER('M'),
    REQUEST('I'),
    ANSWER('P');

    private static final Kind[] ALL = values();

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }

    private static Kind of(byte letter) {
      for (Kind kind : ALL) {
        if (kind.letter == letter) {
          return kind;
        }
      }
      throw new IllegalStateException("no such note: " + (char) letter);
    }
  }

  /**
   * One thing that happened.
   *
   * @param handle of which open file, folder or socket
   * @param at the offset of a write, the length of a truncated file, 0 for a sync that succeeded
   * @param extra which sync; of an opened file 1 if that emptied it
   * @param bytes what was written, or said; or names
   */
  record Note(Kind kind, int handle, long at, int extra, ByteBuffer bytes) {
    byte[] content() {
      byte[] copy = new byte[bytes.remaining()];
      bytes.duplicate().get(copy);
      return copy;
    }

    String text() {
      return new String(content(), UTF_8);
    }
  }

  static DiskTrace read(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      MappedByteBuffer bytes = channel.map(MapMode.READ_ONLY, 0, channel.size());
      bytes.order(ByteOrder.nativeOrder());
      return new DiskTrace(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns how many notes there are. */
  int size() {
    return starts.size();
  }

  /** Returns how long all of it is. */
  long length() {
    return bytes.limit();
  }

  Note note(int number) {
    int start = starts.get(number);
    return new Note(
        Kind.of(bytes.get(start)),
        bytes.getInt(start + HANDLE_AT),
        bytes.getLong(start + AT_AT),
        bytes.getInt(start + EXTRA_AT),
        bytes.slice(start + HEAD, bytes.getInt(start + LENGTH_AT)));
  }
}
