package io.leadgauge.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A serve that runs by itself takes a delivery, and ends as it is told. */
class ServeProcessTest {
  @TempDir Path folder;

  @Test
  void delivery_signedAsHubSpotWould_isKept() throws IOException {
    House house = House.in(folder, "http://127.0.0.1:1", "full", "acme");
    try (ServeProcess serve = house.launch().start()) {
      serve.awaitReady();
      byte[] body =
          House.body(List.of(House.change(1, 101, "visits", "3", System.currentTimeMillis())));
      try (Line line = Line.to(serve.port())) {
        assertThat(line.post(House.path("acme"), house.signed("acme", body), body).isKept())
            .isTrue();
      }
      serve.terminate();
      serve.awaitEnd();
    }
  }
}
