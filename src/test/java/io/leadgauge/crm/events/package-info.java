@NullMarked
package io.leadgauge.crm.events;

import org.jspecify.annotations.NullMarked;
