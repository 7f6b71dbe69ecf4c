package io.leadgauge.pipeline;

import io.leadgauge.crm.EventSource;
import io.leadgauge.model.Delivery;
import java.util.concurrent.CompletionStage;

/**
 * Takes what event sources deliver. It belongs to the connection that the source feeds, and tells
 * by its path which source that was. Where the connection is not served it is kept for it,
 * quarantined. Thread-safe.
 */
public final class SourceDeliveries {
  private final Pipeline pipeline;

  /** Makes one. */
  public SourceDeliveries(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  /** Takes an authentic delivery of a source; the receipt comes when it is on the disk. */
  public CompletionStage<Receipt> receive(EventSource source, Delivery delivery) {
    Delivery fed =
        new Delivery(
            source.feeds(),
            delivery.receivedAt(),
            delivery.method(),
            delivery.path(),
            delivery.headers(),
            delivery.body());
    return pipeline.scopes().find(source.feeds()).isPresent()
        ? pipeline.intake().receive(fed)
        : pipeline
            .intake()
            .keep(
                source.name(),
                fed,
                "the connection " + source.feeds() + " that it feeds is not served");
  }
}
