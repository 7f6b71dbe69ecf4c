package io.leadgauge.model;

/**
 * A decision that differs from the one before it.
 *
 * @param receivedAt the instant of the decision
 * @param contact on whom
 * @param model by which model
 * @param modelHash hash of the model's meaning
 * @param cause sequence number of the entry that led to it; 0 when time alone did
 * @param basis how it came about
 * @param seen sequence number of the last entry whose facts, decisions taken back included, it was
 *     taken on. Other decisions of the same transaction come later and were not looked at; 0 where
 *     nothing was looked at
 * @param decision what was decided
 */
public record Decided(
    long receivedAt,
    RecordRef contact,
    String model,
    String modelHash,
    long cause,
    Basis basis,
    long seen,
    Decision decision)
    implements Entry {

  /** How a decision came about. */
  public enum Basis {
    /** The contact was scored, because of something that happened to it or that time brought. */
    LIVE,

    /** The contact was scored, and what came of that could not bring it to a stage. */
    QUIET,

    /** An earlier decision was put back in the place of a later one; nobody was scored. */
    TAKEN_BACK
  }
}
