package io.leadgauge.cli;

import io.leadgauge.model.Clockwork;
import io.leadgauge.replay.Pseudonyms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;

/** The key by which personal data are replaced: fresh each time, or from a file. */
final class PseudonymKey {
  private static final int DIGITS = Pseudonyms.KEY_BYTES * 2;

  private PseudonymKey() {}

  /** Returns a key that nobody will know again. */
  static byte[] fresh(Clockwork clock) {
    byte[] key = new byte[Pseudonyms.KEY_BYTES];
    clock.unguessable(key);
    return key;
  }

  /** Returns the key in a file, which is made where there is none. */
  static byte[] of(Path file, Terminal terminal) {
    try {
      if (!Files.exists(file)) {
        byte[] key = fresh(terminal.clock());
        createPrivate(file);
        Files.writeString(file, HexFormat.of().formatHex(key) + "\n");
        terminal.err().println("leadgauge: made a key in " + file + "; keep it to itself");
        return key;
      }
      return HexFormat.of().parseHex(digits(file));
    } catch (IOException e) {
      throw new WrongUse("cannot read or make the key " + file + ": " + FileTrouble.of(e));
    }
  }

  private static String digits(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
    if (!text.matches("[0-9a-fA-F]{" + DIGITS + ",1024}") || text.length() % 2 != 0) {
      throw new WrongUse(
          file + " is no key, expected " + DIGITS + " hex digits or more: openssl rand -hex 32");
    }
    return text;
  }

  private static void createPrivate(Path file) throws IOException {
    if (file.toAbsolutePath().getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } else {
      Files.createFile(file);
    }
  }
}
