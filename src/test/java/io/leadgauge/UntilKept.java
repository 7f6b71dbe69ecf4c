package io.leadgauge;

import io.leadgauge.pipeline.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Sends as a CRM does, which comes again where it is told to. Where a clock is moved while
 * something waits, that seems to have waited for long, and whoever comes next is told so.
 */
public final class UntilKept {
  private UntilKept() {}

  /** Sends until it is kept; returns the number of the delivery. Any other answer is a failure. */
  public static long send(Supplier<CompletionStage<Receipt>> sending) {
    List<Receipt.Kept> kept = new ArrayList<>();
    Await.until(
        "kept",
        () -> {
          Receipt receipt = sending.get().toCompletableFuture().join();
          if (!(receipt instanceof Receipt.Full)) {
            kept.add((Receipt.Kept) receipt);
          }
          return !kept.isEmpty();
        });
    return kept.getFirst().sequence();
  }
}
