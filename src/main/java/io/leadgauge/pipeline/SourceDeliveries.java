package io.leadgauge.pipeline;

import io.leadgauge.crm.Connection;
import io.leadgauge.crm.EventSource;
import io.leadgauge.model.Delivery;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Takes what event sources deliver. It belongs to the connection that the source feeds, and tells
 * by its path which source that was. Where the connection is not served it is kept for it,
 * quarantined. Thread-safe.
 *
 * <p>A source is a part of its connection, and so is a change of its manifest a version of the
 * connection, which comes into force when all that it needs is there. What only that version can
 * read is not taken before.
 */
public final class SourceDeliveries {
  private static final Duration UNTIL_IN_FORCE = Duration.ofSeconds(10);

  private final Pipeline pipeline;

  /** Makes one. */
  public SourceDeliveries(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  /**
   * Takes an authentic delivery of a source; the receipt comes when it is on the disk.
   *
   * @param source as its manifest says now
   */
  public CompletionStage<Receipt> receive(EventSource source, Delivery delivery) {
    Delivery fed =
        new Delivery(
            source.feeds(),
            delivery.receivedAt(),
            delivery.method(),
            delivery.path(),
            delivery.headers(),
            delivery.body());
    return pipeline
        .scopes()
        .find(source.feeds())
        .map(scope -> receive(scope.connection(), source, fed))
        .orElseGet(() -> keep(source, fed));
  }

  private CompletionStage<Receipt> receive(
      Connection connection, EventSource source, Delivery delivery) {
    return isReadBetterSoon(connection, source, delivery)
        ? CompletableFuture.completedStage(new Receipt.Early(UNTIL_IN_FORCE))
        : pipeline.intake().receive(delivery);
  }

  /** Where the version in force reads as much of it as the next one will, it need not wait. */
  private boolean isReadBetterSoon(Connection connection, EventSource source, Delivery delivery) {
    EventSource inForce = connection.events().sources().get(source.name());
    if (inForce == null) {
      return true;
    }
    if (inForce.types().keySet().equals(source.types().keySet())) {
      return false;
    }
    Connection next = connection.with(connection.events().fedBy(source));
    return pipeline.notes(next, delivery).size() < pipeline.notes(connection, delivery).size();
  }

  private CompletionStage<Receipt> keep(EventSource source, Delivery delivery) {
    return pipeline
        .intake()
        .keep(
            source.name(),
            delivery,
            "the connection " + source.feeds() + " that it feeds is not served");
  }
}
