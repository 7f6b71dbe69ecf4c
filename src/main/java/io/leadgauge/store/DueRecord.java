package io.leadgauge.store;

import io.leadgauge.model.RecordRef;

/**
 * A record for which something is due.
 *
 * @param ref the record
 * @param dueAt since when
 */
public record DueRecord(RecordRef ref, long dueAt) {}
