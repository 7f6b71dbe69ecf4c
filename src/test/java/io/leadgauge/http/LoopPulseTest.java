package io.leadgauge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Await;
import io.leadgauge.http.PublicPort.Request;
import io.leadgauge.pipeline.Receipt;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A loop that stands owes an answer for as long as it stands, however often it is asked. */
class LoopPulseTest {
  @Test
  void loopThatStands_isSilentForAsLong_andNotOnceItTurns() throws IOException {
    CountDownLatch standing = new CountDownLatch(1);
    CountDownLatch letGo = new CountDownLatch(1);
    try (PublicPort port = new PublicPort();
        RawSocket socket = port.open()) {
      port.intake(
          delivery -> {
            standing.countDown();
            await(letGo);
            return CompletableFuture.completedFuture(new Receipt.Kept(1));
          });
      socket.send(Request.to("/webhooks/plain").bytes());
      await(standing);

      assertThat(port.silentFor()).isZero();
      port.clock.advance(Duration.ofSeconds(20));
      assertThat(port.silentFor()).isEqualTo(Duration.ofSeconds(20));
      port.clock.advance(Duration.ofSeconds(20));
      assertThat(port.silentFor()).isEqualTo(Duration.ofSeconds(40));
      letGo.countDown();
      Await.until("it turns", Duration.ofSeconds(20), () -> port.silentFor().isZero());
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
