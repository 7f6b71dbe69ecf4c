package io.leadgauge.crm;

import io.leadgauge.model.Delivery;
import java.nio.charset.StandardCharsets;

/** What is left of a delivery when nothing may be kept of some persons. */
public sealed interface Redacted {
  /** What stands in place of a body of which nothing can be kept. */
  String NOTE = "removed: it named an erased person, and could not be read otherwise";

  /** It names none of them. */
  record Untouched() implements Redacted {}

  /**
   * It is without what it said of them, and says of all others what it said.
   *
   * @param delivery the rest; its headers as they were
   */
  record Less(Delivery delivery) implements Redacted {}

  /**
   * It could not be read, and may name one of them.
   *
   * @param delivery with a note for a body; its headers as they were
   */
  record Nothing(Delivery delivery) implements Redacted {}

  /** Returns a delivery with the bytes of other events. */
  static Redacted less(Delivery delivery, byte[] body) {
    return new Less(with(delivery, body));
  }

  /** Returns a delivery with a note for a body. */
  static Redacted nothing(Delivery delivery) {
    return new Nothing(with(delivery, NOTE.getBytes(StandardCharsets.UTF_8)));
  }

  private static Delivery with(Delivery delivery, byte[] body) {
    return new Delivery(
        delivery.connection(),
        delivery.receivedAt(),
        delivery.method(),
        delivery.path(),
        delivery.headers(),
        body);
  }
}
