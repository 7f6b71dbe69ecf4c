/** The command line: wires the rooms together and prints. The only room that knows the clock. */
@NullMarked
package io.leadgauge.cli;

import org.jspecify.annotations.NullMarked;
