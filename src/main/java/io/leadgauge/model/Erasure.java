package io.leadgauge.model;

/**
 * Records were erased. Says how many, and never whose.
 *
 * @param receivedAt when the last of them was removed
 * @param connection whose records they were
 * @param records how many
 */
public record Erasure(long receivedAt, ConnectionId connection, int records) implements Entry {}
