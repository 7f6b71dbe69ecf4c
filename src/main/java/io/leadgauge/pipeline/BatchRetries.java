package io.leadgauge.pipeline;

import io.leadgauge.crm.CrmEvent;
import io.leadgauge.crm.Decoded;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.Retried;
import io.leadgauge.store.JournalEntry;
import io.leadgauge.store.Outcome;
import io.leadgauge.store.StoreWriter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * What one transaction takes up of deliveries that were kept and not applied. Each is read as it
 * stands in the store now, decoded by the version in force, and folded under an entry of its own,
 * so that the journal tells when its events began to count. Used by the intake's thread alone.
 */
final class BatchRetries {
  private static final Logger LOG = System.getLogger(BatchRetries.class.getName());

  private static final String BEING_ERASED =
      "somebody whom it names is being erased; it can be taken up when that is done";

  private final Scopes scopes;
  private final StoreWriter writer;
  private final Function<Delivery, Work.Receive> opening;
  private final Folding folding;
  private final long now;

  /** The deliveries that entries of this transaction have applied, by the entries' numbers. */
  private final Map<Long, Long> applied = new HashMap<>();

  /** Folds events into the transaction. */
  @FunctionalInterface
  interface Folding {
    /**
     * Folds what a delivery tells now.
     *
     * @param number the delivery's, in the journal
     * @return why that failed; empty if it did not
     */
    String fold(long number, Delivery delivery, List<CrmEvent> events);
  }

  /**
   * Begins a transaction's part.
   *
   * @param opening decodes a delivery, and takes erased persons out of it
   */
  BatchRetries(
      Scopes scopes,
      StoreWriter writer,
      Function<Delivery, Work.Receive> opening,
      Folding folding,
      long now) {
    this.scopes = scopes;
    this.writer = writer;
    this.opening = opening;
    this.folding = folding;
    this.now = now;
  }

  /** Takes up a delivery, once. */
  Retrial add(long number) {
    JournalEntry kept = writer.entry(number).orElse(null);
    if (kept == null || !(kept.entry() instanceof Delivery delivery)) {
      return new Retrial.Missing(number, "there is none");
    }
    Outcome before = kept.outcome();
    if (before.quarantined() == null && before.noted() == 0) {
      return new Retrial.Done(number);
    }
    if (!kept.hasBody()) {
      return new Retrial.Missing(number, "its body is not kept any more");
    }
    return scopes.find(delivery.connection()).isEmpty()
        ? new Retrial.Stays(
            number,
            before.quarantined() != null,
            "the connection " + delivery.connection() + " is not served")
        : opened(number, delivery, before);
  }

  private Retrial opened(long number, Delivery delivery, Outcome before) {
    Work.Receive work = opening.apply(delivery);
    if (!work.delivery().equals(delivery)) {
      if (before.quarantined() == null) {
        // What it told of others is told again by whoever erases, and not here.
        return new Retrial.Stays(number, false, BEING_ERASED);
      }
      writer.rewrite(number, work.delivery(), before);
    }
    return switch (work.decoded()) {
      case Decoded.Undecodable undecodable -> stays(number, before, undecodable.reason());
      case Decoded.Events events -> apply(number, work.delivery(), before, events.events());
    };
  }

  private Retrial apply(long number, Delivery delivery, Outcome before, List<CrmEvent> events) {
    Outcome after = Outcome.applied(events.size(), Batch.noted(events));
    if (before.quarantined() == null && after.noted() >= before.noted()) {
      return new Retrial.Stays(number, false, whyNoted(events, after.noted()));
    }
    String trouble = folding.fold(number, delivery, events);
    if (!trouble.isEmpty()) {
      return stays(number, before, trouble);
    }
    long sequence = writer.append(new Retried(now, number, delivery), after);
    writer.retried(number, after);
    applied.put(sequence, number);
    LOG.log(
        Level.INFO,
        "delivery {0} of {1} is applied by entry {2}",
        number,
        delivery.connection(),
        sequence);
    return new Retrial.Applied(number, sequence, after.events(), after.noted());
  }

  private Retrial stays(long number, Outcome before, String reason) {
    if (before.quarantined() != null) {
      writer.staysQuarantined(number, reason);
    }
    return new Retrial.Stays(number, before.quarantined() != null, reason);
  }

  private static String whyNoted(List<CrmEvent> events, int noted) {
    String first =
        events.stream()
            .map(CrmEvent::note)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse("of a type that is not read, of another portal, or a test");
    return noted + " of " + events.size() + " events only noted: " + first;
  }

  /** Whoever an entry names, the delivery that it has applied names as well. */
  void index(long sequence, RecordState state) {
    Long number = applied.get(sequence);
    if (number != null) {
      writer.index(number, state);
    }
  }
}
