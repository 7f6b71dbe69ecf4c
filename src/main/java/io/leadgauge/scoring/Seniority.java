package io.leadgauge.scoring;

import java.util.Locale;
import java.util.Optional;

/** How far up a job title stands, highest first. */
public enum Seniority {
  C_LEVEL,
  VP,
  DIRECTOR,
  MANAGER,
  /** Long practised, and leading nobody: a senior or lead specialist. */
  SENIOR,
  /** At the start, or helping someone: junior, trainee, assistant. */
  ENTRY,
  /** Still learning: student, intern, apprentice. */
  STUDENT;

  /** Returns the name that manifests use, such as {@code c-level}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the seniority that manifests call {@code word}. */
  public static Optional<Seniority> ofWord(String word) {
    for (Seniority seniority : values()) {
      if (seniority.word().equals(word)) {
        return Optional.of(seniority);
      }
    }
    return Optional.empty();
  }
}
