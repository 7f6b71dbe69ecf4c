package io.leadgauge.pipeline;

import io.leadgauge.crm.Erased;
import io.leadgauge.crm.Redacted;
import io.leadgauge.model.Delivery;
import io.leadgauge.store.StoredEntry;
import java.util.Optional;

/** An entry of the journal without erased persons. */
final class ErasedEntry {
  private static final String REASON = "see the events that are left; the reason is not kept";

  private final Redaction redaction;

  ErasedEntry(Redaction redaction) {
    this.redaction = redaction;
  }

  /** Returns what is to stand in the place of an entry; empty if it names none of them. */
  Optional<StoredEntry> of(StoredEntry entry, Erased erased) {
    Optional<Delivery> delivery = entry.delivery();
    if (delivery.isEmpty()) {
      return entry.without(erased.records(), erased::isNamedIn);
    }
    return switch (redaction.of(delivery.get(), erased)) {
      case Redacted.Untouched same -> Optional.empty();
      case Redacted.Less less ->
          Optional.of(
              entry.with(
                  ErasedHead.without(less.delivery(), erased),
                  entry.quarantined() == null ? null : REASON));
      case Redacted.Nothing note ->
          Optional.of(entry.with(ErasedHead.without(note.delivery(), erased), null));
    };
  }
}
