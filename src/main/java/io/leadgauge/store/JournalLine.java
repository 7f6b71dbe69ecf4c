package io.leadgauge.store;

import org.jspecify.annotations.Nullable;

/**
 * A delivery in the list of deliveries.
 *
 * @param sequence its number in the journal
 * @param connection whom it was for
 * @param receivedAt when it came, by our clock
 * @param bytes how long its body is
 * @param events how many events it brought
 * @param noted how many of them were kept and counted and nothing else
 * @param quarantined why it could not be applied; null when it was
 */
public record JournalLine(
    long sequence,
    String connection,
    long receivedAt,
    long bytes,
    int events,
    int noted,
    @Nullable String quarantined) {}
