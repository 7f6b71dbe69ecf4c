/**
 * What every other room speaks of: records and their facts, deliveries and the other entries of the
 * journal, decisions, secrets, time.
 *
 * <p>Instants are {@code long} milliseconds since 1970-01-01T00:00:00Z, and their names end in
 * {@code at} or {@code At}. Points are {@code long} millionths of a point. Open {@link
 * io.leadgauge.model.RecordFacts} first: everything else brings facts to it or takes results from
 * it.
 */
@NullMarked
package io.leadgauge.model;

import org.jspecify.annotations.NullMarked;
