package io.leadgauge.store;

import io.leadgauge.model.Activation;
import io.leadgauge.model.Decided;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Entry;
import io.leadgauge.model.Erasure;
import io.leadgauge.model.GivenUp;
import io.leadgauge.model.Observation;
import io.leadgauge.model.Retried;

/**
 * An entry of the journal as it is read back.
 *
 * @param sequence its number
 * @param entry what came, or was decided
 * @param outcome what became of it
 * @param hasBody whether what it brought is still there; an entry without it says that something
 *     came and not what
 */
public record JournalEntry(long sequence, Entry entry, Outcome outcome, boolean hasBody) {
  private static final int BYTES_PER_FACT = 100;

  /** Returns about how long what it brought is, in bytes; 0 for what was not brought. */
  public long bytes() {
    return switch (entry) {
      case Delivery delivery -> delivery.body().length;
      case Retried retried -> retried.delivery().body().length;
      case Observation observation -> (long) BYTES_PER_FACT * observation.facts().size();
      case Activation activation -> activation.text().length();
      case Decided decided -> 0;
      case Erasure erasure -> 0;
      case GivenUp givenUp -> 0;
    };
  }
}
