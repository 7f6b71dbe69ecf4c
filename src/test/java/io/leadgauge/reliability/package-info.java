/**
 * What the product promises, broken on purpose: kills, power cuts, full disks, floods, hostile
 * requests, a CRM that is away. {@code docs/reliability.md} lists each promise with the test that
 * holds it.
 *
 * <p>All of it is seen from outside: {@link io.leadgauge.reliability.ServeProcess} is a {@code
 * serve} of its own, {@link io.leadgauge.reliability.Line} a connection to its public port, {@link
 * io.leadgauge.reliability.Figures} where a run writes down what it measured. Bounds in time are
 * asserted in long runs alone ({@code -Dlong}); in all runs it is asserted what came and what is
 * kept.
 */
@NullMarked
package io.leadgauge.reliability;

import org.jspecify.annotations.NullMarked;
