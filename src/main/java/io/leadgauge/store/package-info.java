/**
 * The durable store: journal, facts, standings, due work, in one SQLite file.
 *
 * <p>{@link io.leadgauge.store.Store} opens it. One {@link io.leadgauge.store.StoreWriter} changes
 * it; any number of {@link io.leadgauge.store.StoreReader}s look at it meanwhile, from this process
 * or another.
 */
@NullMarked
package io.leadgauge.store;

import org.jspecify.annotations.NullMarked;
