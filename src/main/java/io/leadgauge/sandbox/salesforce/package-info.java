/**
 * A stand-in Salesforce org on this machine: REST API, OAuth, outbound messages and change events,
 * from memory, no kinder than the real one.
 *
 * <p>Open {@link io.leadgauge.sandbox.salesforce.SalesforceSandbox} first, then {@link
 * io.leadgauge.sandbox.salesforce.Org}, which holds the records; whatever is saved there together
 * is a {@link io.leadgauge.sandbox.salesforce.Transaction}, and {@link
 * io.leadgauge.sandbox.salesforce.Outbox} turns transactions into deliveries. Everything runs on
 * one event loop, so nothing is locked. The shapes are the sandbox's own.
 */
@NullMarked
package io.leadgauge.sandbox.salesforce;

import org.jspecify.annotations.NullMarked;
