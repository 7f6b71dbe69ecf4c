package io.leadgauge.replay;

import io.leadgauge.crm.CrmEvent;
import io.leadgauge.crm.Decoded;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Fact;
import io.leadgauge.model.Retried;
import io.leadgauge.pipeline.Retelling;
import io.leadgauge.store.JournalEntry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the deliveries of a journal as they were read when they came and as they are read now, and
 * puts what they tell now on a shelf. Not thread-safe.
 */
final class Redecoding {
  private static final int MOST_EXAMPLES = 10;
  private static final int MOST_FACTS = 5;

  private final Walk walk;
  private final Retelling.Decoder then;
  private final Retelling.Decoder now;
  private final Retelling retelling;
  private final List<Redecoded.Example> examples = new ArrayList<>();
  private long deliveries;
  private long bodiless;
  private long otherwise;
  private long unreadable;
  private long readable;

  /**
   * Begins at the beginning.
   *
   * @param then reads a delivery as it was read when it came
   * @param now reads it as it would be read now
   */
  Redecoding(Walk walk, Retelling.Decoder then, Retelling.Decoder now, ScratchShelf shelf) {
    this.walk = walk;
    this.then = then;
    this.now = now;
    this.retelling = new Retelling(now, shelf);
    walk.tellSnapshot(retelling);
  }

  /** Goes on to the end of the journal. */
  void goOn(Rebuild.Progress progress) {
    walk.goOn(this::take, progress);
  }

  private void take(JournalEntry entry) {
    if (!walk.isInSnapshot(entry)) {
      retelling.tell(entry);
    }
    if (entry.entry() instanceof Delivery delivery) {
      if (entry.hasBody()) {
        deliveries++;
        compare(entry, delivery);
      } else {
        bodiless++;
      }
    } else if (entry.hasBody() && entry.entry() instanceof Retried retried) {
      compare(entry, retried.delivery());
    }
  }

  private void compare(JournalEntry entry, Delivery delivery) {
    if (entry.outcome().retried()) {
      return;
    }
    Decoded read = now.decode(delivery, entry.sequence());
    if (entry.outcome().quarantined() != null) {
      readable += read instanceof Decoded.Events ? 1 : 0;
      return;
    }
    Decoded before = then.decode(delivery, entry.sequence());
    boolean lost = before instanceof Decoded.Events && read instanceof Decoded.Undecodable;
    unreadable += lost ? 1 : 0;
    Set<Fact> gone = facts(before);
    Set<Fact> added = facts(read);
    Set<Fact> same = new LinkedHashSet<>(gone);
    same.retainAll(added);
    gone.removeAll(same);
    added.removeAll(same);
    if (!gone.isEmpty() || !added.isEmpty()) {
      otherwise++;
      note(entry.sequence(), delivery, gone, added);
    }
  }

  private static Set<Fact> facts(Decoded decoded) {
    Set<Fact> facts = new LinkedHashSet<>();
    if (decoded instanceof Decoded.Events events) {
      for (CrmEvent event : events.events()) {
        facts.addAll(event.facts());
      }
    }
    return facts;
  }

  private void note(long sequence, Delivery delivery, Set<Fact> gone, Set<Fact> added) {
    if (examples.size() < MOST_EXAMPLES) {
      String connection = delivery.connection().name();
      examples.add(new Redecoded.Example(sequence, connection, texts(gone), texts(added)));
    }
  }

  private static List<String> texts(Set<Fact> facts) {
    return facts.stream()
        .limit(MOST_FACTS)
        .map(fact -> fact.of() + " " + FactText.subject(fact) + " " + FactText.said(fact))
        .toList();
  }

  /**
   * Returns what was found.
   *
   * @param findings what the store has otherwise than it would
   */
  Redecoded found(Findings findings) {
    return new Redecoded(
        walk.from(),
        walk.reached(),
        deliveries,
        bodiless,
        otherwise,
        unreadable,
        readable,
        findings.records(),
        findings.count(),
        examples);
  }
}
