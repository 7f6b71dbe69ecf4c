package io.leadgauge.store;

import io.leadgauge.model.Entry;

/**
 * An entry of the journal as it is read back.
 *
 * @param sequence its number
 * @param entry what came, or was decided
 * @param outcome what became of it
 * @param hasBody whether what it brought is still there; an entry without it says that something
 *     came and not what
 */
public record JournalEntry(long sequence, Entry entry, Outcome outcome, boolean hasBody) {}
