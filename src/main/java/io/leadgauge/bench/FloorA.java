package io.leadgauge.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.leadgauge.crm.signature.SignatureScheme;
import io.leadgauge.crm.signature.SignatureVerifier;
import io.leadgauge.crm.signature.SignedRequest;
import io.leadgauge.crm.signature.Verification;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.Delivery.Header;
import io.leadgauge.model.Secret;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Floor A, the least that a durable receiver must do: read the body, verify the signature, walk
 * through the JSON, append the bytes to a file, sync it for all that wait, answer 204. A GET is
 * answered by how many were appended so far, and in how many syncs.
 */
final class FloorA implements AutoCloseable {
  private static final JsonFactory JSON = new JsonFactory();

  private final Appender appender;
  private final List<HttpServer> servers = new ArrayList<>();
  private final Clockwork clock;
  private final SignatureVerifier verifier;
  private final String signedUrl;

  private FloorA(Clockwork clock, Path file, Secret secret, String signedUrl) throws IOException {
    this.clock = clock;
    this.signedUrl = signedUrl;
    this.appender = new Appender(file);
    this.verifier = new SignatureVerifier(Set.of(SignatureScheme.HUBSPOT_V3), List.of(secret));
  }

  /**
   * Starts one, which appends to a file.
   *
   * @param port on this machine; not 0, for several servers would get several ports
   * @param loops how many event loops take requests
   */
  static FloorA start(
      Vertx vertx, Clockwork clock, Path file, int port, int loops, Secret secret, String signedUrl)
      throws IOException {
    FloorA floor = new FloorA(clock, file, secret, signedUrl);
    for (int i = 0; i < loops; i++) {
      floor.listen(vertx, port);
    }
    return floor;
  }

  /** Servers on the same port of one Vert.x take turns. */
  private void listen(Vertx vertx, int port) {
    HttpServer server =
        vertx
            .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(port))
            .requestHandler(request -> receive(vertx.getOrCreateContext(), request));
    server.listen().toCompletionStage().toCompletableFuture().join();
    servers.add(server);
  }

  private void receive(Context context, HttpServerRequest request) {
    if (request.method().equals(HttpMethod.GET)) {
      request.response().end(appender.appended() + " " + appender.syncs());
      return;
    }
    request.body().onSuccess(body -> keep(context, request, body));
  }

  private void keep(Context context, HttpServerRequest request, Buffer buffer) {
    byte[] body = buffer.getBytes();
    if (!isAuthentic(request, body) || !isJson(body)) {
      request.response().setStatusCode(401).end();
      return;
    }
    appender.append(
        body, () -> context.runOnContext(kept -> request.response().setStatusCode(204).end()));
  }

  private boolean isAuthentic(HttpServerRequest request, byte[] body) {
    List<Header> headers =
        request.headers().entries().stream()
            .map(header -> new Header(header.getKey(), header.getValue()))
            .toList();
    SignedRequest signed = new SignedRequest(request.method().name(), signedUrl, headers, body);
    return verifier.verify(signed, clock.now()) instanceof Verification.Verified;
  }

  private static boolean isJson(byte[] body) {
    try (JsonParser parser = JSON.createParser(body)) {
      while (parser.nextToken() != null) {
        parser.currentName();
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    for (HttpServer server : servers) {
      server.close().toCompletionStage().toCompletableFuture().join();
    }
    appender.close();
  }
}
