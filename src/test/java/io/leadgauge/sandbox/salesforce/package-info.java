@NullMarked
package io.leadgauge.sandbox.salesforce;

import org.jspecify.annotations.NullMarked;
