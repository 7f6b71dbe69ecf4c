package io.leadgauge.pipeline;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordRef;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * How far the change of a record has been carried on to the contacts that are linked to it.
 *
 * <p>A record that changes again while it is carried on is not begun anew, or one that changes all
 * the time would never be carried to its last contact: the contacts that were reached before are
 * gone through once more after the end. Only what is counted is counted anew: by one change a
 * contact may stay where it is, and be moved by the next.
 *
 * @param record what changed
 * @param sequence the entry that changed it last
 * @param phase what is done with its contacts
 * @param lastRow the number in the store of the last contact that was reached; 0 for none yet
 * @param again whether it has changed since the first contact was reached
 * @param moved how many of its contacts it would move to another stage, as far as they were counted
 */
record FanOutPosition(
    RecordRef record, long sequence, Phase phase, long lastRow, boolean again, long moved) {
  /** Begins the name of every cursor that keeps one. */
  static final String CURSOR = "fan-out/";

  private static final long DONE = -1;

  /** What is done with the contacts of a record that has changed. */
  enum Phase {
    /** What would be moved is counted, where there are enough of them to be too many. */
    COUNTING,

    /** Too many would be moved: they are scored, and their stages held back, until approval. */
    HELD,

    /** They are scored, and whatever follows is written. */
    OPEN
  }

  /** Returns where a change begins to be carried on. */
  static FanOutPosition first(RecordRef record, long sequence) {
    return new FanOutPosition(record, sequence, Phase.COUNTING, 0, false, 0);
  }

  /** Returns positions from the cursors that keep them, in their order. */
  static List<FanOutPosition> of(ConnectionId connection, SortedMap<String, String> cursors) {
    List<FanOutPosition> positions = new ArrayList<>();
    cursors.forEach((name, text) -> positions.add(of(connection, name, text)));
    return positions;
  }

  /** Returns the name of the cursor that keeps it. */
  String cursor() {
    return CURSOR + record.type() + "/" + record.id();
  }

  String text() {
    return sequence + " " + phase + " " + lastRow + " " + again + " " + moved;
  }

  static FanOutPosition of(ConnectionId connection, String cursor, String text) {
    String[] name = cursor.substring(CURSOR.length()).split("/", 2);
    String[] parts = text.split(" ", 5);
    return new FanOutPosition(
        new RecordRef(connection, name[0], name[1]),
        Long.parseLong(parts[0]),
        Phase.valueOf(parts[1]),
        Long.parseLong(parts[2]),
        Boolean.parseBoolean(parts[3]),
        Long.parseLong(parts[4]));
  }

  /** Returns the same once contacts up to this one were counted, of which so many would move. */
  FanOutPosition counted(long row, long more) {
    return new FanOutPosition(record, sequence, phase, row, again, moved + more);
  }

  /** Returns the same at the first contact again, to be done with them what this phase says. */
  FanOutPosition in(Phase next) {
    return new FanOutPosition(record, sequence, next, 0, false, moved);
  }

  /** Returns the same once contacts up to this one were scored, perhaps the last ones. */
  FanOutPosition reached(long row, boolean last) {
    if (!last) {
      return new FanOutPosition(record, sequence, phase, row, again, moved);
    }
    return again
        ? first(record, sequence)
        : new FanOutPosition(record, sequence, phase, DONE, false, moved);
  }

  /** Returns the same for a record that an entry has changed once more. */
  FanOutPosition changedAgain(long entry) {
    return switch (phase) {
      case COUNTING, HELD -> first(record, entry);
      case OPEN -> new FanOutPosition(record, entry, phase, lastRow, lastRow > 0, moved);
    };
  }

  /**
   * Tells whether this is where another one stands; while a change is held back, perhaps further
   * on, since that it is held is what is decided on, and not how far it was carried meanwhile.
   */
  boolean isOfSameCause(FanOutPosition other) {
    return equals(other)
        || (phase == Phase.HELD
            && phase == other.phase
            && sequence == other.sequence
            && record.equals(other.record));
  }

  /** Tells whether all contacts were reached, by what is done in this phase. */
  boolean isAtEnd() {
    return lastRow == DONE;
  }

  /** Tells whether nothing is left to be done. */
  boolean isDone() {
    return phase == Phase.OPEN && isAtEnd();
  }
}
