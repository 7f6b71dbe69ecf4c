/**
 * Salesforce: what its outbound messages, callouts and change events say as facts, and calls of its
 * API.
 */
@NullMarked
package io.leadgauge.crm.salesforce;

import org.jspecify.annotations.NullMarked;
