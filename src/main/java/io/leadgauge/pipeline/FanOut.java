package io.leadgauge.pipeline;

import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Due;
import io.leadgauge.model.RecordRef;
import io.leadgauge.store.StoreReader;
import io.leadgauge.store.StoredContact;
import java.lang.System.Logger;
import java.util.List;
import java.util.Map;

/**
 * Carries a change of a company, or of another record that contacts are linked to, on to those
 * contacts: a page at a time, behind live work, from a cursor that outlives a restart.
 */
final class FanOut implements AutoCloseable {
  private static final Logger LOG = System.getLogger(FanOut.class.getName());
  private static final String CURSOR = "fan-out/";
  private static final int PAGE = 100;

  private final ConnectionId id;
  private final Intake intake;
  private final StoreReader reader;
  private final Clockwork clock;
  private final Rounds rounds;

  FanOut(ConnectionId id, Intake intake, StoreReader reader, Clockwork clock) {
    this.id = id;
    this.intake = intake;
    this.reader = reader;
    this.clock = clock;
    this.rounds = new Rounds("carrying on changes of companies of " + id, LOG, clock, this::turn);
  }

  /**
   * How far a change has been carried on. A record that changes again meanwhile is not begun anew,
   * or one that changes all the time would never be carried to its last contact: the contacts that
   * were reached before are gone through once more after the end.
   *
   * @param record what changed
   * @param sequence the entry that changed it last
   * @param lastRow the number in the store of the last contact that was reached; 0 for none yet
   * @param again whether it has changed since the first contact was reached
   */
  record Position(RecordRef record, long sequence, long lastRow, boolean again) {
    private static final long DONE = -1;

    /** Returns where a change begins to be carried on. */
    static Position first(RecordRef record, long sequence) {
      return new Position(record, sequence, 0, false);
    }

    /** Returns the name of the cursor that keeps it. */
    String cursor() {
      return CURSOR + record.type() + "/" + record.id();
    }

    String text() {
      return sequence + " " + lastRow + " " + again;
    }

    /** Returns the same once contacts up to this one were scored, perhaps the last ones. */
    Position reached(long row, boolean last) {
      if (!last) {
        return new Position(record, sequence, row, again);
      }
      return new Position(record, sequence, again ? 0 : DONE, false);
    }

    /** Returns the same for a record that an entry has changed once more. */
    Position changedAgain(long entry) {
      return new Position(record, entry, lastRow, lastRow > 0);
    }

    /** Tells whether all contacts were reached. */
    boolean isDone() {
      return lastRow == DONE;
    }

    static Position of(ConnectionId connection, String cursor, String text) {
      String[] name = cursor.substring(CURSOR.length()).split("/", 2);
      String[] parts = text.split(" ", 3);
      return new Position(
          new RecordRef(connection, name[0], name[1]),
          Long.parseLong(parts[0]),
          Long.parseLong(parts[1]),
          Boolean.parseBoolean(parts[2]));
    }
  }

  void start() {
    rounds.start();
  }

  /** Tells that a record that contacts are linked to has changed. */
  void wake() {
    rounds.wake();
  }

  /** Carries on all changes by one page each; returns when to go on. */
  private long turn() {
    Map<String, String> cursors = reader.cursors(id, CURSOR);
    cursors.forEach((name, text) -> carryOn(Position.of(id, name, text)));
    return cursors.isEmpty() ? Due.NEVER : clock.now();
  }

  private void carryOn(Position position) {
    if (rounds.isClosed()) {
      return;
    }
    List<StoredContact> page = reader.linkedContacts(position.record(), position.lastRow(), PAGE);
    boolean last = page.size() < PAGE;
    long lastRow = page.isEmpty() ? position.lastRow() : page.getLast().rowId();
    Position reached = new Position(position.record(), position.sequence(), lastRow, false);
    intake.submit(new Work.Concern(id, Passes.refs(page), reached, last)).join();
  }

  @Override
  public void close() {
    rounds.close();
  }
}
