/**
 * What the machine allows and how near the product comes: floors, and measurements beside them in
 * one run. Figures are ratios; start reading at {@link io.leadgauge.bench.Suite}.
 */
@NullMarked
package io.leadgauge.bench;

import org.jspecify.annotations.NullMarked;
