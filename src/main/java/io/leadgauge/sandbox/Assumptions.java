package io.leadgauge.sandbox;

/**
 * What HubSpot does where nobody could say. Who relies on the one answer should be tried with the
 * other.
 *
 * @param mergeTellsAll whether a merge tells of the record that is new by it, and of the
 *     associations that move to it
 * @param equalWritesTell whether a write of a value that a property has already stands in its
 *     history and is told
 */
record Assumptions(boolean mergeTellsAll, boolean equalWritesTell) {
  static final Assumptions QUIET = new Assumptions(false, false);
}
