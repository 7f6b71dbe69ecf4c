package io.leadgauge.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The text of a file.
 *
 * @param file the file as the user named it
 * @param text its text, without a byte order mark
 */
record Source(String file, String text) {
  /** The largest file that is read, in bytes. */
  static final int LARGEST = 1024 * 1024;

  /** Reads a file; null if that cannot be done, and the problems say why. */
  static @Nullable Source read(Path path, Problems problems) {
    try (InputStream in = Files.newInputStream(path)) {
      return read(shown(path), in, problems);
    } catch (IOException e) {
      problems.error(Position.start(shown(path)), "cannot be read: " + reason(e));
      return null;
    }
  }

  /** Reads a stream to its end; null if it is too long or no UTF-8. */
  static @Nullable Source read(String file, InputStream in, Problems problems) throws IOException {
    byte[] bytes = in.readNBytes(LARGEST + 1);
    if (bytes.length > LARGEST) {
      problems.error(Position.start(file), "larger than 1 MB (1,048,576 bytes), the most allowed");
      return null;
    }
    return decode(file, bytes, problems);
  }

  /** Returns how a path is shown: as given, with {@code /} between folders. */
  static String shown(Path path) {
    return path.toString().replace('\\', '/');
  }

  private static @Nullable Source decode(String file, byte[] bytes, Problems problems) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer chars = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), chars, true);
    String text = chars.flip().toString();
    if (result.isError()) {
      problems.error(end(file, text), "not UTF-8, the only encoding that is read");
      return null;
    }
    return new Source(file, text.startsWith("\uFEFF") ? text.substring(1) : text);
  }

  /** Returns the place just behind a text that begins the file. */
  static Position end(String file, String text) {
    int lineStart = text.lastIndexOf('\n') + 1;
    int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
    return new Position(file, line, 1 + text.codePointCount(lineStart, text.length()));
  }

  private static String reason(IOException e) {
    return switch (e) {
      case java.nio.file.NoSuchFileException missing -> "no such file";
      case java.nio.file.AccessDeniedException denied -> "access denied";
      case IOException other -> {
        String message = other.getMessage();
        yield message == null ? other.getClass().getSimpleName() : message;
      }
    };
  }
}
