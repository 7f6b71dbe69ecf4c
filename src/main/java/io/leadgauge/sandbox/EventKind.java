package io.leadgauge.sandbox;

import java.util.Optional;

/** A kind of webhook event about a record. */
public enum EventKind {
  CREATION("creation"),
  DELETION("deletion"),
  PROPERTY_CHANGE("propertyChange"),
  ASSOCIATION_CHANGE("associationChange"),
  MERGE("merge"),
  RESTORE("restore"),
  PRIVACY_DELETION("privacyDeletion");

  private final String word;

  EventKind(String word) {
    this.word = word;
  }

  /** The part of the subscription type after the dot. */
  public String word() {
    return word;
  }

  /** The kind that subscription types call {@code word}. */
  public static Optional<EventKind> ofWord(String word) {
    for (EventKind kind : values()) {
      if (kind.word.equals(word)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
