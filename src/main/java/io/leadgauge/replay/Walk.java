package io.leadgauge.replay;

import io.leadgauge.model.Activation;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Decided;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Entry;
import io.leadgauge.model.Erasure;
import io.leadgauge.model.GivenUp;
import io.leadgauge.model.Observation;
import io.leadgauge.model.Retried;
import io.leadgauge.store.JournalEntry;
import io.leadgauge.store.StoreReader;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Goes through the journal in commit order, a page at a time. Not thread-safe. */
final class Walk {
  private static final int PAGE = 500;

  private final StoreReader reader;
  private final @Nullable ConnectionId only;
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

  /** Goes on to the end of the journal. */
  void goOn(Consumer<JournalEntry> taker, Rebuild.Progress progress) {
    long last = reader.journal().last();
    for (List<JournalEntry> page = page(reached); !page.isEmpty(); page = page(reached)) {
      page.stream().filter(this::isWanted).forEach(taker);
      reached = page.getLast().sequence();
      progress.at(reached, Math.max(last, reached));
    }
  }

  /**
   * Goes once more through the entries so far, to the first that passes a test.
   *
   * @param before looks at no entry from this number on
   */
  void again(long before, Predicate<JournalEntry> isLast) {
    long until = Math.min(before, reached + 1);
    for (List<JournalEntry> page = page(0);
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
