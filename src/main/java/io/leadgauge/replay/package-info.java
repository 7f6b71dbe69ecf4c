/** The journal read back: folded once more, and compared with what is stored. */
@NullMarked
package io.leadgauge.replay;

import org.jspecify.annotations.NullMarked;
