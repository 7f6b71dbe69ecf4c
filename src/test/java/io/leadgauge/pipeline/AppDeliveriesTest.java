package io.leadgauge.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.MovableClock;
import io.leadgauge.crm.PortalParts;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A request is acknowledged when every part of it is on the disk, and not before. */
class AppDeliveriesTest {
  private static final ConnectionId APP = new ConnectionId("acme");
  private static final byte[] MORE_THAN_WAITS_AT_ONCE = new byte[40 << 20];

  @TempDir Path folder;

  @Test
  void part_forWhichThereIsNoRoom_makesAllOfItComeAgain() {
    try (Store store = Store.open(folder);
        StoreReader reader = store.reader();
        Pipeline pipeline =
            new Pipeline(
                store, Map.of(), new SimpleMeterRegistry(), new MovableClock(1_000), 1 << 20)) {
      AppDeliveries deliveries =
          new AppDeliveries(
              pipeline,
              body ->
                  new PortalParts.ByPortal(
                      new TreeMap<>(Map.of("1", body, "2", "[2]".getBytes(UTF_8)))),
              id -> "not installed");

      CompletableFuture<Receipt> first =
          deliveries.receive(delivery(MORE_THAN_WAITS_AT_ONCE)).toCompletableFuture();
      assertThat(first).as("the first part is not on the disk yet").isNotDone();
      pipeline.start(List.of());

      assertThat(first.join()).isInstanceOf(Receipt.Full.class);
      assertThat(kept(reader, "acme-1")).isEqualTo(1);
      assertThat(kept(reader, "acme-2")).isZero();
      assertThat(deliveries.receive(delivery(new byte[] {1})).toCompletableFuture().join())
          .isInstanceOf(Receipt.Kept.class);
      assertThat(kept(reader, "acme-1")).isEqualTo(2);
      assertThat(kept(reader, "acme-2")).isEqualTo(1);
    }
  }

  private static Delivery delivery(byte[] body) {
    return new Delivery(APP, 1_000, "POST", "/webhooks/acme", List.of(), body);
  }

  private static int kept(StoreReader reader, String connection) {
    return reader.deliveries(new ConnectionId(connection), Long.MAX_VALUE, 10).size();
  }
}
