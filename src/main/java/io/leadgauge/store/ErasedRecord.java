package io.leadgauge.store;

import io.leadgauge.model.RecordRef;

/**
 * A record that has its tombstone and is still to be erased.
 *
 * @param rowId its number in the store
 * @param ref the record
 */
public record ErasedRecord(long rowId, RecordRef ref) {}
