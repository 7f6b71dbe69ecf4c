package io.leadgauge.manifest;

import org.jspecify.annotations.Nullable;

/** Makes something of a node. */
@FunctionalInterface
interface Reader<T> {
  /** Returns what the node means; null if it means nothing, and a problem says why. */
  @Nullable T read(Node node);
}
