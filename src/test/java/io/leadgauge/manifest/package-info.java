/** Tests of manifests. */
@NullMarked
package io.leadgauge.manifest;

import org.jspecify.annotations.NullMarked;
