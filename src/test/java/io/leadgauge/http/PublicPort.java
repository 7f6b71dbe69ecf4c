package io.leadgauge.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.leadgauge.MovableClock;
import io.leadgauge.crm.ApiAccess;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.FieldMap;
import io.leadgauge.crm.Guard;
import io.leadgauge.crm.Mode;
import io.leadgauge.crm.ModelUse;
import io.leadgauge.crm.Outcomes;
import io.leadgauge.crm.Poll;
import io.leadgauge.crm.WebhookAccess;
import io.leadgauge.crm.WriteBack;
import io.leadgauge.crm.signature.RequestSigner;
import io.leadgauge.crm.signature.SignatureScheme;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Delivery.Header;
import io.leadgauge.model.Secret;
import io.leadgauge.pipeline.Receipt;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A running public port with an intake that does as it is told. */
final class PublicPort implements AutoCloseable {
  static final long AT = 1_790_000_000_000L;
  static final String PUBLIC_URL = "https://hooks.example.org";
  static final Secret SECRET = Secret.of("client-secret-1234");
  static final Secret OLD_SECRET = Secret.of("client-secret-old");
  static final Secret TOKEN = Secret.of("t0ken-0f-the-path");
  static final byte[] BODY = "[{\"eventId\":1,\"name\":\"Zoë\"}]".getBytes(UTF_8);

  final MovableClock clock = new MovableClock(AT);
  final RefusedRequests refused = new RefusedRequests();
  final Metrics metrics = new Metrics(clock);
  final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
  final Map<ConnectionId, Connection> connections = new ConcurrentHashMap<>();
  private final Vertx vertx = Vertx.vertx();
  private final WebhookReceiver receiver;
  private final WebhookServer server;
  private volatile Function<Delivery, CompletionStage<Receipt>> intake =
      delivery -> CompletableFuture.completedFuture(new Receipt.Kept(deliveries.size()));

  PublicPort() {
    this(WebhookSettings.on("127.0.0.1", 0));
  }

  PublicPort(WebhookSettings settings) {
    add("plain", Set.of(SignatureScheme.HUBSPOT_V3), null);
    add("other", Set.of(SignatureScheme.HUBSPOT_V3), null);
    add("hidden", Set.of(SignatureScheme.HUBSPOT_V3), TOKEN);
    add("classic", Set.of(SignatureScheme.HUBSPOT_V1, SignatureScheme.HUBSPOT_V3), null);
    receiver =
        new WebhookReceiver(
            settings,
            id -> Optional.ofNullable(connections.get(id)).map(Connection::webhooks),
            delivery -> {
              deliveries.add(delivery);
              return intake.apply(delivery);
            },
            clock,
            refused,
            metrics);
    server = new WebhookServer(receiver);
    vertx.deployVerticle(server).await();
  }

  private void add(String name, Set<SignatureScheme> schemes, @Nullable Secret token) {
    Connection connection = connection(name, schemes, token);
    connections.put(connection.id(), connection);
  }

  static Connection connection(String name, Set<SignatureScheme> schemes, @Nullable Secret token) {
    return new Connection(
        new ConnectionId(name),
        CrmKind.HUBSPOT,
        "1234",
        new WebhookAccess(URI.create(PUBLIC_URL), schemes, List.of(SECRET, OLD_SECRET), token),
        new ApiAccess(
            URI.create("https://api.example.org"),
            "v3",
            Secret.of("access"),
            Duration.ofSeconds(1),
            100),
        List.of(new ModelUse("model", "model", Map.of(), null)),
        Mode.SHADOW,
        new FieldMap(new TreeMap<>()),
        new TreeMap<>(),
        List.of(),
        Outcomes.NONE,
        Poll.DEFAULT,
        new WriteBack(Duration.ZERO, 5, Duration.ofDays(1)),
        Guard.DEFAULT);
  }

