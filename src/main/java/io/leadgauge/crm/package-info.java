/**
 * What a CRM is to us: connection settings, the events it sends, the calls it answers. The
 * platforms themselves stand in packages below this one.
 */
@NullMarked
package io.leadgauge.crm;

import org.jspecify.annotations.NullMarked;
