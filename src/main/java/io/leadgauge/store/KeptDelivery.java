package io.leadgauge.store;

import io.leadgauge.model.Delivery;

/**
 * A delivery as it is kept.
 *
 * @param line what became of it
 * @param delivery the request itself
 */
public record KeptDelivery(JournalLine line, Delivery delivery) {}