  /** Makes the intake do something else from now on. */
  void intake(Function<Delivery, CompletionStage<Receipt>> other) {
    intake = other;
  }

  /** Returns for how long the event loop has owed an answer. */
  Duration silentFor() {
    return server.silentFor();
  }

  int port() {
    return server.port();
  }

  RawSocket open() throws IOException {
    return new RawSocket(port());
  }

  /** Tells it that it is about to stop. */
  void drain() {
    receiver.drain();
  }

  /** Stops the server as an undeployment does; completes when it has. */
  CompletionStage<Void> stop() {
    return vertx.undeploy(server.deploymentID()).toCompletionStage();
  }

  /** Sends one request on a socket of its own. */
  RawSocket.Response send(byte[] request) throws IOException {
    try (RawSocket socket = open()) {
      return socket.send(request).receive();
    }
  }

  /** Returns what the counters say. */
  double metric(String line) {
    return metrics
        .scrape()
        .lines()
        .filter(one -> one.startsWith(line + " "))
        .mapToDouble(one -> Double.parseDouble(one.substring(line.length()).strip()))
        .findFirst()
        .orElse(0);
  }

  /** Returns the sum of all lines of a counter that hold a text. */
  double sum(String name, String text) {
    return metrics
        .scrape()
        .lines()
        .filter(one -> one.startsWith(name + "{") && one.contains(text))
        .mapToDouble(one -> Double.parseDouble(one.substring(one.lastIndexOf(' ')).strip()))
        .sum();
  }

  @Override
  public void close() {
    vertx.close().await();
  }

  /** One request to be written down byte by byte. */
  static final class Request {
    private final String target;
    private String method = "POST";
    private Secret secret = SECRET;
    private long at = AT;
    private byte[] body = BODY;
    private final List<String> headers = new ArrayList<>();
    private final List<SignatureScheme> schemes = new ArrayList<>();
    private boolean typed = true;
    private boolean measured = true;
    private String signedTarget;

    Request(String target) {
      this.target = target;
      this.signedTarget = target;
    }

    static Request to(String target) {
      return new Request(target).signedAs(SignatureScheme.HUBSPOT_V3);
    }

    Request method(String other) {
      method = other;
      return this;
    }

    Request signedAs(SignatureScheme scheme) {
      schemes.add(scheme);
      return this;
    }

    Request unsigned() {
      schemes.clear();
      return this;
    }

    Request signedTarget(String other) {
      signedTarget = other;
      return this;
    }

    Request secret(Secret other) {
      secret = other;
      return this;
    }

    Request at(long other) {
      at = other;
      return this;
    }

    Request body(byte[] other) {
      body = other;
      return this;
    }

    Request header(String line) {
      headers.add(line);
      return this;
    }

    Request withoutType() {
      typed = false;
      return this;
    }

    Request withoutLength() {
      measured = false;
      return this;
    }

    /** Returns the request line and the headers, empty line included. */
    String head() {
      List<String> lines = new ArrayList<>();
      lines.add(method + " " + target + " HTTP/1.1");
      lines.add("Host: inner.example.org");
      if (typed) {
        lines.add("Content-Type: application/json");
      }
      if (measured) {
        lines.add("Content-Length: " + body.length);
      }
      for (SignatureScheme scheme : schemes) {
        for (Header header :
            new RequestSigner(scheme, secret)
                .sign(method, PUBLIC_URL + signedTarget, body, "m1", at)) {
          lines.add(header.name() + ": " + header.value());
        }
      }
      lines.addAll(headers);
      return String.join("\r\n", lines) + "\r\n\r\n";
    }

    /** Returns the whole request. */
    byte[] bytes() {
      byte[] head = head().getBytes(ISO_8859_1);
      byte[] all = new byte[head.length + body.length];
      System.arraycopy(head, 0, all, 0, head.length);
      System.arraycopy(body, 0, all, head.length, body.length);
      return all;
    }
  }
}
