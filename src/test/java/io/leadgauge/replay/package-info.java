@NullMarked
package io.leadgauge.replay;

import org.jspecify.annotations.NullMarked;
