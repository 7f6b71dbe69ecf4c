/**
 * Signing and verifying webhook requests, every scheme; pure: time and bytes come in, a value goes
 * out.
 *
 * <p>Open {@link io.leadgauge.crm.signature.SignatureVerifier} first. {@link
 * io.leadgauge.crm.signature.RequestSigner} is its other half, for the sandbox and for deliveries
 * that are sent again, and {@link io.leadgauge.crm.signature.SignatureCheck} explains a refusal.
 */
@NullMarked
package io.leadgauge.crm.signature;

import org.jspecify.annotations.NullMarked;
