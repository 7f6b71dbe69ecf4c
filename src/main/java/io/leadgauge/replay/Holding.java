package io.leadgauge.replay;

import io.leadgauge.scoring.Placing;
import org.jspecify.annotations.Nullable;

/**
 * Where a contact is at an instant by one model; what it has none of is empty.
 *
 * @param label the label that it holds
 * @param grade the cell of the grade grid
 * @param stage the furthest stage that is proposed
 * @param segment the nurture segment
 */
record Holding(String label, String grade, String stage, String segment) {
  static final Holding NOTHING = new Holding("", "", "", "");

  static Holding of(Placing placing) {
    return new Holding(
        orEmpty(placing.decision().label()),
        orEmpty(placing.grade()),
        orEmpty(placing.decision().stage()),
        orEmpty(placing.segment()));
  }

  String get(Kind kind) {
    return switch (kind) {
      case LABEL -> label;
      case GRADE -> grade;
      case STAGE -> stage;
      case SEGMENT -> segment;
    };
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
