/**
 * Bytes of any kind into everything that reads what somebody else has written: {@link
 * io.leadgauge.fuzz.Target} says into what, and what must hold. {@link
 * io.leadgauge.fuzz.CorpusTest} goes through the kept ones, {@link io.leadgauge.fuzz.FuzzTest} has
 * Jazzer look for others.
 */
@NullMarked
package io.leadgauge.fuzz;

import org.jspecify.annotations.NullMarked;
