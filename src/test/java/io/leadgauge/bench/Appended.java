package io.leadgauge.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads what an appender has written. */
final class Appended {
  private Appended() {}

  static List<String> in(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    List<String> pieces = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] piece = new byte[bytes.getInt()];
      bytes.get(piece);
      pieces.add(new String(piece, UTF_8));
    }
    return pieces;
  }
}
