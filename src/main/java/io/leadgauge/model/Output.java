package io.leadgauge.model;

import java.util.Locale;
import java.util.Optional;

/** What a score can put into a field of the CRM. The stage is apart: it obeys the CRM's order. */
public enum Output {
  /** The shown total. */
  SCORE,
  /** The cell of the grade grid. */
  GRADE,
  /** The label, such as {@code hot}. */
  LABEL,
  /** The nurture segment. */
  SEGMENT,
  /** Why the contact is disqualified; empty when it is not. */
  DISQUALIFIED,
  /** The strongest reasons for and against, as text; never causes a write alone. */
  REASONS,
  /** Name and short hash of the model; never causes a write alone. */
  MODEL;

  /** Returns the name that manifests use. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the output that manifests call {@code word}. */
  public static Optional<Output> ofWord(String word) {
    for (Output output : values()) {
      if (output.word().equals(word)) {
        return Optional.of(output);
      }
    }
    return Optional.empty();
  }

  /** Tells whether a difference in this output alone is worth a call to the CRM. */
  public boolean causesWrite() {
    return switch (this) {
      case SCORE, GRADE, LABEL, SEGMENT, DISQUALIFIED -> true;
      case REASONS, MODEL -> false;
    };
  }
}
