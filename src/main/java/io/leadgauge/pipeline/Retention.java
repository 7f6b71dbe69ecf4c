package io.leadgauge.pipeline;

import io.leadgauge.crm.Decoded;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Observation;
import io.leadgauge.store.CountedBodies;
import io.leadgauge.store.JournalEntry;
import io.leadgauge.store.KeptBodies;
import io.leadgauge.store.Retained;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreException;
import io.leadgauge.store.StoreReader;
import io.leadgauge.store.StoreWriter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Empties the bodies of what came longest ago: folds entries, oldest first, into the snapshot, and
 * empties them in the transaction that stores it. A few entries at a time behind live work; where a
 * restart finds it, the snapshot's own number is its cursor.
 *
 * <p>An entry that cannot be told again is never emptied, and none after it: that is trouble, and
 * is looked at again. Thread-safe.
 */
public final class Retention implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Retention.class.getName());
  private static final long LOOK_AGAIN = 60_000;
  private static final int PAGE = 20;
  private static final int MOST_ENTRIES = 100;
  private static final long MOST_BYTES = 1 << 20;
  private static final long MOST_FACTS = 20_000;
  private static final int COUNTED_AT_ONCE = 20_000;

  private final Intake intake;
  private final StoreWriter writer;
  private final StoreReader reader;
  private final Retelling.Decoder decoder;
  private final BodyTerms terms;
  private final Clockwork clock;
  private final Rounds rounds;
  private volatile String trouble = "";
  private final AtomicInteger looks = new AtomicInteger();

  /**
   * Makes it; nothing runs yet.
   *
   * @param reader this one's alone; closed by whoever opened it
   * @param decoder reads a delivery by the version that was in force
   */
  Retention(
      Store store,
      StoreReader reader,
      Intake intake,
      Retelling.Decoder decoder,
      BodyTerms terms,
      Clockwork clock) {
    this.writer = store.writer();
    this.reader = reader;
    this.intake = intake;
    this.decoder = decoder;
    this.terms = terms;
    this.clock = clock;
    this.rounds = new Rounds("retention", LOG, clock, this::turn);
  }

  /**
   * How far it is.
   *
   * @param through the last entry that the snapshot stands for; 0 if there is none
   * @param bodies what is kept of those after it
   * @param trouble why it stands still; empty where it does not
   */
  public record Progress(long through, KeptBodies bodies, String trouble) {
    /** Returns how old the oldest body is that retention has not looked at; 0 if there is none. */
    long oldestSeconds(long now) {
      return bodies.oldestAt() == 0 ? 0 : Math.max(0, (now - bodies.oldestAt()) / 1_000);
    }
  }

  void start() {
    rounds.start();
  }

  /** Looks at once. */
  void wake() {
    rounds.wake();
  }

  /** Returns how far it is. */
  public Progress progress() {
    return new Progress(reader.snapshot().through(), reader.snapshot().bodies(), trouble);
  }

  private long turn() {
    long before = reader.snapshot().through();
    try {
      count();
      while (!rounds.isClosed() && step()) {
        count();
      }
      trouble = "";
    } catch (Untold e) {
      String why = String.valueOf(e.getMessage());
      if (!why.equals(trouble)) {
        LOG.log(Level.WARNING, "retention stands still: {0}", why);
      }
      trouble = why;
    }
    long after = reader.snapshot().through();
    if (after > before) {
      LOG.log(Level.INFO, "bodies were emptied; the snapshot has come to entry {0}", after);
    }
    looks.incrementAndGet();
    return clock.now() + LOOK_AGAIN;
  }

  /** Returns how often it has looked and done what was to be done. */
  int looks() {
    return looks.get();
  }

  /** Counts the bodies that came since, a run of entries at a time. */
  private void count() {
    for (CountedBodies counted = counted();
        counted.through() > counted.from() && !rounds.isClosed();
        counted = counted()) {
      intake.submit(new Work.Retain.Count(counted)).join();
    }
  }

  private CountedBodies counted() {
    long seen = writer.rewritings();
    return reader.snapshot().count(seen, COUNTED_AT_ONCE);
  }

  /** Empties the next few entries; tells whether there were any to be emptied. */
  private boolean step() {
    long seen = writer.rewritings();
    long from = reader.snapshot().through();
    SnapshotShelf shelf = new SnapshotShelf(reader.snapshot(), reader::keyed);
    Run run = new Run(shelf, reader.snapshot().bodies().bytes() > terms.bytes());
    List<JournalEntry> page = reader.journal().after(from, PAGE);
    while (run.takes(page)) {
      page = reader.journal().after(run.through, PAGE);
    }
    if (run.through == 0) {
      return false;
    }
    Retained retained = new Retained(seen, from, run.through, shelf.kept(), run.emptied);
    // Where it is refused, what was read has changed, and is read again.
    intake.submit(new Work.Retain.Fold(retained)).join();
    return true;
  }

  /** The entries of one step. */
  private final class Run {
    private final SnapshotShelf shelf;
    private final Retelling retelling;
    private final boolean isTooMuch;
    private final long oldUntil = terms.oldUntil(clock.now());
    private final List<Long> emptied = new ArrayList<>();
    private long through;
    private long bytes;
    private int entries;

    Run(SnapshotShelf shelf, boolean isTooMuch) {
      this.shelf = shelf;
      this.isTooMuch = isTooMuch;
      this.retelling = new Retelling(Retention.this::decoded, shelf);
    }

    /** Takes the entries of a page; tells whether the next page may be taken as well. */
    boolean takes(List<JournalEntry> page) {
      for (JournalEntry entry : page) {
        boolean isDue = isTooMuch || entry.entry().receivedAt() <= oldUntil;
        boolean isFull = entries >= MOST_ENTRIES || bytes >= MOST_BYTES;
        if (!isDue || isFull || !take(entry)) {
          return false;
        }
      }
      return !page.isEmpty() && shelf.facts() < MOST_FACTS;
    }

    /** Takes an entry, unless it cannot be told and others went before it. */
    private boolean take(JournalEntry entry) {
      try {
        retelling.tell(entry);
      } catch (Untold e) {
        if (through == 0) {
          throw e;
        }
        return false;
      }
      if (entry.hasBody() && mayGo(entry)) {
        emptied.add(entry.sequence());
      }
      bytes += entry.bytes();
      through = entry.sequence();
      entries++;
      return true;
    }
  }

  /** What a later entry has applied goes with that one. */
  private static boolean mayGo(JournalEntry entry) {
    boolean isFromOutside =
        entry.entry() instanceof Delivery || entry.entry() instanceof Observation;
    return isFromOutside && entry.outcome().quarantined() == null;
  }

  /**
   * What was applied once and cannot be read now must be there when it can be; what an erasure has
   * left of a delivery need not be anything that can.
   */
  private Decoded decoded(Delivery delivery, long sequence) {
    return switch (attempted(delivery, sequence)) {
      case Decoded.Events events -> events;
      case Decoded.Undecodable none when delivery.headers().contains(ErasedHead.MARK) ->
          new Decoded.Events(List.of());
      case Decoded.Undecodable none ->
          throw new Untold(
              "entry " + sequence + " was applied and cannot be read again: " + none.reason());
    };
  }

  private Decoded attempted(Delivery delivery, long sequence) {
    try {
      return decoder.decode(delivery, sequence);
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "entry " + sequence + " cannot be read again", e);
      return new Decoded.Undecodable(Intake.FAULT);
    }
  }

  /** An entry cannot be told again. */
  private static final class Untold extends RuntimeException {
    private static final long serialVersionUID = 1;

    Untold(String message) {
      super(message);
    }
  }

  /** Ends after the step that is under way. Must be closed before the intake. */
  @Override
  public void close() {
    rounds.close();
  }
}
