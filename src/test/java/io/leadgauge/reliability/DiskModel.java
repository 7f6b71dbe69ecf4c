package io.leadgauge.reliability;

import static io.leadgauge.Found.in;

import io.leadgauge.reliability.DiskTrace.Note;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a disk may hold at a moment, by no more than POSIX promises: content is there after a sync
 * of the file that began after it was written, a name after a sync of its folder that began after
 * it was given. All else is there or not, in any combination. Only this is taken for granted: a
 * sector is whole, a rename is undone as a whole, what a file was never given reads as zeros.
 *
 * <p>Linux is kinder: ext4 and XFS keep names in order, and the name of a new file with the file.
 */
final class DiskModel {
  /** A folder has no content. */
  private static final DiskFile FOLDER = new DiskFile();

  private final @Nullable SplittableRandom random;
  private final Map<String, DiskFile> seen = new HashMap<>();
  private final Map<String, DiskFile> durable = new TreeMap<>();
  private final List<NameChange> names = new ArrayList<>();
  private int nameChanges;
  private final Map<Integer, DiskFile> files = new HashMap<>();
  private final Map<Integer, String> folders = new HashMap<>();
  private final Map<Integer, Integer> begun = new HashMap<>();

  /**
   * Begins with a folder that does not exist.
   *
   * @param random decides what a failed sync has brought to the disk; null for nothing
   */
  DiskModel(@Nullable SplittableRandom random) {
    this.random = random;
  }

  /**
   * A change of names that is not known to be on the disk.
   *
   * @param number how many there were before
   * @param from the name that goes; null for none
   * @param to the name that comes; null for none
   * @param file what it names
   */
  private record NameChange(int number, @Nullable String from, @Nullable String to, DiskFile file) {
    boolean isIn(String folder) {
      return folder.equals(parent(to == null ? String.valueOf(from) : to));
    }

    void apply(Map<String, DiskFile> names) {
      if (from != null) {
        names.remove(from, file);
      }
      if (to != null) {
        names.put(to, file);
      }
    }
  }

  private static String parent(String name) {
    int slash = name.lastIndexOf('/');
    return slash < 0 ? "" : name.substring(0, slash);
  }

  /** Takes in what happened next. */
  void apply(Note note) {
    switch (note.kind()) {
      case START -> {
        files.clear();
        folders.clear();
        begun.clear();
      }
      case FILE -> open(note);
      case FOLDER -> folders.put(note.handle(), note.text());
      case WRITE -> file(note).write(note.at(), note.content());
      case TRUNCATE -> file(note).truncate(note.at());
      case ALLOCATE -> file(note).allocate(note.at());
      case SYNC_BEGUN -> begun.put(note.extra(), changes(note.handle()));
      case SYNC_ENDED -> synced(note);
      case RENAME -> {
        String[] both = note.text().split("\0", 2);
        DiskFile file = seen.get(both[0]);
        if (file != null) {
          change(both[0], both[1], file);
        }
      }
      case UNLINK -> {
        DiskFile file = seen.get(note.text());
        if (file != null) {
          change(note.text(), null, file);
        }
      }
      case MAKE_FOLDER -> change(null, note.text(), FOLDER);
      case REQUEST, ANSWER -> {}
    }
  }

  private DiskFile file(Note note) {
    return in(files, note.handle());
  }

  private void open(Note note) {
    DiskFile file = seen.get(note.text());
    if (file == null) {
      file = new DiskFile();
      change(null, note.text(), file);
    }
    if (note.extra() == 1) {
      file.truncate(0);
    }
    files.put(note.handle(), file);
  }

  private void change(@Nullable String from, @Nullable String to, DiskFile file) {
    NameChange change = new NameChange(nameChanges++, from, to, file);
    names.add(change);
    change.apply(seen);
  }

  private int changes(int handle) {
    DiskFile file = files.get(handle);
    return file == null ? nameChanges : file.changes();
  }

  /** A sync covers what was there when it began. */
  private void synced(Note note) {
    int first = in(begun, note.extra());
    begun.remove(note.extra());
    DiskFile file = files.get(note.handle());
    if (file == null) {
      syncedFolder(in(folders, note.handle()), first);
    } else if (note.at() == 0) {
      file.synced(first);
    } else {
      file.lost(first, random);
    }
  }

  private void syncedFolder(String folder, int first) {
    List<NameChange> covered =
        names.stream().filter(one -> one.number() < first && one.isIn(folder)).toList();
    covered.forEach(one -> one.apply(durable));
    names.removeAll(covered);
  }

  /** Returns what everybody reads while the power is on, by names below a folder. */
  Map<String, byte[]> inMemory(String folder) {
    Map<String, byte[]> all = new TreeMap<>();
    seen.forEach(
        (name, file) -> {
          if (file != FOLDER && parent(name).equals(folder)) {
            all.put(name.substring(folder.length() + 1), file.inMemory());
          }
        });
    return all;
  }

  /** Puts one of all the states that the disk may be in into a folder. */
  void powerCut(Path folder, SplittableRandom chance) {
    Map<String, DiskFile> kept = new TreeMap<>(durable);
    double share = chance.nextInt(4) == 0 ? 1 : chance.nextDouble();
    names.stream().filter(change -> chance.nextDouble() < share).forEach(one -> one.apply(kept));
    try {
      Files.createDirectories(folder);
      for (Map.Entry<String, DiskFile> one : kept.entrySet()) {
        Path path = folder.resolve(one.getKey());
        if (!Files.isDirectory(Objects.requireNonNull(path.getParent()))) {
          continue;
        }
        if (one.getValue() == FOLDER) {
          Files.createDirectories(path);
        } else {
          Files.write(path, one.getValue().afterPowerCut(chance));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
