package io.leadgauge.pipeline;

import io.leadgauge.crm.Erased;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Due;
import io.leadgauge.model.Observation;
import io.leadgauge.model.RecordRef;
import io.leadgauge.store.ErasedRecord;
import io.leadgauge.store.ErasureExtent;
import io.leadgauge.store.ErasureReader;
import io.leadgauge.store.PageCleaning;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoredEntry;
import io.leadgauge.store.Tombstones;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

/**
 * Erases persons whose records were marked: rewrites the entries that name them, a few at a time
 * behind live work, then removes the records, then cleans the pages of the file. What a crash, or a
 * fault, has left undone is marked still, and is gone on with.
 *
 * <p>Thread-safe. One thread of its own does the work; what it changes goes through the intake.
 */
public final class Erasures implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Erasures.class.getName());
  private static final int RECORDS_AT_ONCE = 500;
  private static final int REMOVED_AT_ONCE = 20;
  private static final long MOST_BYTES = 1 << 20;
  private static final long RETRY_MILLIS = 1_000;
  private static final String HELD_UP =
      "free space of the file is not clean yet: somebody reads an older state of the store";

  private final Intake intake;
  private final ErasureReader reader;
  private final Tombstones tombstones;
  private final ErasedEntry rewriting;
  private final ToldOfOthers others;
  private final Clockwork clock;
  private final Wakeup wakeup = new Wakeup();
  private final Setbacks setbacks = new Setbacks(LOG);
  private final List<BiConsumer<ConnectionId, Erased>> listeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition turned = lock.newCondition();
  private final Thread thread;
  private String trouble = "";
  private volatile boolean closed;

  /**
   * Makes it; nothing runs yet.
   *
   * @param redaction takes persons out of a delivery, also of a connection that is served no more
   * @param decoder reads a delivery as it was read when it came
   */
  Erasures(
      Store store, Intake intake, Redaction redaction, Retelling.Decoder decoder, Clockwork clock) {
    this.intake = intake;
    this.reader = store.erasures();
    this.tombstones = store.tombstones();
    this.rewriting = new ErasedEntry(redaction);
    this.others = new ToldOfOthers(decoder, reader::applied);
    this.clock = clock;
    this.thread = Thread.ofPlatform().daemon().name("erase").unstarted(this::run);
  }

  /**
   * How far erasing has come.
   *
   * @param pending how many records are marked and still there
   * @param pagesClean whether no page of the file holds what was removed from it
   * @param trouble what holds it up; empty for nothing
   */
  public record Progress(long pending, boolean pagesClean, String trouble) {
    /** Tells whether nothing is left of anybody who was erased. */
    public boolean isDone() {
      return pending == 0 && pagesClean;
    }
  }

  void start() {
    thread.start();
  }

  /** Tells that somebody was marked. */
  void wake() {
    wakeup.ring();
  }

  /** Tells {@code listener} of those who are erased, so that it forgets them as well. */
  public void listen(BiConsumer<ConnectionId, Erased> listener) {
    listeners.add(listener);
  }

  /**
   * Marks a person for erasure; from the commit on nothing of them is taken in, and the rest goes
   * on by itself.
   *
   * @return how much is kept of them; completes after the commit
   */
  public CompletableFuture<ErasureExtent> erase(RecordRef person) {
    CompletableFuture<ErasureExtent> found = new CompletableFuture<>();
    return intake
        .submit(new Work.Erase.Mark(person, found::complete))
        .thenApply(sequence -> found.getNow(ErasureExtent.NONE));
  }

  /** Tells whether anything is kept of a connection, served or not. */
  public boolean knows(ConnectionId connection) {
    return reader.knows(connection);
  }

  /** Returns the contacts that have, or had, an e-mail address. */
  public Set<RecordRef> withAddress(ConnectionId connection, String address) {
    return reader.withAddress(connection, address);
  }

  /** Returns how much is kept of the person that a record belongs to. */
  public ErasureExtent extent(RecordRef person) {
    return reader.extent(person);
  }

  /** Returns how far erasing has come. */
  public Progress progress() {
    return new Progress(reader.countPending(), !reader.hasUncleanPages(), trouble());
  }

  private String trouble() {
    lock.lock();
    try {
      return trouble;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until all is erased, or until an instant; returns how far it has come. */
  public Progress await(long until) throws InterruptedException {
    lock.lock();
    try {
      Progress progress = progress();
      while (!progress.isDone() && clock.now() < until && !closed) {
        clock.awaitUntil(turned, until);
        progress = progress();
      }
      return progress;
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      while (!closed) {
        long next = turn();
        tellTurned();
        wakeup.sleep(clock, next);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tellTurned() {
    lock.lock();
    try {
      turned.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Goes on; returns when to look again. */
  private long turn() {
    try {
      while (!closed && eraseSome()) {
        tellTurned();
      }
      PageCleaning.Step step = cleanSome();
      note(step == PageCleaning.Step.HELD_UP ? HELD_UP : "");
      setbacks.over();
      return switch (step) {
        case CLEAN -> Due.NEVER;
        case GOING_ON -> clock.now();
        case HELD_UP -> clock.now() + RETRY_MILLIS;
      };
    } catch (RuntimeException e) {
      setbacks.tell("erasure", e);
      note("an erasure failed, and is tried again: " + e.getMessage());
      return clock.now() + RETRY_MILLIS;
    }
  }

  private void note(String what) {
    lock.lock();
    try {
      trouble = what;
    } finally {
      lock.unlock();
    }
  }

  /** Erases some of those who are marked, whole; tells whether there were any. */
  private boolean eraseSome() {
    Map<ConnectionId, List<ErasedRecord>> byConnection = new TreeMap<>();
    for (ErasedRecord record : reader.pending(RECORDS_AT_ONCE)) {
      byConnection.computeIfAbsent(record.ref().connection(), id -> new ArrayList<>()).add(record);
    }
    byConnection.forEach(this::erase);
    return !byConnection.isEmpty();
  }

  private void erase(ConnectionId id, List<ErasedRecord> records) {
    Erased erased = erased(id, records);
    for (ErasedRecord record : records) {
      rewriteIndexed(record, erased);
    }
    rewriteLoose(id, erased);
    if (closed) {
      return;
    }
    listeners.forEach(listener -> listener.accept(id, erased));
    for (int from = 0; from < records.size(); from += REMOVED_AT_ONCE) {
      int to = Math.min(records.size(), from + REMOVED_AT_ONCE);
      intake.submit(new Work.Erase.Forget(id, records.subList(from, to))).join();
    }
    LOG.log(Level.INFO, "{0}: {1} records were erased", id, records.size());
  }

  private Erased erased(ConnectionId id, List<ErasedRecord> records) {
    Set<RecordRef> refs = new HashSet<>();
    Set<String> addresses = new TreeSet<>();
    for (ErasedRecord record : records) {
      refs.add(record.ref());
      addresses.addAll(reader.addresses(record));
      if (record.ref().type().equals(RecordRef.EMAIL_ADDRESS)) {
        addresses.add(record.ref().id());
      }
    }
    // Whose an address is was settled when they were marked; it need not have a record.
    for (String address : addresses) {
      RecordRef named = RecordRef.emailAddress(id, address);
      if (refs.containsAll(reader.withAddress(id, address)) && tombstones.has(named)) {
        refs.add(named);
      }
    }
    return new Erased(refs::contains, addresses);
  }

  private void rewriteIndexed(ErasedRecord record, Erased erased) {
    List<StoredEntry> entries = reader.entries(record, MOST_BYTES);
    while (!entries.isEmpty() && !closed) {
      List<StoredEntry> changed = new ArrayList<>();
      List<Observation> retold = new ArrayList<>();
      for (StoredEntry entry : entries) {
        StoredEntry less = rewriting.of(entry, erased).orElse(null);
        if (less != null) {
          changed.add(less);
          retold.addAll(others.of(entry, less, erased));
        }
      }
      long through = entries.getLast().sequence();
      intake.submit(new Work.Erase.Rewrite(record, changed, retold, through)).join();
      entries = reader.entries(record, MOST_BYTES);
    }
  }

  private void rewriteLoose(ConnectionId id, Erased erased) {
    Optional<StoredEntry> entry = reader.looseAfter(id, 0);
    while (entry.isPresent() && !closed) {
      StoredEntry before = entry.get();
      StoredEntry less = rewriting.of(before, erased).orElse(null);
      if (less != null) {
        List<Observation> retold = others.of(before, less, erased);
        intake.submit(new Work.Erase.Replace(id, less, retold)).join();
      }
      entry = reader.looseAfter(id, before.sequence());
    }
  }

  private PageCleaning.Step cleanSome() {
    CompletableFuture<PageCleaning.Step> step = new CompletableFuture<>();
    return intake.submit(new Work.Erase.Clean(step)).thenCompose(kept -> step).join();
  }

  /** Ends after the step that is under way. Must be closed before the intake. */
  @Override
  public void close() {
    closed = true;
    wakeup.ring();
    tellTurned();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    reader.close();
  }
}
