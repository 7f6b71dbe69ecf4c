package io.leadgauge.store;

import io.leadgauge.model.Delivery;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;

/**
 * A delivery on its way into the journal: its headers and body are being packed. That takes longer
 * than appending it, so it is begun when the delivery comes, beside the thread that brings it and
 * the one that owns the writer. Immutable and thread-safe.
 */
public final class PackedDelivery {
  private final Delivery delivery;
  private final ForkJoinTask<Packed> packing;

  private PackedDelivery(Delivery delivery) {
    this.delivery = delivery;
    this.packing = ForkJoinPool.commonPool().submit(() -> RequestText.pack(delivery));
  }

  /** Begins to pack a delivery. */
  public static PackedDelivery of(Delivery delivery) {
    return new PackedDelivery(delivery);
  }

  /** Returns the delivery as it came. */
  public Delivery delivery() {
    return delivery;
  }

  /** Waits until it is packed. */
  Packed packed() {
    return packing.join();
  }
}
