/**
 * Events of what is no CRM: reading them, and whom they are about.
 *
 * <p>Open {@link io.leadgauge.crm.events.SourceEvents} first.
 */
@NullMarked
package io.leadgauge.crm.events;

import org.jspecify.annotations.NullMarked;
