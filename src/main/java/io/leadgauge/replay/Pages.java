package io.leadgauge.replay;

import io.leadgauge.model.RecordRef;
import io.leadgauge.store.JournalEntry;
import io.leadgauge.store.JournalReader;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.SortedMap;

/**
 * The entries of a life in the order of the journal: those that name its records, read a page at a
 * time, and some that do not. Not thread-safe.
 */
final class Pages implements Iterator<JournalEntry> {
  private static final int PAGE = 500;

  private final JournalReader journal;
  private final Collection<RecordRef> records;
  private final long last;
  private final SortedMap<Long, JournalEntry> others;
  private final Deque<JournalEntry> page = new ArrayDeque<>();
  private long reached;
  private boolean ended;

  /**
   * Begins to read.
   *
   * @param last the last entry to be read
   * @param others entries that are to be read though they name none of the records, by number; is
   *     emptied
   */
  Pages(
      JournalReader journal,
      Collection<RecordRef> records,
      long last,
      SortedMap<Long, JournalEntry> others) {
    this.journal = journal;
    this.records = records;
    this.last = last;
    this.others = others;
  }

  private void fill() {
    if (!page.isEmpty() || ended) {
      return;
    }
    List<JournalEntry> next = journal.naming(records, reached, PAGE);
    ended = next.size() < PAGE;
    for (JournalEntry entry : next) {
      reached = entry.sequence();
      if (entry.sequence() <= last) {
        page.add(entry);
      }
    }
  }

  @Override
  public boolean hasNext() {
    fill();
    return !page.isEmpty() || !others.isEmpty();
  }

  @Override
  public JournalEntry next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    JournalEntry named = page.peek();
    if (named == null || (!others.isEmpty() && others.firstKey() < named.sequence())) {
      return Objects.requireNonNull(others.remove(others.firstKey()));
    }
    others.remove(named.sequence());
    return page.remove();
  }
}
