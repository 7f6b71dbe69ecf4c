/** Signing and verifying webhook requests, every scheme; pure. */
@NullMarked
package io.leadgauge.crm.signature;

import org.jspecify.annotations.NullMarked;
