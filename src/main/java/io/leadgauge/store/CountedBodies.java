package io.leadgauge.store;

/**
 * How long the bodies of a run of entries are.
 *
 * @param seen what {@link StoreWriter#rewritings} said before they were looked at
 * @param from the last entry that was counted before
 * @param through the last one of the run
 * @param bytes how long their bodies are together, as they are stored
 */
public record CountedBodies(long seen, long from, long through, long bytes) {}
