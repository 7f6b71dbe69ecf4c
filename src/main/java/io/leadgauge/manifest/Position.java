package io.leadgauge.manifest;

import java.util.Comparator;

/**
 * A place in a file.
 *
 * @param file the file as the user named it, with {@code /} between folders
 * @param line from 1
 * @param column in characters (code points), from 1
 */
public record Position(String file, int line, int column) implements Comparable<Position> {
  private static final Comparator<Position> ORDER =
      Comparator.comparing(Position::file)
          .thenComparingInt(Position::line)
          .thenComparingInt(Position::column);

  /** Returns where a file begins. */
  static Position start(String file) {
    return new Position(file, 1, 1);
  }

  /** Returns the place some characters further on the same line. */
  Position plus(int columns) {
    return new Position(file, line, column + columns);
  }

  @Override
  public int compareTo(Position other) {
    return ORDER.compare(this, other);
  }

  /** Returns {@code file:line:column}. */
  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
