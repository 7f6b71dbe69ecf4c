/**
 * A stand-in HubSpot on this machine: contact endpoints, limits, error bodies and webhooks, for the
 * demo, for load tests and for trying things. It is no kinder than the real one.
 *
 * <p>Open {@link io.leadgauge.sandbox.Sandbox} first, then {@link io.leadgauge.sandbox.Portal},
 * which holds the contacts; every change there is a {@link io.leadgauge.sandbox.Change}, and {@link
 * io.leadgauge.sandbox.WebhookOutbox} turns changes into deliveries. Everything runs on one event
 * loop, so nothing is locked. The shapes are the sandbox's own: it shares no code with the client
 * and the receiver that are tried against it, so that one mistake is not made twice. Chance, timers
 * and fates are public for the stand-in Salesforce, {@code sandbox.salesforce}, which is a room of
 * its own beside it.
 */
@NullMarked
package io.leadgauge.sandbox;

import org.jspecify.annotations.NullMarked;
