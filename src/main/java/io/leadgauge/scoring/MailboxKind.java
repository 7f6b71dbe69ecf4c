package io.leadgauge.scoring;

import java.util.Locale;
import java.util.Optional;

/** What kind of mailbox an e-mail address stands for, as far as its domain tells. */
public enum MailboxKind {
  /** Anybody may have one for nothing, or with an internet line at home. */
  FREE,
  /** At a university, college or school. */
  STUDENT,
  /** Made to be thrown away. */
  DISPOSABLE,
  /** None of the others: most likely a company's own. */
  BUSINESS;

  /** Returns the name that manifests use, such as {@code free}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the kind that manifests call {@code word}. */
  public static Optional<MailboxKind> ofWord(String word) {
    for (MailboxKind kind : values()) {
      if (kind.word().equals(word)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
