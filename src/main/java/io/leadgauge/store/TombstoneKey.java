package io.leadgauge.store;

import io.leadgauge.model.RecordRef;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key under which erased ids are remembered: a private file of the data folder, made at the
 * first start. Without it the hashes say nothing of anybody; ids are short, and could otherwise be
 * guessed one by one. Immutable and thread-safe.
 */
final class TombstoneKey {
  static final String FILE = "erasure.key";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int LEAST_BYTES = 32;

  private final SecretKey key;

  private TombstoneKey(SecretKey key) {
    this.key = key;
  }

  /**
   * A keyed hash, of 128 bits.
   *
   * @param high the first half
   * @param low the second half
   */
  record Hash(long high, long low) {
    byte[] bytes() {
      return ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
    }

    /** Returns all of it in hexadecimal digits. */
    String digits() {
      HexFormat hex = HexFormat.of();
      return hex.toHexDigits(high) + hex.toHexDigits(low);
    }

    static Hash of(byte[] bytes) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      return new Hash(buffer.getLong(), buffer.getLong());
    }
  }

  /** Reads the key, and makes it where there is none. */
  static TombstoneKey open(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      if (!Files.exists(file)) {
        create(folder, file);
      }
      return read(folder);
    } catch (IOException e) {
      throw new StoreException("cannot use " + file, e);
    }
  }

  /** Reads the key, which must be there. */
  static TombstoneKey read(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      byte[] bytes = Files.readAllBytes(file);
      if (bytes.length < LEAST_BYTES) {
        throw new StoreException(file + " is no key; put back the file that was there");
      }
      return new TombstoneKey(new SecretKeySpec(bytes, ALGORITHM));
    } catch (IOException e) {
      throw new StoreException("cannot use " + file, e);
    }
  }

  /** Written beside and moved, so that a crash leaves a whole key or none. */
  private static void create(Path folder, Path file) throws IOException {
    Path fresh = folder.resolve(FILE + ".new");
    Files.deleteIfExists(fresh);
    try (FileChannel channel = FileChannel.open(fresh, WRITE_NEW, ownerOnly(folder))) {
      channel.write(ByteBuffer.wrap(generated()));
      channel.force(true);
    }
    try {
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException e) {
      Files.delete(fresh);
    }
  }

  private static final Set<StandardOpenOption> WRITE_NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private static FileAttribute<?>[] ownerOnly(Path folder) {
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static byte[] generated() {
    try {
      return KeyGenerator.getInstance(ALGORITHM).generateKey().getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + ALGORITHM, e);
    }
  }

  /** Returns the hash of a record's key. */
  Hash hash(RecordRef ref) {
    return hash(ref.connection().name() + '\0' + ref.type() + '\0' + ref.id());
  }

  /** Returns the hash that every store with tombstones of this key holds, and no record has. */
  Hash check() {
    return hash("");
  }

  private Hash hash(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return Hash.of(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + ALGORITHM, e);
    }
  }
}
