package io.leadgauge.pipeline;

import io.leadgauge.crm.PortalParts;
import io.leadgauge.model.AppInstall;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Takes deliveries to an app, and hands each portal's events to the connection of that portal.
 *
 * <p>Each connection keeps the bytes of its own events and no other's, so that one can be erased
 * without touching another. A request is acknowledged when every part of it is on the disk; where
 * one could not be kept it comes again as a whole, and what was kept before changes nothing. Events
 * of a portal that is not served are kept under the name that its connection would have,
 * quarantined. Thread-safe.
 */
public final class AppDeliveries {
  private final Pipeline pipeline;
  private final Function<byte[], PortalParts> parts;
  private final Function<ConnectionId, String> whyNot;

  /**
   * Makes one.
   *
   * @param parts tells whose events stand in a body
   * @param whyNot says why a portal's connection is not served
   */
  public AppDeliveries(
      Pipeline pipeline,
      Function<byte[], PortalParts> parts,
      Function<ConnectionId, String> whyNot) {
    this.pipeline = pipeline;
    this.parts = parts;
    this.whyNot = whyNot;
  }

  /**
   * Takes an authentic delivery, whose connection is the app's name; the receipt comes when all
   * parts are on the disk.
   */
  public CompletionStage<Receipt> receive(Delivery delivery) {
    return switch (parts.apply(delivery.body())) {
      case PortalParts.Unreadable unreadable -> keep(delivery, delivery, unreadable.reason());
      case PortalParts.ByPortal split -> {
        List<CompletionStage<Receipt>> receipts = new ArrayList<>();
        for (Map.Entry<String, byte[]> part : split.bodies().entrySet()) {
          receipts.add(receive(delivery, part.getKey(), part.getValue()));
        }
        yield all(receipts);
      }
    };
  }

  private CompletionStage<Receipt> receive(Delivery whole, String portal, byte[] body) {
    ConnectionId app = whole.connection();
    if (portal.isEmpty()) {
      return keep(
          whole, part(whole, app, body), "no portal is named, expected a portalId of digits");
    }
    ConnectionId id = AppInstall.connection(app.name(), portal);
    Delivery part = part(whole, id, body);
    return pipeline.scopes().find(id).isPresent()
        ? pipeline.intake().receive(part)
        : keep(whole, part, whyNot.apply(id));
  }

  private CompletionStage<Receipt> keep(Delivery whole, Delivery part, String reason) {
    return pipeline.intake().keep(whole.connection(), part, reason);
  }

  private static Delivery part(Delivery whole, ConnectionId id, byte[] body) {
    return new Delivery(
        id, whole.receivedAt(), whole.method(), whole.path(), whole.headers(), body);
  }

  /** What could not be kept decides, since then all of it has to come again. */
  private static CompletionStage<Receipt> all(List<CompletionStage<Receipt>> receipts) {
    CompletionStage<Receipt> all = CompletableFuture.completedStage(new Receipt.Kept(0));
    for (CompletionStage<Receipt> one : receipts) {
      all = all.thenCombine(one, AppDeliveries::worse);
    }
    return all;
  }

  private static Receipt worse(Receipt one, Receipt other) {
    return switch (one) {
      case Receipt.Kept kept -> other;
      case Receipt.Full full -> other instanceof Receipt.Down ? other : one;
      case Receipt.Early early -> other instanceof Receipt.Down ? other : one;
      case Receipt.Down down -> one;
    };
  }
}
