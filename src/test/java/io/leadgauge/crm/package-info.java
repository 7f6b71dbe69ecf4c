/** The rate budget, and clocks whose hands tests move. */
@NullMarked
package io.leadgauge.crm;

import org.jspecify.annotations.NullMarked;
