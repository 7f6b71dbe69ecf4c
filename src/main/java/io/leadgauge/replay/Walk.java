package io.leadgauge.replay;

import io.leadgauge.model.Activation;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Decided;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Entry;
import io.leadgauge.model.Erasure;
import io.leadgauge.model.Fact;
import io.leadgauge.model.GivenUp;
import io.leadgauge.model.Observation;
import io.leadgauge.model.Observation.Cause;
import io.leadgauge.model.Retried;
import io.leadgauge.pipeline.Retelling;
import io.leadgauge.store.JournalEntry;
import io.leadgauge.store.Outcome;
import io.leadgauge.store.SnapshotRow;
import io.leadgauge.store.StoreReader;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the journal in commit order, a page at a time: first what the snapshot stands for,
 * then every entry; of those that the snapshot stands for what they brought is not there any more.
 * Not thread-safe.
 */
final class Walk {
  private static final int PAGE = 500;

  private final StoreReader reader;
  private final @Nullable ConnectionId only;
  private long through;
  private long reached;

  /**
   * Begins before the first entry.
   *
   * @param only passes over the entries of other connections; null for none
   */
  Walk(StoreReader reader, @Nullable ConnectionId only) {
    this.reader = reader;
    this.only = only;
  }

  /** The snapshot has come further than where this walk began, and what it needs is gone. */
  static final class Overtaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Overtaken() {
      super("the snapshot has come further meanwhile");
    }
  }

  /** Tells what the snapshot stands for. */
  void tellSnapshot(Retelling retelling) {
    through =
        reader.atOneInstant(
            () -> {
              for (List<SnapshotRow> page = snapshot(0);
                  !page.isEmpty();
                  page = snapshot(page.getLast().rowId())) {
                page.stream()
                    .filter(row -> only == null || only.equals(row.ref().connection()))
                    .forEach(row -> retelling.tell(told(row)));
              }
              return reader.snapshot().through();
            });
  }

  private List<SnapshotRow> snapshot(long after) {
    return reader.snapshot().page(after, PAGE);
  }

  private static JournalEntry told(SnapshotRow row) {
    List<Fact> facts = row.facts().all(row.ref());
    Observation all =
        new Observation(
            row.ref().connection(), row.firstSeenAt(), row.firstSeenAt(), Cause.RETOLD, facts);
    return new JournalEntry(0, all, Outcome.applied(facts.size(), 0), true);
  }

  /** Tells whether the snapshot stands for an entry. */
  boolean isInSnapshot(JournalEntry entry) {
    return entry.sequence() <= through;
  }

  /** Returns the number of the first entry that is told again itself. */
  long from() {
    return through + 1;
  }

  /**
   * Goes on to the end of the journal.
   *
   * @throws Overtaken if it must be begun again
   */
  void goOn(Consumer<JournalEntry> taker, Rebuild.Progress progress) {
    long last = reader.journal().last();
    for (List<JournalEntry> page = page(reached); !page.isEmpty(); page = page(reached)) {
      page.stream().filter(this::isWanted).peek(this::check).forEach(taker);
      reached = page.getLast().sequence();
      progress.at(reached, Math.max(last, reached));
    }
  }

  private void check(JournalEntry entry) {
    boolean emptied = !entry.hasBody() && !isInSnapshot(entry);
    if (emptied && reader.snapshot().through() >= entry.sequence()) {
      throw new Overtaken();
    }
  }

  /**
   * Goes once more through the entries so far that were told themselves, to the first that passes a
   * test.
   *
   * @param before looks at no entry from this number on
   */
  void again(long before, Predicate<JournalEntry> isLast) {
    long until = Math.min(before, reached + 1);
    for (List<JournalEntry> page = page(through);
        !page.isEmpty();
        page = page(page.getLast().sequence())) {
      for (JournalEntry entry : page) {
        if (entry.sequence() >= until || (isWanted(entry) && isLast.test(entry))) {
          return;
        }
      }
    }
  }

  private List<JournalEntry> page(long after) {
    return reader.journal().after(after, PAGE);
  }

  private boolean isWanted(JournalEntry entry) {
    ConnectionId connection = connection(entry.entry());
    return only == null || connection == null || only.equals(connection);
  }

  private static @Nullable ConnectionId connection(Entry entry) {
    return switch (entry) {
      case Delivery delivery -> delivery.connection();
      case Retried retried -> retried.connection();
      case Observation observation -> observation.connection();
      case Activation activation -> null;
      case Decided decided -> decided.contact().connection();
      case Erasure erasure -> erasure.connection();
      case GivenUp givenUp -> givenUp.connection();
    };
  }

  /** Returns the number of the last entry so far. */
  long reached() {
    return reached;
  }
}
