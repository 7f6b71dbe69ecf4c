package io.leadgauge.store;

/**
 * The bodies of deliveries and observations that are kept.
 *
 * @param counted the last entry whose body is counted
 * @param bytes how long they are together, as they are stored
 * @param oldestAt when the oldest came that the snapshot does not stand for, by our clock; 0 if
 *     there is none
 */
public record KeptBodies(long counted, long bytes, long oldestAt) {}
