package io.leadgauge.store;

import io.leadgauge.model.Delivery;

/**
 * A delivery as it is kept.
 *
 * @param line what became of it
 * @param delivery the request itself
 * @param hasBody whether its headers and body are still there; retention has taken them away if not
 */
public record KeptDelivery(JournalLine line, Delivery delivery, boolean hasBody) {}
