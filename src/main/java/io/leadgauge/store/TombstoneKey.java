package io.leadgauge.store;

import io.leadgauge.model.RecordRef;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key under which erased ids are remembered: a private file of the data folder, made at the
 * first start. Without it the hashes say nothing of anybody; ids are short, and could otherwise be
 * guessed one by one.
 *
 * <p>Hashes cannot be made into those of another key. So where a restore carries tombstones into a
 * store with a key of its own, their keys follow that one in the file: who was erased is recognised
 * by any of them, and remembered by the first. Immutable and thread-safe.
 */
final class TombstoneKey {
  static final String FILE = "erasure.key";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;

  /** The store's own first. */
  private final List<SecretKey> keys;

  private TombstoneKey(Set<SecretKey> keys) {
    this.keys = List.copyOf(keys);
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
      if (bytes.length == 0 || bytes.length % KEY_BYTES != 0) {
        throw new StoreException(file + " is no key; put back the file that was there");
      }
      return of(bytes);
    } catch (IOException e) {
      throw new StoreException("cannot use " + file, e);
    }
  }

  /** Returns the key of these bytes. */
  static TombstoneKey of(byte[] bytes) {
    Set<SecretKey> keys = new LinkedHashSet<>();
    for (int from = 0; from < bytes.length; from += KEY_BYTES) {
      byte[] one = Arrays.copyOfRange(bytes, from, from + KEY_BYTES);
      keys.add(new SecretKeySpec(one, ALGORITHM));
    }
    return new TombstoneKey(keys);
  }

  /** Returns what {@link #of} makes the same key of. */
  byte[] bytes() {
    ByteBuffer all = ByteBuffer.allocate(keys.size() * KEY_BYTES);
    keys.forEach(key -> all.put(key.getEncoded()));
    return all.array();
  }

  /** Returns the same, by which tombstones of another store are recognised as well. */
  TombstoneKey knowing(TombstoneKey other) {
    Set<SecretKey> all = new LinkedHashSet<>(keys);
    all.addAll(other.keys);
    return new TombstoneKey(all);
  }

  /** Written beside and moved, so that a crash leaves a whole key or none. */
  private static void create(Path folder, Path file) throws IOException {
    Path fresh = folder.resolve(FILE + ".new");
    Files.deleteIfExists(fresh);
    write(fresh, generated());
    try {
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException e) {
      Files.delete(fresh);
    }
  }

  /** Writes a key into a file that is not there yet; returns when it is on the disk. */
  static void write(Path file, byte[] key) throws IOException {
    Durable.createFile(file);
    Files.write(file, key);
    Durable.sync(file);
  }

  private static byte[] generated() {
    try {
      return KeyGenerator.getInstance(ALGORITHM).generateKey().getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + ALGORITHM, e);
    }
  }

  /** Returns the hash of a record's key, by which it is remembered. */
  Hash hash(RecordRef ref) {
    return hash(keys.getFirst(), text(ref));
  }

  /** Returns all hashes that a tombstone of a record may have. */
  List<Hash> hashes(RecordRef ref) {
    List<Hash> hashes = new ArrayList<>(keys.size());
    keys.forEach(key -> hashes.add(hash(key, text(ref))));
    return hashes;
  }

  private static String text(RecordRef ref) {
    return ref.connection().name() + '\0' + ref.type() + '\0' + ref.id();
  }

  /** Returns the hash that every store with tombstones of this key holds, and no record has. */
  Hash check() {
    return hash(keys.getFirst(), "");
  }

  private static Hash hash(SecretKey key, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return Hash.of(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + ALGORITHM, e);
    }
  }
}
