package io.leadgauge.model;

/**
 * A decision that differs from the one before it.
 *
 * @param receivedAt the instant of the decision
 * @param contact on whom
 * @param model by which model
 * @param modelHash hash of the model's meaning
 * @param cause sequence number of the entry that led to it; 0 when time alone did
 * @param decision what was decided
 */
public record Decided(
    long receivedAt,
    RecordRef contact,
    String model,
    String modelHash,
    long cause,
    Decision decision)
    implements Entry {}
