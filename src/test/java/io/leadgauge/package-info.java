/** What tests of all rooms share. */
@NullMarked
package io.leadgauge;

import org.jspecify.annotations.NullMarked;
