package io.leadgauge.pipeline;

import io.leadgauge.crm.CrmEvent;
import io.leadgauge.crm.Decoded;
import io.leadgauge.crm.Erased;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Fact;
import io.leadgauge.model.Observation;
import io.leadgauge.model.RecordRef;
import io.leadgauge.store.ErasureReader.Applied;
import io.leadgauge.store.StoredEntry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * What a delivery told of others in events that leave the journal with an erased person. They keep
 * these facts, and facts are what the journal says, so it is told again in an entry of its own.
 */
final class ToldOfOthers {
  private final Retelling.Decoder decoder;
  private final LongFunction<List<Applied>> applied;

  /**
   * Makes it.
   *
   * @param applied returns the entries that have applied a delivery, by its number
   */
  ToldOfOthers(Retelling.Decoder decoder, LongFunction<List<Applied>> applied) {
    this.decoder = decoder;
    this.applied = applied;
  }

  /**
   * Returns what is to be told again, as of each entry that had told it; empty for nothing.
   *
   * @param before the entry as it was
   * @param after what stands in its place
   */
  List<Observation> of(StoredEntry before, StoredEntry after, Erased erased) {
    Optional<Delivery> whole = before.delivery();
    Optional<Delivery> rest = after.delivery();
    if (whole.isEmpty() || rest.isEmpty()) {
      return List.of();
    }
    List<Observation> again = new ArrayList<>();
    for (Applied entry : applied.apply(before.sequence())) {
      Set<Fact> lost = new LinkedHashSet<>(told(whole.get(), entry));
      told(rest.get(), entry).forEach(lost::remove);
      lost.removeIf(fact -> names(fact, erased));
      if (!lost.isEmpty()) {
        again.add(again(whole.get().connection(), entry.receivedAt(), lost));
      }
    }
    return again;
  }

  /** When it began to count is kept, since that is when the others were first seen. */
  private static Observation again(ConnectionId connection, long receivedAt, Set<Fact> facts) {
    return new Observation(
        connection, receivedAt, receivedAt, Observation.Cause.RETOLD, List.copyOf(facts));
  }

  private List<Fact> told(Delivery delivery, Applied entry) {
    return decoder.decode(delivery, entry.sequence()) instanceof Decoded.Events events
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
