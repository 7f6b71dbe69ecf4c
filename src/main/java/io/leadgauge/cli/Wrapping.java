package io.leadgauge.cli;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines. */
final class Wrapping {
  private static final int NARROWEST = 20;

  private Wrapping() {}

  /** Breaks a text into lines at spaces; a word that is too long stands alone. */
  static List<String> of(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      boolean full = line.length() + 1 + word.length() > Math.max(NARROWEST, width);
      if (!line.isEmpty() && full) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
