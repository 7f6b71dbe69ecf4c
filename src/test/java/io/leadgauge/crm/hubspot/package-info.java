/** HubSpot from outside: bodies in, facts out; calls out, answers in. */
@NullMarked
package io.leadgauge.crm.hubspot;

import org.jspecify.annotations.NullMarked;
