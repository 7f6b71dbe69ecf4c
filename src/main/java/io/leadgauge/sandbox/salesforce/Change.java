package io.leadgauge.sandbox.salesforce;

import java.util.Map;
import java.util.Set;

/**
 * What happened to one record in a transaction.
 *
 * @param row the record as it is now
 * @param kind what happened
 * @param before the values it had, of all fields
 * @param changed the fields that have another value now; those that are kept by the org itself
 *     (stamps, derived ones) are among them
 */
record Change(Row row, Kind kind, Map<String, String> before, Set<String> changed) {

  /** What can happen to a record. */
  enum Kind {
    CREATE,
    UPDATE,
    /** The org itself gave it another parent; it does not count as modified. */
    ADJUST,
    DELETE,
    UNDELETE
  }
}
