/** Tests of the stand-in CRM from outside: over its API, its webhooks and its control API. */
@NullMarked
package io.leadgauge.sandbox;

import org.jspecify.annotations.NullMarked;
