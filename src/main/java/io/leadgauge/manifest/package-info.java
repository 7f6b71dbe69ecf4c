/**
 * Manifests: YAML in, checked models and connections out, with every problem at its line and
 * column.
 *
 * <p>What users write and what runs are two types. A file becomes a tree of {@link
 * io.leadgauge.manifest.Node}s that know where they stand; readers resolve it to the definitions of
 * {@code scoring} and {@code crm}; checks across files follow. A problem never stops the reading,
 * so that all of them come at once. Open {@link io.leadgauge.manifest.Manifests} first.
 */
@NullMarked
package io.leadgauge.manifest;

import org.jspecify.annotations.NullMarked;
