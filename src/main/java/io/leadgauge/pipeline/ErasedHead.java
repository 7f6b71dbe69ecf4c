package io.leadgauge.pipeline;

import io.leadgauge.crm.Erased;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Delivery.Header;
import java.util.ArrayList;
import java.util.List;

/** Path and headers of a delivery from which erased persons were taken out. */
final class ErasedHead {
  /** Tells, in a kept delivery, that its body is not the one that was signed. */
  static final Header MARK = new Header("Leadgauge-Erased", "true");

  private static final String MASK = "***";

  private ErasedHead() {}

  /** Returns the delivery without path and headers that name erased persons, and marked. */
  static Delivery without(Delivery delivery, Erased erased) {
    List<Header> headers = new ArrayList<>();
    for (Header header : delivery.headers()) {
      boolean names = erased.isNamedIn(delivery.connection(), header.value());
      headers.add(names ? new Header(header.name(), MASK) : header);
    }
    if (!headers.contains(MARK)) {
      headers.add(MARK);
    }
    return new Delivery(
        delivery.connection(),
        delivery.receivedAt(),
        delivery.method(),
        path(delivery, erased),
        headers,
        delivery.body());
  }

  private static String path(Delivery delivery, Erased erased) {
    int query = delivery.path().indexOf('?');
    boolean names =
        query >= 0 && erased.isNamedIn(delivery.connection(), delivery.path().substring(query));
    return names ? delivery.path().substring(0, query + 1) + MASK : delivery.path();
  }
}
