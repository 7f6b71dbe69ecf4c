/**
 * What was kept, told again: the journal folded once more and compared with what is stored, the
 * life of one contact, what another model would change, deliveries handed on. Nothing here folds or
 * decodes by itself.
 */
@NullMarked
package io.leadgauge.replay;

import org.jspecify.annotations.NullMarked;
