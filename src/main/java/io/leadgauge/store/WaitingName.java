package io.leadgauge.store;

import io.leadgauge.model.RecordRef;

/**
 * A name by which something was told of somebody, and that leads to nobody yet.
 *
 * @param ref the key under which that is kept
 * @param seenAt when something was told by it last, by our clock
 * @param events how many events are kept under it
 */
public record WaitingName(RecordRef ref, long seenAt, int events) {}
