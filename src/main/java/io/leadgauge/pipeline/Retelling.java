package io.leadgauge.pipeline;

import io.leadgauge.crm.CrmEvent;
import io.leadgauge.crm.Decoded;
import io.leadgauge.model.Activation;
import io.leadgauge.model.Decided;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Erasure;
import io.leadgauge.model.Fact;
import io.leadgauge.model.GivenUp;
import io.leadgauge.model.Observation;
import io.leadgauge.model.RecordFacts.Joined;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.Retried;
import io.leadgauge.store.JournalEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The facts of records, told once more from the entries of the journal, as the intake had folded
 * them. Scores nothing, decides nothing, makes nothing due. Not thread-safe.
 */
public final class Retelling implements Neighbourhood {
  private final Decoder decoder;
  private final Shelf shelf;

  /** How a delivery is read. */
  @FunctionalInterface
  public interface Decoder {
    /**
     * Reads a delivery by the version of its connection that was in force at its number.
     *
     * @param sequence the number of the entry by which it is applied
     */
    Decoded decode(Delivery delivery, long sequence);
  }

  /**
   * Begins to tell.
   *
   * @param shelf where the records are put; what is there already is what was told before
   */
  public Retelling(Decoder decoder, Shelf shelf) {
    this.decoder = decoder;
    this.shelf = shelf;
  }

  /** Joins what an entry told to what its records have learned before. */
  public void tell(JournalEntry entry) {
    if (entry.entry() instanceof GivenUp names) {
      shelf.forget(names);
    }
    long receivedAt = entry.entry().receivedAt();
    Map<RecordRef, List<Fact>> told = new LinkedHashMap<>();
    for (Fact fact : told(entry)) {
      told.computeIfAbsent(fact.of(), ref -> new ArrayList<>()).add(fact);
    }
    told.forEach((ref, facts) -> join(ref, facts, receivedAt));
    told.values().forEach(facts -> facts.forEach(fact -> absorb(fact, receivedAt)));
  }

  private void join(RecordRef ref, List<Fact> facts, long receivedAt) {
    RecordState before = found(ref, receivedAt);
    Joined joined = before.facts().join(facts);
    shelf.put(before.withFacts(joined.facts(), joined.cut(), receivedAt), joined, receivedAt);
  }

  private void absorb(Fact fact, long receivedAt) {
    if (fact instanceof Fact.Linked link && link.kind().isSuccession()) {
      RecordState survivor = found(link.to(), receivedAt);
      if (!survivor.absorbed().contains(link.of())) {
        Joined nothing = survivor.facts().join(List.of());
        shelf.put(survivor.absorbing(link.of()), nothing, receivedAt);
      }
    }
  }

  private RecordState found(RecordRef ref, long receivedAt) {
    return shelf.find(ref).orElseGet(() -> RecordState.unknown(ref, receivedAt));
  }

  /**
   * Returns the facts that an entry told, in order; none where it was not applied, where what it
   * brought is not kept any more, and for entries that tell nothing from outside.
   */
  public List<Fact> told(JournalEntry entry) {
    if (!entry.hasBody() || entry.outcome().quarantined() != null) {
      return List.of();
    }
    return switch (entry.entry()) {
      case Delivery delivery ->
          entry.outcome().retried() ? List.of() : told(decoder.decode(delivery, entry.sequence()));
      case Retried retried -> told(decoder.decode(retried.delivery(), entry.sequence()));
      case Observation observation -> observation.facts();
      case Activation activation -> List.of();
      case Decided decided -> List.of();
      case Erasure erasure -> List.of();
      case GivenUp givenUp -> List.of();
    };
  }

  private static List<Fact> told(Decoded decoded) {
    List<Fact> facts = new ArrayList<>();
    switch (decoded) {
      case Decoded.Events events -> {
        for (CrmEvent event : events.events()) {
          facts.addAll(event.facts());
        }
      }
      case Decoded.Undecodable undecodable -> {}
    }
    return facts;
  }

  @Override
  public Optional<RecordState> find(RecordRef ref) {
    return shelf.find(ref);
  }

  @Override
  public Set<RecordRef> withAddress(RecordRef address) {
    return shelf.withAddress(address);
  }
}
