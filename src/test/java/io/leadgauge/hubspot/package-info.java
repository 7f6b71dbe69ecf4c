/** HubSpot's interface descriptions, and what holds requests of all tests against them. */
@NullMarked
package io.leadgauge.hubspot;

import org.jspecify.annotations.NullMarked;
