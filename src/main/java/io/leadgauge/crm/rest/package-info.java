/**
 * Single calls of a CRM's API over HTTP, whoever's it is: each in its turn, with a token that is
 * good, bounded in time and size. Open {@link io.leadgauge.crm.rest.RestCalls} first.
 */
@NullMarked
package io.leadgauge.crm.rest;

import org.jspecify.annotations.NullMarked;
