package io.leadgauge.store;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.RecordRef;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the journal as it is stored, on its way to be stored without the erased.
 *
 * @param sequence its number, which it keeps
 * @param kind what it is
 * @param connection whose it is; null for no connection's
 * @param receivedAt when it came
 * @param head what describes its body
 * @param body its body, unpacked, empty where it was taken away; not copied, must not be changed
 * @param emptied whether its body was taken away
 * @param quarantined why it could not be applied; null when it was
 */
// Bytes on their way from one row to the same row; nothing compares entries.
@SuppressWarnings("ArrayRecordComponent")
public record StoredEntry(
    long sequence,
    String kind,
    @Nullable ConnectionId connection,
    long receivedAt,
    String head,
    byte[] body,
    boolean emptied,
    @Nullable String quarantined) {
  /** Stands for a reason of the CRM's that named somebody who was erased. */
  public static final String NAMES_ERASED = "the reason is not kept";

  static final String DELIVERY = "delivery";
  static final String OBSERVATION = "observation";
  private static final String DECISION = "decision";
  private static final String ERASED = "erased";

  /** Returns a delivery as it is stored. */
  static StoredEntry of(long sequence, Delivery delivery, @Nullable String quarantined) {
    return new StoredEntry(
        sequence,
        DELIVERY,
        delivery.connection(),
        delivery.receivedAt(),
        JsonText.deliveryHead(delivery),
        RequestText.text(delivery),
        false,
        quarantined);
  }

  /** Returns the delivery that this entry is; empty if it is something else. */
  public Optional<Delivery> delivery() {
    return connection != null && kind.equals(DELIVERY)
        ? Optional.of(RequestText.delivery(connection, receivedAt, head, body))
        : Optional.empty();
  }

  /**
   * Returns the same entry with another delivery in it.
   *
   * @param reason why it is quarantined; null if it is not any more
   */
  public StoredEntry with(Delivery other, @Nullable String reason) {
    return new StoredEntry(
        sequence,
        kind,
        connection,
        receivedAt,
        JsonText.deliveryHead(other),
        RequestText.text(other),
        false,
        reason);
  }

  /** Returns how long its body is, of a delivery without the headers. */
  int bytes() {
    return delivery().map(Delivery::body).orElse(body).length;
  }

  /** Returns its body as it is to be stored. */
  Packed packed() {
    Packing others = kind.equals(OBSERVATION) ? Packing.FACTS : Packing.PLAIN;
    return delivery().map(RequestText::pack).orElseGet(() -> others.pack(body));
  }

  /**
   * Returns this entry, if it is no delivery, without what it says of erased records; empty if it
   * says nothing of them. Of a decision on one only its number is left.
   *
   * @param named tells whether a text, of which only its connection is known, names one of them
   */
  public Optional<StoredEntry> without(
      Predicate<RecordRef> erased, BiPredicate<ConnectionId, String> named) {
    if (connection == null || emptied) {
      return Optional.empty();
    }
    String text = new String(body, StandardCharsets.UTF_8);
    return switch (kind) {
      case OBSERVATION ->
          FactText.observedWithout(text, connection, erased, named)
              .map(less -> as(kind, head, less));
      case DECISION ->
          erased.test(JsonText.decidedOn(head, connection))
              ? Optional.of(as(ERASED, "{}", ""))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private StoredEntry as(String otherKind, String otherHead, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new StoredEntry(
        sequence, otherKind, connection, receivedAt, otherHead, bytes, false, quarantined);
  }
}
