package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.MovableClock;
import io.leadgauge.crm.PortalParts;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.store.KeptInTests;
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

  /** In MiB; 32 of them wait at once. */
  private static final int ALMOST_ALL_THAT_WAITS = 31;

  private static final int LARGE = 2;
  private static final int SMALL = 0;

  @TempDir Path folder;

  @Test
  void part_forWhichThereIsNoRoom_makesAllOfItComeAgain() {
    try (Store store = Store.open(folder);
        StoreReader reader = store.reader();
        Pipeline pipeline =
            new Pipeline(
                store, Map.of(), new SimpleMeterRegistry(), new MovableClock(1_000), 1 << 20)) {
      AppDeliveries deliveries =
          new AppDeliveries(pipeline, AppDeliveriesTest::parts, id -> "not installed");

      CompletableFuture<Receipt> early = received(deliveries, ALMOST_ALL_THAT_WAITS, SMALL);
      CompletableFuture<Receipt> first = received(deliveries, LARGE, SMALL);
      CompletableFuture<Receipt> last = received(deliveries, SMALL, LARGE);
      assertThat(List.of(early, first, last))
          .as("nothing is on the disk yet")
          .noneMatch(CompletableFuture::isDone);
      pipeline.start(List.of());

      assertThat(early.join()).isInstanceOf(Receipt.Kept.class);
      assertThat(first.join()).as("no room for the first part").isInstanceOf(Receipt.Full.class);
      assertThat(last.join()).as("no room for the last part").isInstanceOf(Receipt.Full.class);
      assertThat(kept(reader, "acme-1")).isEqualTo(2);
      assertThat(kept(reader, "acme-2")).isEqualTo(2);
      assertThat(received(deliveries, LARGE, SMALL).join()).isInstanceOf(Receipt.Kept.class);
      assertThat(kept(reader, "acme-1")).isEqualTo(3);
    }
  }

  /**
   * The first byte of a body says how long the part of the first portal is, the second the other.
   */
  private static PortalParts parts(byte[] body) {
    return new PortalParts.ByPortal(
        new TreeMap<>(Map.of("1", new byte[body[0] << 20 | 1], "2", new byte[body[1] << 20 | 1])));
  }

  private static CompletableFuture<Receipt> received(
      AppDeliveries deliveries, int first, int last) {
    return deliveries
        .receive(delivery(new byte[] {(byte) first, (byte) last}))
        .toCompletableFuture();
  }

  private static Delivery delivery(byte[] body) {
    return new Delivery(APP, 1_000, "POST", "/webhooks/acme", List.of(), body);
  }

  private static int kept(StoreReader reader, String connection) {
    return KeptInTests.newest(reader, new ConnectionId(connection)).size();
  }
}
