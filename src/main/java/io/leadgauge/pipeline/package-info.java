/** The flow: deliveries in, facts folded, contacts scored and decided, the CRM made to agree. */
@NullMarked
package io.leadgauge.pipeline;

import org.jspecify.annotations.NullMarked;
