package io.leadgauge.store;

import io.leadgauge.model.AppInstall;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Contested;
import io.leadgauge.model.Decided;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Entry;
import io.leadgauge.model.Intent;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.RefusedField;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The one that changes the store. All calls between two {@link #commit()}s are one transaction.
 *
 * <p>Not thread-safe: one thread owns it. After any {@link StoreException} the transaction is void
 * and {@link #reopen()} must be called before the next one; what was acknowledged is on the disk.
 */
public final class StoreWriter implements AutoCloseable {
  /** Counts the names that were given up; kept like a cursor. */
  static final String GIVEN_UP = "waiting-given-up";

  private final SqliteFile file;
  private final TombstoneKey key;
  private Session session;
  private final OpenedFiles opened;
  private long committed;
  private boolean rewriting;
  private final AtomicLong rewritings = new AtomicLong();
  private volatile boolean mustEndLog;

  StoreWriter(SqliteFile file, TombstoneKey key) {
    this.file = file;
    this.key = key;
    this.session = Session.open(file, key);
    this.opened =
        OpenedFiles.of(file.path(), file.log(), file.path().resolveSibling(FolderLock.FILE));
    this.committed = session.next - 1;
  }

  /** Returns the sequence number that the next entry will have. */
  public long nextSequence() {
    return session.next;
  }

  /** Appends an entry and returns its sequence number. */
  public long append(Entry entry, Outcome outcome) {
    Session begun = begun();
    return begun.journal.append(begun.next++, entry, outcome);
  }

  /** Appends a delivery that was packed elsewhere and returns its sequence number. */
  public long append(PackedDelivery delivery, Outcome outcome) {
    Session begun = begun();
    return begun.journal.append(begun.next++, delivery, outcome);
  }

  /** Returns an entry, this transaction's changes included. */
  public Optional<JournalEntry> entry(long sequence) {
    return begun().reading.entry(sequence);
  }

  /**
   * Notes that an entry has applied a delivery which was quarantined, or of which some events were
   * only noted.
   *
   * @param outcome what became of it
   */
  public void retried(long delivery, Outcome outcome) {
    noteRewriting();
    begun().journal.retried(delivery, outcome);
  }

  /** Notes why a quarantined delivery could not be applied when that was tried last. */
  public void staysQuarantined(long delivery, String reason) {
    noteRewriting();
    begun().journal.stays(delivery, reason);
  }

  /** Puts what is left of a delivery, without the erased, in its place. */
  public void rewrite(long sequence, Delivery rest, Outcome outcome) {
    noteRewriting();
    begun().erasure.rewrite(StoredEntry.of(sequence, rest, outcome.quarantined()));
  }

  /** Notes that an entry names a record, so that it is found again from there. */
  public void index(long sequence, RecordState record) {
    begun().journal.index(sequence, record.rowId());
  }

  /** Appends a decision that an entry, or time, led to. */
  public long append(Decided decided) {
    return append(decided, Outcome.applied(1, 0));
  }

  /** Returns all that is kept of a record, this transaction's changes included. */
  public Optional<RecordState> load(RecordRef ref) {
    return begun().rows.load(ref);
  }

  /**
   * Returns the contacts that have, or once had, an e-mail address.
   *
   * @param address the key of what is told of it
   */
  public List<RecordRef> contactsWithAddress(RecordRef address) {
    return begun().rows.contactsWithAddress(address);
  }

  /** Stores a record's new state and returns it with its number in the store. */
  public RecordState save(RecordChange change) {
    RecordState stored = begun().rows.save(change);
    session.facts.delete(stored.rowId(), change.removed());
    session.facts.insert(stored.rowId(), change.added(), change.receivedAt());
    return stored;
  }

  /**
   * Notes that a name leads to nobody yet.
   *
   * @param alias what is kept under it, as it is stored
   * @param now our clock
   * @param events how many events are kept under it
   * @param told whether something was told by it now
   */
  public void await(RecordState alias, long now, int events, boolean told) {
    begun().waiting.put(alias.rowId(), alias.ref().connection(), now, events, told);
  }

  /** Notes that a name leads to somebody, or that nothing is kept under it. */
  public void awaitNoMore(RecordState alias) {
    begun().waiting.remove(alias.rowId());
  }

  /** Forgets what was told by a name that leads to nobody, and counts that. */
  public void giveUp(RecordState alias) {
    begun().waiting.forget(alias.rowId());
    ConnectionId connection = alias.ref().connection();
    long before = cursor(connection, GIVEN_UP).map(Long::parseLong).orElse(0L);
    moveCursor(connection, GIVEN_UP, Long.toString(before + 1));
  }

  /**
   * Returns the hash by which a name is known in the journal without being readable from it, in
   * hexadecimal digits: that of its tombstone, if it had one.
   */
  public String keyed(RecordRef ref) {
    return key.hash(ref).digits();
  }

  /**
   * Keeps an intent of a record, unless one with its key is there already; tells whether it does.
   */
  public boolean plan(Intent intent, RecordState record) {
    return begun().intents.insert(intent, record.rowId());
  }

  /** Keeps how far an intent has come. */
  public void step(Intent intent) {
    begun().intents.update(intent);
  }

  /**
   * Takes all intents of which nothing was sent for such whose sending was not answered: the CRM is
   * asked before anything is sent.
   *
   * @param now when it is asked at the earliest
   */
  public void doubtIntents(long now) {
    begun().intents.doubt(now);
  }

  /** Moves a cursor. */
  public void moveCursor(ConnectionId connection, String name, String value) {
    begun().notes.moveCursor(connection.name(), name, value);
  }

  /** Returns a cursor as this transaction has left it, if there is one. */
  public Optional<String> cursor(ConnectionId connection, String name) {
    return begun().notes.cursor(connection.name(), name);
  }

  /** Gives up a cursor: what it was for is done. */
  public void dropCursor(ConnectionId connection, String name) {
    begun().notes.dropCursor(connection.name(), name);
  }

  /** Notes that the CRM sends events of a property. */
  public void noteSeen(ConnectionId connection, String property, long at) {
    begun().notes.noteSeen(connection, property, at);
  }

  /** Keeps that a portal has let an app in, or has shut it out, with its newest token. */
  public void save(AppInstall install) {
    begun().installs.save(install);
  }

  /** Forgets that a portal had ever let an app in. */
  public void forgetInstall(String app, String portal) {
    begun().installs.delete(app, portal);
  }

  /**
   * Takes a step in deleting all that is kept of a connection, which must not be served any more.
   *
   * @param most how many records or deliveries at most
   * @param from the number from which entries of other kinds are looked for, when no record and no
   *     delivery is left
   * @return where the next step goes on looking for them; {@link Long#MAX_VALUE} when nothing is
   *     left
   */
  public long forget(ConnectionId connection, int most, long from) {
    noteRewriting();
    Session begun = begun();
    long deleted = begun.forgetting.step(connection.name(), most, from);
    long next = deleted > 0 ? from : from + Forgetting.RANGE;
    return next < begun.next ? next : Long.MAX_VALUE;
  }

  /** Returns what erases persons, as part of this transaction. */
  public ErasureRows erasure() {
    noteRewriting();
    return begun().erasure;
  }

  /**
   * Returns how often something was changed that was in the store before, facts and due work aside.
   * What was read before a change that this counts may not be relied on. Thread-safe.
   */
  public long rewritings() {
    return rewritings.get();
  }

  private void noteRewriting() {
    rewriting = true;
    rewritings.incrementAndGet();
  }

  /**
   * Lets a snapshot take the place of bodies, unless the snapshot has come elsewhere or the entries
   * may have changed since they were read; tells whether it does.
   */
  public boolean retain(Retained retained) {
    boolean isStale = rewriting || retained.seen() != rewritings.get();
    if (isStale || reached(SnapshotRows.CURSOR) != retained.from()) {
      return false;
    }
    begun().snapshot.retain(retained);
    begun().notes.moveCursor("", SnapshotRows.CURSOR, Long.toString(retained.through()));
    return true;
  }

  /** Counts bodies, unless they may have changed since they were looked at. */
  public void count(CountedBodies counted) {
    if (!rewriting && counted.seen() == rewritings.get()) {
      begun().snapshot.count(counted);
    }
  }

  private long reached(String cursor) {
    return begun().notes.cursor("", cursor).map(Long::parseLong).orElse(0L);
  }

  /** Notes that the CRM refuses these fields, and no others. */
  public void refuse(ConnectionId connection, Collection<RefusedField> fields) {
    begun().notes.refuse(connection, fields);
  }

  /** Notes how much there was of something in an hour. */
  public void note(HourlyCount counted) {
    begun().hours.note(counted);
  }

  /** Forgets what there was before an hour. */
  public void forgetHours(String connection, long before) {
    begun().hours.forget(connection, before);
  }

  /** Notes that a field of a record is left to another writer; tells whether that is new. */
  public boolean note(Contested contested, RecordState record) {
    return begun().contests.note(record.rowId(), contested);
  }

  /**
   * Moves what is left of the write-ahead log into the file before the next transaction, so that
   * the log starts over. Without a pause between transactions it never would: whoever checkpoints
   * beside the writer is always a few pages behind it. Thread-safe.
   */
  void endLog() {
    mustEndLog = true;
  }

  private Session begun() {
    if (mustEndLog && !session.open) {
      mustEndLog = false;
      session.checkpoint();
    }
    session.begin();
    return session;
  }

  /**
   * Makes all since the last commit durable. Returns after it is on the disk, where it will be
   * looked for.
   */
  public void commit() {
    // Before: what is not committed is nowhere, and nobody has to know that it is.
    requireInPlace();
    session.commit();
    committed = session.next - 1;
    if (rewriting) {
      // Once more: whoever has asked in between may have read what was there before.
      rewritings.incrementAndGet();
      rewriting = false;
    }
  }

  /**
   * Drops the connection with whatever it had begun, opens a new one, checks that it holds every
   * entry that was ever committed, and that a commit succeeds again. Nothing is acknowledged on the
   * strength of a sync that was tried twice: what failed is gone, and its senders know.
   */
  public void reopen() {
    session.closeQuietly();
    // What stands in its place, or an empty file that would be made there, is not ours to write.
    requireInPlace();
    Session fresh = Session.open(file, key);
    long found = fresh.next - 1;
    if (found < committed) {
      fresh.closeQuietly();
      throw new StoreException(
          "entry " + committed + " was committed and the store ends at " + found);
    }
    committed = found;
    session = fresh;
    begun().notes.moveCursor("", "probe", Long.toString(found));
    commit();
  }

  void requireInPlace() {
    opened.requireInPlace();
  }

  @Override
  public void close() {
    session.closeQuietly();
  }

  /** One database connection and the statements prepared on it. */
  private static final class Session {
    private final Connection connection;
    private final JournalRows journal;
    private final JournalReader reading;
    private final RecordRows rows;
    private final FactRows facts;
    private final NoteRows notes;
    private final InstallRows installs;
    private final Forgetting forgetting;
    private final SnapshotRows snapshot;
    private final ErasureRows erasure;
    private final IntentRows intents;
    private final ContestRows contests;
    private final WaitingRows waiting;
    private final HourlyRows hours;
    private long next;
    private boolean open;

    private Session(Connection connection, TombstoneKey key) throws SQLException {
      this.connection = connection;
      this.journal = new JournalRows(connection);
      this.reading = new JournalReader(new Queries(connection));
      this.facts = new FactRows(connection);
      this.rows = new RecordRows(connection, facts);
      this.notes = new NoteRows(connection);
      this.installs = new InstallRows(connection);
      this.forgetting = new Forgetting(connection);
      this.snapshot = new SnapshotRows(connection, key);
      this.erasure = new ErasureRows(connection, key, snapshot);
      this.intents = new IntentRows(connection);
      this.contests = new ContestRows(connection);
      this.waiting = new WaitingRows(connection);
      this.hours = new HourlyRows(connection);
    }

    static Session open(SqliteFile file, TombstoneKey key) {
      try {
        Connection connection = file.openTransactionWriter();
        Session session = new Session(connection, key);
        session.next = session.lastSequence() + 1;
        return session;
      } catch (SQLException e) {
        throw new StoreException("cannot open the store " + file.path(), e);
      }
    }

    /**
     * Begins a transaction, if none is open. Not left to the driver, which begins the next one
     * inside a commit: the log could then never start over, since its end is always in use.
     */
    void begin() {
      if (open) {
        return;
      }
      try {
        SqliteFile.execute(connection, "BEGIN IMMEDIATE");
        open = true;
      } catch (SQLException e) {
        throw new StoreException("the store cannot be written", e);
      }
    }

    void checkpoint() {
      try {
        SqliteFile.checkpoint(connection);
      } catch (SQLException e) {
        throw new StoreException("the log cannot be moved into the store", e);
      }
    }

    void commit() {
      if (!open) {
        return;
      }
      try {
        SqliteFile.execute(connection, "COMMIT");
        open = false;
      } catch (SQLException e) {
        throw new StoreException("commit failed", e);
      }
    }

    private long lastSequence() {
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT coalesce(max(seq), 0) FROM journal")) {
        return row.next() ? row.getLong(1) : 0;
      } catch (SQLException e) {
        throw new StoreException("cannot read the journal", e);
      }
    }

    @SuppressWarnings("EmptyCatch") // closing is all that is left to do with a broken connection
    void closeQuietly() {
      try {
        connection.close();
      } catch (SQLException e) {
        // the connection is given up either way
      }
    }
  }
}
