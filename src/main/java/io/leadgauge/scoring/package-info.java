/**
 * Points as a pure function of facts, and decisions on them. Nothing but {@code java.*} and the
 * model: no clock, no log, no floating point.
 */
@NullMarked
package io.leadgauge.scoring;

import org.jspecify.annotations.NullMarked;
