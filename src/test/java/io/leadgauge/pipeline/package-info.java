/** Tests of the flow. */
@NullMarked
package io.leadgauge.pipeline;

import org.jspecify.annotations.NullMarked;
