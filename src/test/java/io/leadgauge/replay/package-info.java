/** Proofs about what is told again, and given away. */
@NullMarked
package io.leadgauge.replay;

import org.jspecify.annotations.NullMarked;
