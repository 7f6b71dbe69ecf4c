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
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Carries a change of a company, or of another record that contacts are linked to, on to those
 * contacts: a page at a time, behind live work, from a cursor that outlives a restart. Of the
 * changes themselves a page is looked at, too, so that memory does not depend on how many there
 * are.
 *
 * <p>A record with more contacts than the guard lets pass is counted first: its contacts are scored
 * without anything being kept, their stages held back meanwhile. If it would move too many, their
 * stages stay held back, while their fields are written, until somebody approves.
 */
final class FanOut implements AutoCloseable {
  private static final Logger LOG = System.getLogger(FanOut.class.getName());
  private static final int PAGE = 100;
  private static final int CHANGES_AT_ONCE = 50;
  private static final long HUNDRED = 100;

  private final ConnectionId id;
  private final Scopes scopes;
  private final States states;
  private final Intake intake;
  private final StoreReader reader;
  private final Clockwork clock;
  private final Rounds rounds;

  /** The records whose contacts' stages are held back. */
  private final Set<RecordRef> withheld = new HashSet<>();

  /** Those of them that were met since the first change was last looked at. */
  private final Set<RecordRef> met = new HashSet<>();

  /** Where the next page of changes begins; the prefix of all for the first. */
  private String after = FanOutPosition.CURSOR;

  private boolean active;
  private volatile boolean woken;

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
    String last = FanOutPosition.CURSOR;
    for (List<FanOutPosition> page = page(last); !page.isEmpty(); page = page(last)) {
      withhold(page);
      last = page.getLast().cursor();
    }
    rounds.start();
  }

  /** Tells that a record that contacts are linked to has changed. */
  void wake() {
    woken = true;
    rounds.wake();
  }

  private List<FanOutPosition> page(String last) {
    return FanOutPosition.of(
        id, reader.cursors(id, FanOutPosition.CURSOR, last, "", CHANGES_AT_ONCE));
  }

  /** Returns changes that wait for approval. */
  static List<FanOutPosition> held(StoreReader reader, ConnectionId id, int most) {
    String held = " " + Phase.HELD + " ";
    return FanOutPosition.of(
        id, reader.cursors(id, FanOutPosition.CURSOR, FanOutPosition.CURSOR, held, most));
  }

  /**
   * Lets all contacts be moved whose stages are held back because of a record; returns how many
   * that are, 0 where none wait for it.
   */
  long approve() {
    long moved = 0;
    List<FanOutPosition> page = held(reader, id, CHANGES_AT_ONCE);
    while (!page.isEmpty()) {
      for (FanOutPosition position : page) {
        move(position, position.in(Phase.OPEN));
        moved += position.moved();
      }
      release(page);
      page = held(reader, id, CHANGES_AT_ONCE);
    }
    wake();
    return moved;
  }

  /** Carries on a page of changes by one page of contacts each; returns when to go on. */
  private long turn() {
    boolean first = after.equals(FanOutPosition.CURSOR);
    if (first) {
      woken = false;
      active = false;
    }
    List<FanOutPosition> page = page(after);
    withhold(page);
    for (FanOutPosition position : page) {
      if (!rounds.isClosed() && carryOn(position)) {
        active = true;
      }
    }
    if (page.size() == CHANGES_AT_ONCE) {
      after = page.getLast().cursor();
      return clock.now();
    }
    after = FanOutPosition.CURSOR;
    forgetUnmet();
    return active || woken ? clock.now() : Due.NEVER;
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
  private void withhold(List<FanOutPosition> page) {
    Set<RecordRef> held = new HashSet<>();
    for (FanOutPosition position : page) {
      boolean isHeld =
          switch (position.phase()) {
            case HELD -> true;
            case COUNTING -> isLarge(position.record());
            case OPEN -> false;
          };
      if (isHeld) {
        held.add(position.record());
      }
    }
    synchronized (withheld) {
      page.forEach(position -> withheld.remove(position.record()));
      withheld.addAll(held);
      met.addAll(held);
      scopes.withhold(id, withheld);
    }
  }

  private void release(List<FanOutPosition> page) {
    synchronized (withheld) {
      page.forEach(position -> withheld.remove(position.record()));
      scopes.withhold(id, withheld);
    }
  }

  /** A record that was erased meanwhile has no change any more that could be let go. */
  private void forgetUnmet() {
    synchronized (withheld) {
      withheld.retainAll(met);
      met.clear();
      scopes.withhold(id, withheld);
    }
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
