package io.leadgauge.crm.hubspot;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.ApiAccess;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.CallTrouble.Unknown;
import io.leadgauge.crm.HandClock;
import io.leadgauge.crm.RateBudget;
import io.leadgauge.crm.RateBudget.Limit;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.Secret;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that never stops answering: the call ends, and so does its connection. */
@Timeout(60)
class EndlessAnswerTest {
  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 1000000000000000\r\n\r\n";

  private final Vertx vertx = Vertx.vertx();
  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicInteger open = new AtomicInteger();
  private @Nullable ServerSocket server;

  @AfterEach
  void stop() throws Exception {
    over.countDown();
    if (server != null) {
      server.close();
    }
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  /** Starts a server that answers with such a part again and again. */
  private URI serve(int part, Duration pause) throws IOException {
    ServerSocket started = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    server = started;
    Thread.ofVirtual().start(() -> acceptAll(started, part, pause));
    return URI.create("http://127.0.0.1:" + started.getLocalPort());
  }

  private void acceptAll(ServerSocket started, int part, Duration pause) {
    try {
      while (true) {
        Socket socket = started.accept();
        open.incrementAndGet();
        Thread.ofVirtual().start(() -> answer(socket, new byte[part], pause));
      }
    } catch (IOException e) {
      over.countDown();
    }
  }

  private void answer(Socket socket, byte[] part, Duration pause) {
    try (socket;
        InputStream in = socket.getInputStream();
        OutputStream out = socket.getOutputStream()) {
      assertThat(in.read(new byte[1_000])).isPositive();
      out.write(HEAD.getBytes(US_ASCII));
      while (!over.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        out.write(part);
        out.flush();
      }
    } catch (IOException | InterruptedException e) {
      // The client has hung up, which is what the tests wait for.
      assertThat(e).isNotNull();
    } finally {
      open.decrementAndGet();
    }
  }

  private HubSpotClient client(URI base, Duration timeout) {
    Limit many = new Limit(1_000, Duration.ofSeconds(10));
    RateBudget budget = new RateBudget(HandClock.leaping(), many, many, many);
    ApiAccess api = new ApiAccess(base, "v3", Secret.of("a-token"), timeout, 1_000);
    return new HubSpotClient(vertx, new ConnectionId("acme"), api, budget);
  }

  private void awaitAllConnectionsClosed() {
    while (open.get() > 0 && !Thread.currentThread().isInterrupted()) {
      Thread.onSpinWait();
    }
    assertThat(open).hasValue(0);
  }

  @Test
  void trickle_beyondTheTimeout_isUnknown_andFreesItsConnection() throws IOException {
    try (HubSpotClient client = client(serve(1, Duration.ofMillis(20)), Duration.ofMillis(200))) {
      // More calls than there are connections: a connection that is held would stop them.
      for (int i = 0; i < 20; i++) {
        CallTrouble trouble = client.read(RecordRef.CONTACT, List.of("7"), Set.of()).trouble();
        assertThat(trouble).isEqualTo(new Unknown("no whole answer from HubSpot in time"));
      }
      awaitAllConnectionsClosed();
    }
  }

  @Test
  void flood_beyondTheBound_isUnknown_andFreesItsConnection() throws IOException {
    try (HubSpotClient client =
        client(serve(1 << 20, Duration.ofMillis(1)), Duration.ofSeconds(50))) {
      assertThat(client.read(RecordRef.CONTACT, List.of("7"), Set.of()).trouble())
          .isEqualTo(
              new Unknown("the answer is larger than 33554432 bytes; ask for fewer properties"));
      awaitAllConnectionsClosed();
    }
  }
}
