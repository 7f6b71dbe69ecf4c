package io.leadgauge.replay;

import io.leadgauge.model.RecordRef;
import org.jspecify.annotations.Nullable;

/**
 * Something that the store holds otherwise than the journal tells it.
 *
 * @param kind what differs
 * @param record of which record; null for a version of a connection
 * @param what of which property, activity, link or model
 * @param journal what follows from the journal; null for nothing
 * @param store what the store has instead; null for nothing
 * @param entry the number of the entry that should have brought it; 0 where no entry did, or one
 *     that a snapshot has taken the place of
 */
public record Difference(
    Kind kind,
    @Nullable RecordRef record,
    String what,
    @Nullable String journal,
    @Nullable String store,
    long entry) {

  /** What can differ. */
  public enum Kind {
    /** A fact of a record. */
    FACT,
    /** When something was first told of a record. */
    FIRST_SIGHT,
    /** A decision in the journal, which taken again comes out otherwise. */
    DECISION,
    /** The decision by which a contact stands, which is not the last one in the journal. */
    STANDING,
    /**
     * The version that a delivery or decision is to be read by, which the journal does not have.
     */
    VERSION;

    /** Returns it in a word for programs. */
    public String word() {
      return switch (this) {
        case FACT -> "fact";
        case FIRST_SIGHT -> "first-sight";
        case DECISION -> "decision";
        case STANDING -> "standing";
        case VERSION -> "version";
      };
    }
  }

  /** Returns the same, brought by an entry. */
  Difference by(long sequence) {
    return new Difference(kind, record, what, journal, store, sequence);
  }
}
