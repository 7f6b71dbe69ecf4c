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
      Trial asItIs = new Trial(entering, difference.handOvers(Side.NEW));
      difference.set(threshold(terms.capacity(), asItIs));
    }
    return difference;
  }

  /** Hands over at a total of so much or more: who, and how many on which day. */
  private record Trial(List<StoredContact> entering, HandOverDays days) {}

  /**
   * Searches the least total by halving. Who never enters the stage at one total enters it at no
   * greater one, so fewer and fewer contacts need to be looked at.
   */
  private Threshold threshold(long capacity, Trial asItIs) {
    if (asItIs.days.daysAbove(capacity) == 0) {
      return new Threshold(capacity, true, null, null);
    }
    ModelDefinition model = terms.other().definition();
    long failing = model.minTotal() / ONE;
    long meeting = model.maxTotal() / ONE + 1;
    Trial failed = asItIs;
    HandOverDays met = null;
    while (meeting - failing > 1) {
      long middle = failing + (meeting - failing) / 2;
      Trial trial = trial(middle, failed);
      if (trial.days.daysAbove(capacity) == 0) {
        meeting = middle;
        met = trial.days;
      } else {
        failing = middle;
        failed = trial;
      }
    }
    return new Threshold(capacity, false, met == null || met.total() == 0 ? null : meeting, met);
  }

  private Trial trial(long total, Trial lower) {
    ScoringModel stricter =
        ScoringModel.of(terms.other().definition().handingOverFrom(total * ONE));
    ModelAtWork like = new ModelAtWork(terms.old().use(), terms.other());
    Trial trial = new Trial(new ArrayList<>(), new HandOverDays(lower.days.days()));
    long[] done = new long[1];
    inOrder.forEach(
        lower.entering.iterator(),
        contact -> lives.of(contact, like, stricter),
        (contact, course) -> {
          trial.days.add(course);
          if (course.everEntered()) {
            trial.entering.add(contact);
          }
          progress.show("Trying total >= " + total, ++done[0], lower.entering.size());
        });
    return trial;
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
