/** The commands, run as a person runs them. */
@NullMarked
package io.leadgauge.cli;

import org.jspecify.annotations.NullMarked;
