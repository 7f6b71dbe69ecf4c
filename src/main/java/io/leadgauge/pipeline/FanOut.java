package io.leadgauge.pipeline;

import io.leadgauge.crm.Guard;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Due;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.pipeline.FanOutPosition.Phase;
import io.leadgauge.store.StoreReader;
import io.leadgauge.store.StoredContact;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Carries a change of a company, or of another record that contacts are linked to, on to those
 * contacts: a page at a time, behind live work, from a cursor that outlives a restart.
 *
 * <p>A record with more contacts than the guard lets pass is counted first: its contacts are scored
 * without anything being kept, their stages held back meanwhile. If it would move too many, their
 * stages stay held back, while their fields are written, until somebody approves.
 */
final class FanOut implements AutoCloseable {
  private static final Logger LOG = System.getLogger(FanOut.class.getName());
  private static final int PAGE = 100;
  private static final long HUNDRED = 100;

  private final ConnectionId id;
  private final Scopes scopes;
  private final States states;
  private final Intake intake;
  private final StoreReader reader;
  private final Clockwork clock;
  private final Rounds rounds;

  FanOut(
      ConnectionId id,
      Scopes scopes,
      States states,
      Intake intake,
      StoreReader reader,
      Clockwork clock) {
    this.id = id;
    this.scopes = scopes;
    this.states = states;
    this.intake = intake;
    this.reader = reader;
    this.clock = clock;
    this.rounds = new Rounds("carrying on changes of companies of " + id, LOG, clock, this::turn);
  }

  void start() {
    withhold(positions(reader, id));
    rounds.start();
  }

  /** Tells that a record that contacts are linked to has changed. */
  void wake() {
    rounds.wake();
  }

  /** Returns how far each change has been carried on. */
  static List<FanOutPosition> positions(StoreReader reader, ConnectionId id) {
    List<FanOutPosition> positions = new ArrayList<>();
    reader
        .cursors(id, FanOutPosition.CURSOR)
        .forEach((name, text) -> positions.add(FanOutPosition.of(id, name, text)));
    return positions;
  }

  /**
   * Lets all contacts be moved whose stages are held back because of a record; returns how many
   * that are, 0 where none wait for it.
   */
  long approve() {
    long moved = 0;
    for (FanOutPosition position : positions(reader, id)) {
      if (position.phase() == Phase.HELD) {
        move(position, position.in(Phase.OPEN));
        moved += position.moved();
      }
    }
    withhold(positions(reader, id));
    rounds.wake();
    return moved;
  }

  /** Carries on all changes by one page each; returns when to go on. */
  private long turn() {
    long next = Due.NEVER;
    List<FanOutPosition> positions = positions(reader, id);
    withhold(positions);
    for (FanOutPosition position : positions) {
      if (!rounds.isClosed() && carryOn(position)) {
        next = clock.now();
      }
    }
    return next;
  }

  /** Takes the next step with the contacts of a record; false where there is none. */
  private boolean carryOn(FanOutPosition position) {
    if (position.phase() == Phase.HELD && position.isAtEnd()) {
      return false;
    }
    boolean small =
        position.phase() == Phase.COUNTING
            && position.lastRow() == 0
            && !isLarge(position.record());
    if (small) {
      move(position, position.in(Phase.OPEN));
      return true;
    }
    List<StoredContact> page = reader.linkedContacts(position.record(), position.lastRow(), PAGE);
    boolean last = page.size() < PAGE;
    long lastRow = page.isEmpty() ? position.lastRow() : page.getLast().rowId();
    if (position.phase() == Phase.COUNTING) {
      FanOutPosition counted = position.counted(lastRow, count(page, position.sequence()));
      move(position, last ? judged(counted) : counted);
    } else {
      FanOutPosition reached = position.reached(lastRow, false);
      intake.submit(new Work.Concern(id, Passes.refs(page), reached, last)).join();
    }
    return true;
  }

  private void move(FanOutPosition from, FanOutPosition to) {
    intake.submit(new Work.Move(from, to)).join();
  }

  /** What is being counted is held back as well, so that nothing is moved meanwhile. */
  private void withhold(List<FanOutPosition> positions) {
    Set<RecordRef> withheld = new HashSet<>();
    for (FanOutPosition position : positions) {
      boolean held =
          switch (position.phase()) {
            case HELD -> true;
            case COUNTING -> isLarge(position.record());
            case OPEN -> false;
          };
      if (held) {
        withheld.add(position.record());
      }
    }
    scopes.withhold(id, withheld);
  }

  /**
   * Tells whether a record has so many contacts that to move them all would be too much: never
   * where it has one alone, as most meetings do. What a change of configuration holds back is
   * counted with that.
   */
  private boolean isLarge(RecordRef record) {
    if (scopes.require(id).isHeld()) {
      return false;
    }
    Guard guard = guard();
    long linked = reader.countLinked(record, guard.contacts() + 1);
    long enough = guard.percent() == 0 ? linked : linked * HUNDRED / guard.percent() + 1;
    return linked > 1 && guard.isExceeded(linked, reader.countContacts(id, enough));
  }

  private Guard guard() {
    return scopes.require(id).connection().guard();
  }

  /** Counts the contacts of a page that would come to another stage. */
  private long count(List<StoredContact> page, long sequence) {
    ConnectionScope scope = scopes.require(id);
    return Passes.refs(page).stream()
        .flatMap(ref -> states.current(ref).stream())
        .filter(state -> isMoved(scope, state, sequence))
        .count();
  }

  private boolean isMoved(ConnectionScope scope, RecordState state, long sequence) {
    Working concerned = Working.of(state).concerned(sequence);
    RecordState after = Settlement.of(scope, concerned, states, clock.now(), 0).state();
    return PendingStage.of(scope, state).news(scope, after) != null;
  }

  private FanOutPosition judged(FanOutPosition counted) {
    if (!guard().isExceeded(counted.moved(), reader.countContacts(id))) {
      return counted.in(Phase.OPEN);
    }
    LOG.log(Level.WARNING, "{0}: {1}", id, described(id, counted));
    return counted.in(Phase.HELD);
  }

  /** Says what waits for approval, and how to approve it. */
  static String described(ConnectionId id, FanOutPosition held) {
    return "a change of "
        + held.record().type()
        + " "
        + held.record().id()
        + " would move "
        + held.moved()
        + " of its contacts to another stage, which is more than the guard lets pass; their stages"
        + " and tasks wait for ./leadgauge approve "
        + id;
  }

  @Override
  public void close() {
    rounds.close();
  }
}
