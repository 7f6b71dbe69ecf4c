package io.leadgauge.store;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordRef;
import org.jspecify.annotations.Nullable;

/**
 * Which deliveries are meant.
 *
 * @param connection of this connection; null for all
 * @param since received at this instant or later, by our clock
 * @param until received before this instant
 * @param outcome what became of them
 * @param record that name this record; null for all
 */
public record DeliveryFilter(
    @Nullable ConnectionId connection,
    long since,
    long until,
    Became outcome,
    @Nullable RecordRef record) {

  /** Every delivery of a connection; of all of them where it is null. */
  public static DeliveryFilter all(@Nullable ConnectionId connection) {
    return new DeliveryFilter(connection, Long.MIN_VALUE, Long.MAX_VALUE, Became.ANYTHING, null);
  }

  /** What became of a delivery. */
  public enum Became {
    /** Whatever. */
    ANYTHING("TRUE"),
    /** All that it says is applied, or it was when it was taken up once more. */
    APPLIED("outcome <> 'quarantined' AND noted = 0"),
    /** Some of its events were kept and counted and nothing else. */
    NOTED("noted > 0"),
    /** It could not be applied. */
    QUARANTINED("outcome = 'quarantined'"),
    /** Either of the two: something of it is not applied. */
    WAITING("(noted > 0 OR outcome = 'quarantined')");

    private final String condition;

    Became(String condition) {
      this.condition = condition;
    }

    String condition() {
      return condition;
    }
  }
}
