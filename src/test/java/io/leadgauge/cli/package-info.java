/** Tests of the command line. */
@NullMarked
package io.leadgauge.cli;

import org.jspecify.annotations.NullMarked;
