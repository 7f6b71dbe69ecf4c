package io.leadgauge.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Await;
import io.leadgauge.reliability.Crowd.Manner;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One connection is flooded; the deliveries of another are taken as if it were not. */
@Tag("alone")
class NoisyNeighbourTest {
  private static final String NOBODY = "http://127.0.0.1:1";
  private static final Duration BETWEEN = Duration.ofMillis(10);

  @TempDir Path folder;

  private static final Figures FIGURES = new Figures(NoisyNeighbourTest.class);

  @Test
  void quietConnection_besideAFloodedOne_isServedInItsTurn() throws Exception {
    long enough = Figures.isLong() ? 600 : 150;
    House house = House.in(folder, NOBODY, "shadow", "quiet", "noisy");
    try (ServeProcess serve = house.launch().start()) {
      serve.awaitReady();
      Crowd alone = quiet(serve, house);
      Await.until(
          "the quiet one is served alone", Duration.ofMinutes(2), () -> alone.kept() >= enough);
      alone.close();
      Crowd noise =
          new Crowd(serve.port(), 300, Manner.HASTY, Posts.signedBefore(house, "noisy", 240, 40));
      Await.until("the noisy one keeps others waiting", () -> noise.kept() > 100);
      Crowd beside = quiet(serve, house);
      long noiseBefore = noise.kept();
      Await.until("the quiet one is served", Duration.ofMinutes(2), () -> beside.kept() >= enough);
      beside.close();
      long noiseBeside = noise.kept() - noiseBefore;
      noise.close();
      FIGURES.note("quiet alone", latency(alone));
      FIGURES.note("quiet beside the noise", latency(beside));
      FIGURES.note("noise of 240 events each", latency(noise) + ", " + noise.tally());
      assertThat(noiseBeside).as("it was noisy meanwhile").isPositive();
      assertThat(beside.wrong()).isEmpty();
      assertThat(noise.wrong()).isEmpty();
      assertThat(beside.refused()).isZero();
      // In turn: it waits for the batch that is on its way, not for the queue of the noisy one.
      assertThat(Figures.quantile(beside.nanos(), 0.5))
          .isLessThan(Figures.quantile(noise.nanos(), 0.5));
      if (Figures.isLong()) {
        assertThat(Figures.quantile(beside.nanos(), 0.99)).isLessThan(Duration.ofMillis(250));
      }
    }
  }

  private static Crowd quiet(ServeProcess serve, House house) {
    return new Crowd(serve.port(), 2, Manner.every(BETWEEN), Posts.fresh(house, "quiet", 3));
  }

  private static String latency(Crowd crowd) {
    return "p50 "
        + Figures.millis(Figures.quantile(crowd.nanos(), 0.5))
        + ", p99 "
        + Figures.millis(Figures.quantile(crowd.nanos(), 0.99));
  }
}
