/**
 * Measures scoring against Java written by hand for one model, and against rule engines. Open
 * {@link io.leadgauge.bench.ScoringBench}.
 */
@NullMarked
package io.leadgauge.bench;

import org.jspecify.annotations.NullMarked;
