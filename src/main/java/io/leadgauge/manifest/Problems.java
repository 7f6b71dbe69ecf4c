package io.leadgauge.manifest;

import io.leadgauge.manifest.Problem.Severity;
import java.util.List;
import java.util.TreeSet;

/** Collects problems while manifests are read. Not thread-safe. */
final class Problems {
  /** So many are reported at most; nobody reads more, and a hostile file cannot fill the memory. */
  static final int MOST = 1_000;

  private final TreeSet<Problem> found = new TreeSet<>();
  private int errors;

  void error(Position at, String message) {
    errors++;
    add(new Problem(at, Severity.ERROR, message));
  }

  void warning(Position at, String message) {
    add(new Problem(at, Severity.WARNING, message));
  }

  void note(Position at, String message) {
    add(new Problem(at, Severity.NOTE, message));
  }

  private void add(Problem problem) {
    if (found.size() < MOST) {
      found.add(problem);
    }
  }

  /** Returns how many errors there were so far; a reader compares before and after. */
  int errors() {
    return errors;
  }

  /** Returns what was found by file, line and column, none twice. */
  List<Problem> sorted() {
    return List.copyOf(found);
  }
}
