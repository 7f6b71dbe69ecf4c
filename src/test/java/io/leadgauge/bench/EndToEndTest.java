package io.leadgauge.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.bench.Suite.Settings;
import io.leadgauge.cli.SystemClockwork;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndToEndTest {
  private final Vertx vertx = Vertx.vertx();
  private final List<String> told = new ArrayList<>();
  private final Report report = new Report(told::add);
  @TempDir private Path folder;

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void measure_fewContacts_allHoldTheScoresThatTheirEventsLeadTo() throws Exception {
    Settings settings = new Settings(folder, 150, 1, 0.02, 1);

    EndToEnd.measure(settings, new SystemClockwork(), vertx, report);

    assertThat(report.figures())
        .extracting(Figure::name)
        .contains(
            "end to end by 1",
            "end to end by 100",
            "end to end 5 of a contact by 100",
            "end to end at 1000 a second by 1: lag p99",
            "end to end at 1000 a second by 100: lag p99");
  }
}
