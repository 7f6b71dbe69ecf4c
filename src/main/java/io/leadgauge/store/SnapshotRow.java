package io.leadgauge.store;

import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordRef;

/**
 * A record as it was after the last entry that the snapshot stands for.
 *
 * @param rowId its number in the store
 * @param ref the record
 * @param facts its facts
 * @param firstSeenAt when an entry first told of it, by our clock
 */
public record SnapshotRow(long rowId, RecordRef ref, RecordFacts facts, long firstSeenAt) {}
