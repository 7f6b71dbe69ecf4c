package io.leadgauge.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * How bytes of the store are packed: the one place that packs and unpacks them.
 *
 * <p>Stored by {@link #code()}, so constants may be added but never renumbered. Deflate at its
 * fastest level, after a dictionary of what such bytes are likely to hold: an event of a few
 * hundred bytes is too short to be made much shorter without one. A dictionary never changes once a
 * store may have been written with it; a better one is another constant.
 */
enum Packing {
  /** As they came: too short, or nothing would be gained. */
  PLAIN(0, ""),
  /** A request whose body is JSON, or anything but XML. */
  JSON(1, "json-1.txt"),
  /** A request whose body is XML. */
  SOAP(2, "soap-1.txt"),
  /** Facts, as {@link FactText} writes them. */
  FACTS(3, "facts-1.txt");

  /** What is shorter is stored as it is: nothing worth while would be gained. */
  private static final int LEAST_BYTES = 64;

  private static final int BUFFER = 4_096;

  private final int code;

  @SuppressWarnings("ImmutableEnumChecker") // never changed, and never handed out
  private final byte[] dictionary;

  Packing(int code, String dictionary) {
    this.code = code;
    this.dictionary = dictionary.isEmpty() ? new byte[0] : read(dictionary);
  }

  private static byte[] read(String dictionary) {
    try (InputStream in = Packing.class.getResourceAsStream("packing/" + dictionary)) {
      if (in == null) {
        throw new IllegalStateException("the dictionary " + dictionary + " is not in this program");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int code() {
    return code;
  }

  byte[] dictionary() {
    return dictionary.clone();
  }

  static Packing ofCode(int code) {
    return switch (code) {
      case 0 -> PLAIN;
      case 1 -> JSON;
      case 2 -> SOAP;
      case 3 -> FACTS;
      default ->
          throw new StoreException("the store holds bytes packed in an unknown way: " + code);
    };
  }

  /** Returns bytes packed by this dictionary, or as they are where that would gain nothing. */
  Packed pack(byte[] plain) {
    if (dictionary.length == 0 || plain.length < LEAST_BYTES) {
      return new Packed(PLAIN, plain);
    }
    byte[] shorter = deflated(plain);
    return shorter.length < plain.length ? new Packed(this, shorter) : new Packed(PLAIN, plain);
  }

  private byte[] deflated(byte[] plain) {
    Deflater deflater = Deflaters.take();
    try {
      deflater.setDictionary(dictionary);
      deflater.setInput(plain);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 2 + LEAST_BYTES);
      byte[] buffer = new byte[Math.min(BUFFER, plain.length + LEAST_BYTES)];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    } finally {
      Deflaters.giveBack(deflater);
    }
  }

  /** Returns what was packed. */
  byte[] unpack(byte[] packed) {
    return dictionary.length == 0 ? packed : inflated(packed);
  }

  private byte[] inflated(byte[] packed) {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setDictionary(dictionary);
      inflater.setInput(packed);
      ByteArrayOutputStream out = new ByteArrayOutputStream(packed.length * 4);
      byte[] buffer = new byte[BUFFER];
      while (!inflater.finished()) {
        int count = inflater.inflate(buffer);
        if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          throw new StoreException("the store holds bytes that cannot be unpacked: they end early");
        }
        out.write(buffer, 0, count);
      }
      return out.toByteArray();
    } catch (DataFormatException e) {
      throw new StoreException("the store holds bytes that cannot be unpacked", e);
    } finally {
      inflater.end();
    }
  }

  /** Deflaters to be used again: each has a quarter of a megabyte of its own to be made ready. */
  private static final class Deflaters {
    private static final int MOST = 8;
    private static final Queue<Deflater> IDLE = new ConcurrentLinkedQueue<>();
    private static final AtomicInteger COUNT = new AtomicInteger();

    static Deflater take() {
      Deflater idle = IDLE.poll();
      if (idle == null) {
        return new Deflater(Deflater.BEST_SPEED, true);
      }
      COUNT.decrementAndGet();
      return idle;
    }

    static void giveBack(Deflater deflater) {
      if (COUNT.incrementAndGet() > MOST) {
        COUNT.decrementAndGet();
        deflater.end();
        return;
      }
      deflater.reset();
      IDLE.add(deflater);
    }
  }
}
