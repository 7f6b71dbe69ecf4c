/** The command line: wires the rooms together and prints. */
@NullMarked
package io.leadgauge.cli;

import org.jspecify.annotations.NullMarked;
