/** The rules of the house, and what proves that they can fail. */
@NullMarked
package io.leadgauge.architecture;

import org.jspecify.annotations.NullMarked;
