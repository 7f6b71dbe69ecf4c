/** Tests of the benchmark: that it measures, never how much. */
@NullMarked
package io.leadgauge.bench;

import org.jspecify.annotations.NullMarked;
