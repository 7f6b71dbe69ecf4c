package io.leadgauge.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadgauge.bench.Requests.Target;
import io.leadgauge.cli.SystemClockwork;
import io.leadgauge.crm.OutgoingHttp;
import io.leadgauge.crm.signature.RequestSigner;
import io.leadgauge.crm.signature.SignatureScheme;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.Secret;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FloorATest {
  private static final int MANY = 200;

  @TempDir Path folder;
  private final Clockwork clock = new SystemClockwork();
  private final Vertx vertx = Vertx.vertx();
  private final List<byte[]> bodies =
      new Deliveries(clock.now(), new SplittableRandom(1)).about(MANY, 3, () -> 7);
  private Path file = Path.of("");
  private int port;

  @SuppressWarnings("NullAway.Init") // started before each test
  private FloorA floor;

  @BeforeEach
  void start() throws IOException {
    file = folder.resolve("appended");
    port = FreePort.next();
    Secret secret = Secret.of(BenchPortal.CLIENT_SECRET);
    floor = FloorA.start(vertx, clock, file, port, 2, secret, BenchPortal.SIGNED_URL);
  }

  @AfterEach
  void stop() throws IOException {
    floor.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private Target target() {
    return new Target(port, BenchPortal.PATH, BenchPortal.SIGNED_URL);
  }

  private Flood.Outcome send(RequestSigner signer, List<byte[]> sent) {
    Requests requests = Requests.of(target(), signer, sent, 3, clock.now());
    return Flood.send(vertx, clock, requests, port, 16, 0).join();
  }

  @Test
  void deliveries_signed_areInTheFileOnceTheyAreAnswered()
      throws IOException, InterruptedException {
    Flood.Outcome outcome = send(BenchPortal.SIGNER, bodies);
    assertThat(outcome.nanos()).hasSize(MANY);
    assertThat(outcome.refused()).isZero();
    assertThat(Appended.in(file))
        .containsExactlyInAnyOrderElementsOf(
            bodies.stream().map(body -> new String(body, UTF_8)).toList());
    String[] counts = get().split(" ", -1);
    assertThat(counts[0]).isEqualTo(Integer.toString(MANY));
    assertThat(Integer.parseInt(counts[1])).isBetween(1, MANY);
  }

  @Test
  void deliveries_signedWithAnotherSecret_areRefused_andNotInTheFile() throws IOException {
    RequestSigner other =
        new RequestSigner(SignatureScheme.HUBSPOT_V3, Secret.of("another-client-secret"));
    assertThatThrownBy(() -> send(other, bodies)).hasMessageContaining("answered 401");
    assertThat(Appended.in(file)).isEmpty();
  }

  @Test
  void delivery_thatIsNoJson_isRefused() throws IOException {
    List<byte[]> broken = List.of("[{\"objectId\":".getBytes(UTF_8));
    assertThatThrownBy(() -> send(BenchPortal.SIGNER, broken)).hasMessageContaining("answered 401");
    assertThat(Appended.in(file)).isEmpty();
  }

  private String get() throws IOException, InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + port + "/");
    try (HttpClient client = OutgoingHttp.client().build()) {
      return client
          .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
