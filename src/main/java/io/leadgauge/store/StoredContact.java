package io.leadgauge.store;

import io.leadgauge.model.RecordRef;

/**
 * A contact in a walk over all of them.
 *
 * @param rowId its number in the store, which the next page begins after
 * @param ref the contact
 */
public record StoredContact(long rowId, RecordRef ref) {}
