package io.leadgauge.sandbox.salesforce;

import java.util.Optional;

/**
 * A field that a query names, found: one of the record, or of the record that a reference of it
 * leads to.
 *
 * @param via the reference that it is reached by
 * @param kindOnly whether it is the type of the record there, and no field of it
 */
record Column(Optional<Field> via, Field field, boolean kindOnly) {

  /** The value for a record, as it is kept. */
  Optional<String> of(Row row, Org org) {
    Optional<Row> there =
        via.isEmpty() ? Optional.of(row) : org.find(row.valueOrEmpty(via.get().name()));
    return kindOnly ? there.map(Row::type) : there.flatMap(found -> found.value(field.name()));
  }
}
