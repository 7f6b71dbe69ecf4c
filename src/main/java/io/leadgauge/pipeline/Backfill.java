package io.leadgauge.pipeline;

import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.ChangedPage;
import io.leadgauge.crm.ChangedPage.ChangedContact;
import io.leadgauge.crm.CrmClient;
import io.leadgauge.crm.ListedPage;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Due;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.pipeline.BackfillRun.Phase;
import io.leadgauge.pipeline.BackfillRun.Reach;
import io.leadgauge.store.DueWork;
import io.leadgauge.store.StoreReader;
import io.leadgauge.store.StoredContact;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads all contacts of a connection, once somebody asks for it: lists them, reads each with its
 * histories, looks for known ones that the CRM did not list, and lets the CRM be written.
 *
 * <p>Nothing that a contact did leads to any of that, so no hand-off comes of it, and nothing is
 * written of a contact that nothing else has happened to before all were read and what would be
 * moved was counted; too much waits for approval. Each page is kept with the place where the next
 * one begins. All calls wait for live ones. Thread-safe.
 *
 * <p>After a restore it reads what the CRM has changed since the backup was taken, and until that
 * is through and counted nothing at all is written.
 *
 * <p>A contact for which alone the CRM does not answer is set aside after {@value
 * Halving#MOST_TRIES} tries, and read by itself later.
 */
final class Backfill implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Backfill.class.getName());
  private static final int PAGE = 200;

  /** More writes than this are not put before those that live contacts cause. */
  private static final int MOST_WAITING_WRITES = 400;

  private static final long LOOK_AGAIN_MILLIS = 50;

  private static final CallTrouble TOO_MANY =
      new CallTrouble.Unknown(
          "the CRM answers, but not for more than " + Unread.MOST + " of the contacts");

  /** How often a page is looked at again because contacts in it cannot be scored yet. */
  private static final int MOST_LOOKS = 1_200;

  private final ConnectionId id;
  private final Scopes scopes;
  private final CrmClient client;
  private final BackfillReads reads;
  private final UnreadContacts unread;
  private final Intake intake;
  private final States states;
  private final StoreReader reader;
  private final PipelineMetrics metrics;
  private final Clockwork clock;
  private final Rounds rounds;
  private final ReentrantLock turning = new ReentrantLock();
  private volatile BackfillRun run;
  private volatile String trouble = "";
  private volatile long beganAt;
  private volatile long doneBefore;
  private int failures;
  private int inVain;
  private int patience = MOST_LOOKS;
  private @Nullable Tally tally;

  /** What the pass over all contacts has counted so far. */
  private static final class Tally {
    private final SortedMap<String, Long> moves = new TreeMap<>();
    private final long through;
    private long contacts;
    private long row;

    Tally(long through) {
      this.through = through;
    }
  }

  Backfill(
      ConnectionId id,
      Scopes scopes,
      CrmClient client,
      Intake intake,
      States states,
      StoreReader reader,
      PipelineMetrics metrics,
      Clockwork clock) {
    this.id = id;
    this.scopes = scopes;
    this.client = client.inBackground();
    this.reads = new BackfillReads(id, scopes, this.client, intake, states, clock);
    this.unread = new UnreadContacts(id, reads, intake, states, reader, clock);
    this.intake = intake;
    this.states = states;
    this.reader = reader;
    this.metrics = metrics;
    this.clock = clock;
    this.run = BackfillRun.kept(reader, id);
    this.rounds = new Rounds("backfill of " + id, LOG, clock, this::turn);
  }

  /** Goes on where the last one was; what it brought is held back before anything is written. */
  void start() {
    beginMeasuring();
    recall(run);
    rounds.start();
  }

  /** Returns how the last backfill of a connection stands. */
  static Recall recalled(StoreReader reader, ConnectionId id) {
    Unread unread = Unread.kept(reader, id);
    return BackfillRun.kept(reader, id)
        .recall()
        .without(unread.isOfRestore() ? unread.contacts() : Set.of());
  }

  private void recall(BackfillRun last) {
    scopes.recall(id, last.recall().without(unread.held()));
  }

  /** Returns which contacts could not be read, for an operator; empty for none. */
  String unread() {
    return unread.told();
  }

  /** Begins to read all contacts, unless that is on its way already. */
  BackfillProgress begin() {
    if (!run.phase().isIdle()) {
      return progress();
    }
    turning.lock();
    try {
      if (run.phase() == Phase.NONE || run.phase() == Phase.DONE) {
        long now = intake.instant();
        BackfillRun beginning =
            BackfillRun.beginning(now, reader.counts().lastSequence(), Reach.ALL);
        recall(beginning);
        keep(beginning);
        beginMeasuring();
        rounds.wake();
        LOG.log(Level.INFO, "{0}: all contacts are read", id);
      }
      return progress();
    } finally {
      turning.unlock();
    }
  }

  private void beginMeasuring() {
    beganAt = clock.now();
    doneBefore = run.done();
    trouble = "";
  }

  /** Lets what was counted be written; false if nothing waits for that. */
  boolean approve() {
    if (run.phase() != Phase.PAUSED) {
      // A page that is being read may take as long as the CRM does.
      return false;
    }
    turning.lock();
    try {
      if (run.phase() != Phase.PAUSED) {
        return false;
      }
      release();
      rounds.wake();
      LOG.log(Level.INFO, "{0}: approved, {1} contacts will be moved", id, run.moved());
      return true;
    } finally {
      turning.unlock();
    }
  }

  /** Returns how far it is. */
  BackfillProgress progress() {
    return BackfillProgress.of(run, doneBefore, clock.now() - beganAt, trouble);
  }

  private long turn() throws InterruptedException {
    turning.lockInterruptibly();
    try {
      if (unread.againAt() <= clock.now()) {
        readSetAside();
      }
      return Math.min(unread.againAt(), step());
    } finally {
      turning.unlock();
    }
  }

  private long step() {
    return switch (run.phase()) {
      case NONE, PAUSED, DONE -> Due.NEVER;
      case READING -> readPage();
      case MISSING -> lookForMissing();
      case COUNTING -> count();
      case RELEASING -> releasePage();
    };
  }

  /** What is told of them now is written as if the backfill had told it. */
  private void readSetAside() {
    Set<RecordRef> told = unread.askAgain();
    if (!told.isEmpty()) {
      recall(run);
      intake.submit(new Work.Recheck(id, List.copyOf(told))).join();
    }
  }

  /** Reads contacts; returns what keeps that from being done, and null where it does not. */
  private @Nullable CallTrouble read(List<RecordRef> contacts, Reach reach) {
    BackfillReads.Told told =
        inVain < Halving.MOST_TRIES || contacts.isEmpty()
            ? reads.read(contacts, reach)
            : reads.readApart(contacts, anyOf(contacts), reach);
    inVain = told.trouble() == null ? 0 : inVain + 1;
    if (told.trouble() != null) {
      return told.trouble();
    }
    if (!unread.setAside(told.silent(), reach)) {
      return reach.isOfRestore() ? TOO_MANY : null;
    }
    if (!told.silent().isEmpty()) {
      recall(run);
    }
    return null;
  }

  /** Returns one of these, or of those that are known, another one at each try. */
  private RecordRef anyOf(List<RecordRef> contacts) {
    List<RecordRef> any = new ArrayList<>(contacts);
    reader.contacts(id, 0, client.batchSize()).forEach(known -> any.add(known.ref()));
    return any.get(inVain % any.size());
  }

  private void keep(BackfillRun next) {
    intake.submit(new Work.Flag(id, List.of(), BackfillRun.CURSOR, next.text())).join();
    run = next;
  }

  private long readPage() {
    boolean first = run.done() == 0 && run.total() == 0;
    ListedPage page = run.reach().isAll() ? listed(first) : changed(first);
    BackfillRun now = run;
    if (page.trouble() != null) {
      return afterTrouble("list", page.trouble());
    }
    CallTrouble met = read(page.contacts(), now.reach());
    if (met != null) {
      return afterTrouble("read", met);
    }
    metrics.call(id, "backfill", "done");
    metrics.called(id, "backfill", page.contacts().size());
    metrics.contacts(id, "backfill", "answered", page.contacts().size());
    failures = 0;
    trouble = "";
    BackfillRun read = now.read(page.contacts().size(), page.next() == null ? "" : page.next());
    keep(page.next() == null ? read.in(afterReading(read.reach())) : read);
    return clock.now();
  }

  /** What the CRM does not list may be unchanged, where only changes were asked for. */
  private static Phase afterReading(Reach reach) {
    return reach.isAll() ? Phase.MISSING : Phase.COUNTING;
  }

  private ListedPage listed(boolean first) {
    if (first) {
      // Only to show how far it is: where it is not told, it is done without.
      run = run.ofAll(client.count().contacts());
    }
    return client.listed(run.next());
  }

  /** Whatever changes after the first page was asked for is looked back over later. */
  private ListedPage changed(boolean first) {
    long now = clock.now();
    ConnectionScope scope = scopes.require(id);
    ChangedPage page = client.changed(run.reach().changedSince(), now, run.next(), scope.looked());
    List<RecordRef> all = page.contacts().stream().map(ChangedContact::record).toList();
    List<RecordRef> contacts = all.stream().filter(ref -> !isStranger(ref)).toList();
    if (first && page.trouble() == null) {
      run = run.ofAll(page.left());
      String until = Long.toString(now - LookBack.GRACE.toMillis());
      intake.submit(new Work.Flag(id, List.of(), LookBack.CURSOR, until)).join();
    }
    boolean isOver = page.last() || all.isEmpty();
    return new ListedPage(contacts, isOver ? null : all.getLast().id(), page.trouble());
  }

  /** A company that is not known is nobody's whose score could depend on it. */
  private boolean isStranger(RecordRef ref) {
    return ref.type().equals(RecordRef.COMPANY) && states.current(ref).isEmpty();
  }

  private long afterTrouble(String what, CallTrouble met) {
    failures++;
    trouble = met.reason();
    metrics.call(id, "backfill", "trouble");
    LOG.log(Level.WARNING, "{0}: backfill, {1}: {2}", id, what, met.reason());
    return clock.now() + RetrySchedule.CRM.afterTrouble(met, failures);
  }

  /** A known contact that no entry names since the beginning was not listed: perhaps it is gone. */
  private long lookForMissing() {
    BackfillRun now = run;
    List<StoredContact> page = reader.contacts(id, now.row(), client.batchSize());
    if (page.isEmpty()) {
      keep(now.in(Phase.COUNTING));
      tally = null;
      return clock.now();
    }
    List<RecordRef> unlisted =
        page.stream()
            .filter(contact -> !reader.isNamedSince(contact, now.sequence()))
            .map(StoredContact::ref)
            .filter(this::isThere)
            .toList();
    CallTrouble met = read(unlisted, now.reach());
    if (met != null) {
      return afterTrouble("looking for missing ones", met);
    }
    failures = 0;
    trouble = "";
    long gone = unlisted.stream().filter(ref -> !isThere(ref)).count();
    keep(now.passed(page.getLast().rowId(), gone));
    return clock.now();
  }

  private boolean isThere(RecordRef ref) {
    return states.current(ref).filter(state -> !state.facts().isGone()).isPresent();
  }

  /** Counts what would be moved of what is held back, and judges by the connection's guard. */
  private long count() {
    Tally counted = tally == null ? new Tally(reader.counts().lastSequence()) : tally;
    tally = counted;
    ConnectionScope scope = scopes.require(id);
    if (counted.row == 0 && isCarriedOn(counted.through)) {
      return clock.now() + LOOK_AGAIN_MILLIS;
    }
    List<StoredContact> page = reader.contacts(id, counted.row, PAGE);
    if (patience > 0 && page.stream().anyMatch(contact -> isUnscored(scope, contact))) {
      patience--;
      return clock.now() + LOOK_AGAIN_MILLIS;
    }
    patience = MOST_LOOKS;
    if (scope.recall().holdsAll()) {
      // What time alone has led to since the backup is decided before anything is written, too.
      intake.submit(new Work.Recheck(id, Passes.refs(page))).join();
    }
    for (StoredContact contact : page) {
      states.current(contact.ref()).ifPresent(state -> count(counted, scope, state));
      counted.row = contact.rowId();
    }
    if (page.isEmpty()) {
      judge(scope, run.counted(counted.contacts, counted.moves));
    }
    return clock.now();
  }

  /** What was read of companies goes on to their contacts while nothing of it is live. */
  private boolean isCarriedOn(long through) {
    return FanOutPosition.of(id, reader.cursors(id, FanOutPosition.CURSOR)).stream()
        .anyMatch(position -> !position.isAtEnd() && position.sequence() <= through);
  }

  /** Some wait for their companies to be read. */
  private boolean isUnscored(ConnectionScope scope, StoredContact contact) {
    return states
        .current(contact.ref())
        .filter(state -> !state.facts().isGone() && scope.recall().brought(state))
        .isPresent();
  }

  private static void count(Tally counted, ConnectionScope scope, RecordState state) {
    if (!state.facts().isGone()) {
      counted.contacts++;
      boolean unread = scope.recall().unread().contains(state.ref());
      String stage = !unread && scope.holdsBack(state) ? WritePlan.stage(scope, state) : null;
      if (stage != null) {
        counted.moves.merge(stage, 1L, Long::sum);
      }
    }
  }

  private void judge(ConnectionScope scope, BackfillRun counted) {
    run = counted;
    if (scope.connection().guard().isExceeded(counted.moved(), counted.contacts())) {
      keep(counted.in(Phase.PAUSED));
      recall(run);
      LOG.log(
          Level.WARNING,
          "{0}: paused: the backfill would move {1} of {2} contacts to another stage; leadgauge"
              + " approve {0} lets them be moved",
          id,
          counted.moved(),
          counted.contacts());
    } else {
      release();
    }
  }

  private void release() {
    keep(run.in(Phase.RELEASING));
    recall(run);
  }

  private long releasePage() {
    if (reader.countDue(id, DueWork.WRITE, clock.now()) >= MOST_WAITING_WRITES) {
      return clock.now() + LOOK_AGAIN_MILLIS;
    }
    BackfillRun now = run;
    List<StoredContact> page = reader.contacts(id, now.row(), PAGE);
    if (page.isEmpty()) {
      keep(now.ended(clock.now()));
      LOG.log(
          Level.INFO,
          "{0}: backfill done: {1} contacts read, {2} known ones are gone",
          id,
          now.done(),
          now.gone());
      return Due.NEVER;
    }
    intake.submit(new Work.Recheck(id, Passes.refs(page))).join();
    keep(now.passed(page.getLast().rowId(), 0));
    return clock.now();
  }

  @Override
  public void close() {
    reads.close();
    rounds.close();
  }
}
