package io.leadgauge.pipeline;

import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import java.util.Set;

/**
 * The last backfill of a connection. What it brought is dated just before it began, so that a
 * contact that nothing has happened to since can be told from all others.
 *
 * @param since when it began, by our clock; 0 for never
 * @param held what is still held back from the CRM
 * @param lostSince where it reads what a restore had lost, from when on that was, by the CRM's
 *     clock; else 0
 * @param unread the contacts that it could not read after a restore, of which nothing is written;
 *     copied
 */
record Recall(long since, Held held, long lostSince, Set<RecordRef> unread) {
  static final Recall NONE = new Recall(0, Held.NOTHING, 0, Set.of());

  Recall {
    unread = Set.copyOf(unread);
  }

  /** Returns the same without having read some contacts. */
  Recall without(Set<RecordRef> contacts) {
    return new Recall(since, held, lostSince, contacts);
  }

  /** What is not written. */
  enum Held {
    /** All is written. */
    NOTHING,

    /** Contacts that nothing has happened to since it began. */
    UNTOUCHED,

    /**
     * All contacts, and tasks: what the CRM was last known to hold is not what it holds. Nor is
     * what is decided meanwhile any reason for a hand-off.
     */
    ALL
  }

  /** Returns the instant that what it brings is dated. */
  long date() {
    return since - 1;
  }

  /** Tells whether nothing at all is written. */
  boolean holdsAll() {
    return held == Held.ALL;
  }

  /** Tells whether what the CRM holds of a contact was to be read, and is not. */
  boolean holds(RecordRef contact) {
    return holdsAll() || unread.contains(contact);
  }

  /** Tells whether something that was decided at an instant may have been done and forgotten. */
  boolean mayForget(long at) {
    return lostSince > 0 && at < since;
  }

  /** Tells whether all that is known of a contact came by the backfill. */
  boolean brought(RecordState state) {
    return since > 0 && state.standings().isEmpty() && state.changedAt() == date();
  }
}
