package io.leadgauge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadgauge.cli.SystemClockwork;
import io.leadgauge.model.Clockwork;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A running sandbox and a plain client for it, which share nothing. */
final class SandboxClient implements AutoCloseable {
  /** 21 November 2026, 10:00 UTC. */
  static final long NOW = 1_795_255_200_000L;

  /** The seed of every test that names none. */
  static final long SEED = 7;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Sandbox sandbox;

  private SandboxClient(SandboxOptions options, Clockwork clock) {
    try {
      this.sandbox =
          Sandbox.start(vertx, options, clock)
              .toCompletionStage()
              .toCompletableFuture()
              .get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("the sandbox did not start", e);
    }
  }

  /** An answer as it came. */
  record Reply(int status, HttpResponse<String> raw) {
    JsonNode json() {
      return SandboxClient.json(raw.body());
    }

    String header(String name) {
      return raw.headers().firstValue(name).orElse("");
    }
  }

  /** A sandbox without limits, whose search is up to date. */
  static SandboxClient unlimited() {
    return with(options());
  }

  static SandboxOptions options() {
    return SandboxOptions.defaults().withLimits(Limits.OFF).withSearchLag(Duration.ZERO);
  }

  static SandboxClient with(SandboxOptions options) {
    return seeded(options, SEED);
  }

  static SandboxClient seeded(SandboxOptions options, long seed) {
    return new SandboxClient(options.withSeed(seed), new SystemClockwork());
  }

  static SandboxClient with(SandboxOptions options, Clockwork clock) {
    return new SandboxClient(options.withSeed(SEED), clock);
  }

  static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }

  Sandbox sandbox() {
    return sandbox;
  }

  Reply get(String path) {
    return send("GET", path, "", SandboxOptions.TOKEN);
  }

  Reply post(String path, String body) {
    return send("POST", path, quoted(body), SandboxOptions.TOKEN);
  }

  Reply patch(String path, String body) {
    return send("PATCH", path, quoted(body), SandboxOptions.TOKEN);
  }

  Reply delete(String path) {
    return send("DELETE", path, "", SandboxOptions.TOKEN);
  }

  /** Sends a request with a token; blank sends none. */
  Reply send(String method, String path, String body, String token) {
    return send(method, path, "application/json", body, token);
  }

  /** Sends a form, without a token. */
  Reply form(String path, String form) {
    return send("POST", path, "application/x-www-form-urlencoded", form, "");
  }

  private Reply send(String method, String path, String type, String body, String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(sandbox.address() + path))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", type)
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!token.isBlank()) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      Contract.check(method, path, response);
      return new Reply(response.statusCode(), response);
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Creates a contact through the API and returns its id. */
  String create(String properties) {
    Reply reply = post("/crm/v3/objects/contacts", "{'properties':{" + properties + "}}");
    if (reply.status() != 201) {
      throw new AssertionError(reply.raw().body());
    }
    return reply.json().path("id").asText();
  }

  /** What the control API says of a contact. */
  JsonNode contact(String id) {
    return get("/_sandbox/contacts/" + id).json();
  }

  @Override
  public void close() {
    http.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** JSON with single quotes for easier reading; bodies that hold none of them stay as they are. */
  static String quoted(String body) {
    return body.replace('\'', '"');
  }
}
