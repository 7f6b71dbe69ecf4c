/** Signatures, by vectors computed elsewhere and by laws. */
@NullMarked
package io.leadgauge.crm.signature;

import org.jspecify.annotations.NullMarked;
