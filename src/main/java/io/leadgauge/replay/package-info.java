/**
 * What was kept, told again: the journal folded once more, and deliveries handed on. Nothing here
 * folds or decodes by itself.
 */
@NullMarked
package io.leadgauge.replay;

import org.jspecify.annotations.NullMarked;
