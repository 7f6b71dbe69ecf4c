/**
 * The two ports. The public one takes webhooks in and nothing else; the admin one, on loopback
 * unless told, answers about health, metrics, refused requests, contacts and deliveries.
 *
 * <p>Start with {@link io.leadgauge.http.WebhookReceiver}: path, bounds, signature, hand-over and
 * answer in that order. {@link io.leadgauge.http.Answer} is the one place where the public port's
 * statuses are decided, {@link io.leadgauge.http.AdminServer} that of the admin port's.
 */
@NullMarked
package io.leadgauge.http;

import org.jspecify.annotations.NullMarked;
