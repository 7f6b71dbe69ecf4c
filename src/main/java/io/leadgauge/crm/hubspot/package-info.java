/**
 * HubSpot: its webhooks read into events and facts, its contacts API called. Open {@link
 * io.leadgauge.crm.hubspot.HubSpotAdapter} first; {@link io.leadgauge.crm.hubspot.HubSpotEvents} is
 * the way in, {@link io.leadgauge.crm.hubspot.HubSpotClient} the way out.
 */
@NullMarked
package io.leadgauge.crm.hubspot;

import org.jspecify.annotations.NullMarked;
