package io.leadgauge.pipeline;

import io.leadgauge.crm.CrmEvent;
import io.leadgauge.crm.Decoded;
import io.leadgauge.crm.Erased;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Fact;
import io.leadgauge.model.Observation;
import io.leadgauge.model.RecordRef;
import io.leadgauge.store.StoredEntry;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a delivery told of others in events that leave the journal with an erased person. They keep
 * these facts, and facts are what the journal says, so it is told again in an entry of its own.
 */
final class ToldOfOthers {
  private final Retelling.Decoder decoder;

  ToldOfOthers(Retelling.Decoder decoder) {
    this.decoder = decoder;
  }

  /**
   * Returns what is to be told again; empty for nothing.
   *
   * @param before the entry as it was
   * @param after what stands in its place
   */
  Optional<Observation> of(StoredEntry before, StoredEntry after, Erased erased) {
    Set<Fact> lost = new LinkedHashSet<>(told(before));
    if (lost.isEmpty()) {
      return Optional.empty();
    }
    told(after).forEach(lost::remove);
    lost.removeIf(fact -> names(fact, erased));
    return lost.isEmpty() ? Optional.empty() : before.delivery().map(told -> again(told, lost));
  }

  /** When it came is kept, since that is when the others were first seen. */
  private static Observation again(Delivery told, Set<Fact> facts) {
    return new Observation(
        told.connection(),
        told.receivedAt(),
        told.receivedAt(),
        Observation.Cause.RETOLD,
        List.copyOf(facts));
  }

  private List<Fact> told(StoredEntry entry) {
    Optional<Delivery> delivery = entry.delivery();
    return entry.quarantined() == null
            && delivery.isPresent()
            && decoder.decode(delivery.get(), entry.sequence()) instanceof Decoded.Events events
        ? events.events().stream().map(CrmEvent::facts).flatMap(List::stream).toList()
        : List.of();
  }

  private static boolean names(Fact fact, Erased erased) {
    if (erased.is(fact.of())) {
      return true;
    }
    return switch (fact) {
      case Fact.Linked link -> erased.is(link.to());
      case Fact.Happened happened ->
          happened.activity().attributes().values().stream()
              .anyMatch(value -> isAddress(fact.of(), value, erased));
      case Fact.Assigned assigned -> false;
    };
  }

  private static boolean isAddress(RecordRef of, String value, Erased erased) {
    return value.indexOf('@') > 0 && erased.isValue(of.connection(), value);
  }
}
