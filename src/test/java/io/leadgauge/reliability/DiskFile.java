package io.leadgauge.reliability;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A file as it is known to stand on a disk, and what was done to it since that the disk may hold or
 * not.
 */
final class DiskFile {
  /** What a disk writes whole or not at all. */
  private static final int SECTOR = 512;

  private byte[] durable = {};
  private int length;
  private List<Change> pending = new ArrayList<>();
  private int settled;

  /** What was done to the file, and is not known to be on the disk. */
  private sealed interface Change {
    @SuppressWarnings("ArrayRecordComponent") // as many as there were writes; nobody changes it
    record Write(int at, byte[] bytes) implements Change {}

    /** Everything beyond is gone. */
    record Cut(int length) implements Change {}

    /** It became at least as long, by zeros. */
    record Room(int length) implements Change {}
  }

  void write(long at, byte[] bytes) {
    pending.add(new Change.Write(Math.toIntExact(at), bytes));
  }

  void truncate(long to) {
    pending.add(new Change.Cut(Math.toIntExact(to)));
  }

  void allocate(long to) {
    pending.add(new Change.Room(Math.toIntExact(to)));
  }

  /** Returns how many changes there were so far. */
  int changes() {
    return settled + pending.size();
  }

  /** Takes the first changes for durable. */
  void synced(int first) {
    int changes = Math.max(0, first - settled);
    pending.subList(0, changes).forEach(this::apply);
    forget(changes);
  }

  /**
   * A sync of the first changes failed. What of them is not on the disk now never will be: the
   * kernel has them for written.
   *
   * @param random chooses what is; null for nothing
   */
  void lost(int first, @Nullable SplittableRandom random) {
    int changes = Math.max(0, first - settled);
    if (random != null) {
      keepSome(changes, random);
    }
    forget(changes);
  }

  private void forget(int changes) {
    pending = new ArrayList<>(pending.subList(changes, pending.size()));
    settled += changes;
  }

  /** Returns one of all the contents that the disk may hold. */
  byte[] afterPowerCut(SplittableRandom random) {
    DiskFile copy = new DiskFile();
    copy.durable = durable.clone();
    copy.length = length;
    copy.pending = pending;
    copy.keepSome(pending.size(), random);
    return Arrays.copyOf(copy.durable, copy.length);
  }

  /** Returns what everybody reads while the power is on. */
  byte[] inMemory() {
    DiskFile copy = new DiskFile();
    copy.durable = durable.clone();
    copy.length = length;
    pending.forEach(copy::apply);
    return Arrays.copyOf(copy.durable, copy.length);
  }

  /** Any change may be kept or not, and any sector of a write, whatever came before or after it. */
  private void keepSome(int changes, SplittableRandom random) {
    List<Change> some = pending.subList(0, changes);
    switch (random.nextInt(8)) {
      case 0 -> {}
      case 1 -> some.forEach(this::apply);
      case 2 -> some.subList(0, random.nextInt(changes + 1)).forEach(this::apply);
      case 3 -> {
        int kept = random.nextInt(changes + 1);
        some.subList(0, kept).forEach(this::apply);
        if (kept < changes) {
          tear(some.get(kept), 0.5, random);
        }
      }
      case 4, 5 -> {
        double share = random.nextDouble();
        some.stream().filter(change -> random.nextDouble() < share).forEach(this::apply);
      }
      default -> {
        double share = random.nextDouble();
        some.forEach(change -> tear(change, share, random));
      }
    }
  }

  private void tear(Change change, double share, SplittableRandom random) {
    if (!(change instanceof Change.Write write)) {
      if (random.nextDouble() < share) {
        apply(change);
      }
      return;
    }
    int end = write.at() + write.bytes().length;
    int from = write.at();
    while (from < end) {
      int to = Math.min(end, (from / SECTOR + 1) * SECTOR);
      if (random.nextDouble() < share) {
        put(from, write.bytes(), from - write.at(), to - from);
      }
      from = to;
    }
  }

  private void apply(Change change) {
    switch (change) {
      case Change.Write write -> put(write.at(), write.bytes(), 0, write.bytes().length);
      case Change.Cut cut -> cut(cut.length());
      case Change.Room room -> grow(room.length());
    }
  }

  private void put(int at, byte[] bytes, int from, int count) {
    grow(at + count);
    System.arraycopy(bytes, from, durable, at, count);
  }

  private void cut(int to) {
    if (to < length) {
      Arrays.fill(durable, to, length, (byte) 0);
      length = to;
    } else {
      grow(to);
    }
  }

  private void grow(int to) {
    if (to > durable.length) {
      durable = Arrays.copyOf(durable, Math.max(to, durable.length * 3 / 2));
    }
    length = Math.max(length, to);
  }
}
