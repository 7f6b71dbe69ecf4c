/** Points and decisions, by laws over generated models and by examples computed by hand. */
@NullMarked
package io.leadgauge.scoring;

import org.jspecify.annotations.NullMarked;
