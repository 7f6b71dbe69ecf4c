package io.leadgauge.store;

import io.leadgauge.model.ConnectionId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at deliveries that were kept. */
public final class KeptInTests {
  private KeptInTests() {}

  /** Returns those of a connection, or of all where it is null; newest first. */
  public static List<JournalLine> newest(StoreReader reader, @Nullable ConnectionId connection) {
    DeliveryFilter all = DeliveryFilter.all(connection);
    return reader.keptDeliveries().before(all, Long.MAX_VALUE, Integer.MAX_VALUE);
  }

  /** Returns the one of this number, which must be there. */
  public static KeptDelivery at(StoreReader reader, long sequence) {
    return reader.keptDeliveries().find(sequence).orElseThrow();
  }

  /** Returns the body of the one of this number, which must be there. */
  public static byte[] body(StoreReader reader, long sequence) {
    return at(reader, sequence).delivery().body();
  }

  /** Returns the same as text. */
  public static String text(StoreReader reader, long sequence) {
    return new String(body(reader, sequence), StandardCharsets.UTF_8);
  }
}
