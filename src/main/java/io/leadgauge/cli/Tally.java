package io.leadgauge.cli;

import io.leadgauge.manifest.Problem;
import java.util.StringJoiner;

/** Counts what a check finds. Not thread-safe. */
final class Tally {
  private int errors;
  private int warnings;
  private int notes;
  private int cases;
  private int failed;
  private int changes;
  private int unnoticed;

  void count(Problem problem) {
    switch (problem.severity()) {
      case ERROR -> errors++;
      case WARNING -> warnings++;
      case NOTE -> notes++;
    }
  }

  void cases(int all, int failing) {
    cases += all;
    failed += failing;
  }

  void changes(int all, int missed) {
    changes += all;
    unnoticed += missed;
  }

  /** Tells whether nothing is wrong; warnings and notes are not. */
  boolean isWell() {
    return errors == 0 && failed == 0 && unnoticed == 0;
  }

  /** Returns the last line of the report. */
  String verdict(boolean colour) {
    StringJoiner line = new StringJoiner(", ");
    line.add(counted(errors, "error"));
    add(line, warnings, "warning");
    add(line, notes, "note");
    line.add(
        failed == 0 ? counted(cases, "case") + " passed" : counted(failed, "case") + " failed");
    if (changes > 0) {
      line.add(unnoticed + " of " + counted(changes, "change") + " unnoticed");
    }
    String verdict = isWell() ? Style.GOOD.of("ok", colour) : Style.BAD.of("not ok", colour);
    return verdict + ": " + line;
  }

  private static void add(StringJoiner line, int count, String noun) {
    if (count > 0) {
      line.add(counted(count, noun));
    }
  }

  /** Returns a count with its noun: {@code 1 case}, {@code 2 cases}. */
  static String counted(int count, String noun) {
    return counted(count, noun, noun + "s");
  }

  /** Returns a count with its noun: {@code 1 entry}, {@code 2 entries}. */
  static String counted(int count, String one, String several) {
    return count + " " + (count == 1 ? one : several);
  }
}
