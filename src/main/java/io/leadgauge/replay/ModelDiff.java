package io.leadgauge.replay;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.pipeline.ConnectionScope;
import io.leadgauge.pipeline.ModelAtWork;
import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.ScoringModel;
import io.leadgauge.store.StoreReader;
import io.leadgauge.store.StoredContact;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Compares what two models make of all contacts of a connection over time. Reads the store beside
 * whoever writes it; writes nothing.
 *
 * <p>The same store, terms and instants give the same result, to the byte.
 */
public final class ModelDiff {
  private static final int PAGE = 500;
  private static final long ONE = 1_000_000;

  private final Terms terms;
  private final StoreReader reader;
  private final Progress progress;
  private final Lives lives;
  private final InOrder inOrder;

  /** Is told how far it is. */
  @FunctionalInterface
  public interface Progress {
    /** Tells how much of what is done. */
    void show(String what, long done, long total);
  }

  /** Is given what became of each contact, in the order of the store. */
  @FunctionalInterface
  public interface Taker {
    /** Takes one contact. */
    void take(StoredContact contact, Course old, Course other);
  }

  /**
   * Prepares a comparison.
   *
   * @param reader closed by the caller
   */
  public ModelDiff(Terms terms, StoreReader reader, Progress progress) {
    this.terms = terms;
    this.reader = reader;
    this.progress = progress;
    ConnectionScope both = terms.scope().comparing(terms.old(), terms.other());
    this.lives = new Lives(both, reader, terms.since(), terms.until());
    this.inOrder = new InOrder(terms.threads());
  }

  /** Compares all contacts. */
  public ModelDifference run(Taker taker) {
    ModelDifference difference = new ModelDifference(terms);
    ConnectionId connection = terms.scope().id();
    long total = reader.countContacts(connection);
    List<StoredContact> entering = new ArrayList<>();
    inOrder.forEach(
        new Walk(connection),
        lives::of,
        (contact, courses) -> {
          Course old = courses.getFirst();
          Course other = courses.getLast();
          difference.add(old, other);
          taker.take(contact, old, other);
          if (other.everEntered()) {
            entering.add(contact);
          }
          progress.show("Comparing contacts", difference.contacts(), total);
        });
    if (terms.capacity() != null) {
      difference.set(threshold(terms.capacity(), difference, entering));
    }
    return difference;
  }

  /**
   * Searches the least total by halving: those who never enter the stage as it is cannot enter it
   * if more is asked for.
   */
  private Threshold threshold(
      long capacity, ModelDifference difference, List<StoredContact> entering) {
    HandOverDays asItIs = difference.handOvers(Side.NEW);
    if (asItIs.daysAbove(capacity) == 0) {
      return new Threshold(capacity, true, null, null);
    }
    ModelDefinition model = terms.other().definition();
    long low = model.minTotal() / ONE;
    long high = model.maxTotal() / ONE;
    HandOverDays met = days(high, entering, asItIs.days());
    if (met.daysAbove(capacity) > 0) {
      return new Threshold(capacity, false, null, null);
    }
    while (high - low > 1) {
      long middle = low + (high - low) / 2;
      HandOverDays there = days(middle, entering, asItIs.days());
      if (there.daysAbove(capacity) == 0) {
        high = middle;
        met = there;
      } else {
        low = middle;
      }
    }
    return new Threshold(capacity, false, high, met);
  }

  private HandOverDays days(long total, List<StoredContact> entering, HandOverDays.Days span) {
    ScoringModel stricter =
        ScoringModel.of(terms.other().definition().handingOverFrom(total * ONE));
    ModelAtWork like = new ModelAtWork(terms.old().use(), terms.other());
    HandOverDays days = new HandOverDays(span);
    String what = "Trying total >= " + total;
    long[] done = new long[1];
    inOrder.forEach(
        entering.iterator(),
        contact -> lives.of(contact, like, stricter),
        (contact, course) -> {
          days.add(course);
          progress.show(what, ++done[0], entering.size());
        });
    return days;
  }

  /** All contacts, a page at a time. */
  private final class Walk implements Iterator<StoredContact> {
    private final ConnectionId connection;
    private Iterator<StoredContact> page;
    private long last;
    private boolean atEnd;

    Walk(ConnectionId connection) {
      this.connection = connection;
      this.page = List.<StoredContact>of().iterator();
    }

    @Override
    public boolean hasNext() {
      if (!page.hasNext() && !atEnd) {
        List<StoredContact> next = reader.contacts(connection, last, PAGE);
        atEnd = next.isEmpty();
        page = next.iterator();
      }
      return page.hasNext();
    }

    @Override
    public StoredContact next() {
      StoredContact contact = page.next();
      last = contact.rowId();
      return contact;
    }
  }
}
