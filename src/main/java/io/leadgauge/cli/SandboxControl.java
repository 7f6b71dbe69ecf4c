package io.leadgauge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadgauge.crm.OutgoingHttp;
import io.leadgauge.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Speaks with a sandbox: its control API, and its CRM API as our own app. Thread-safe. */
public final class SandboxControl implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final URI base;
  private final HttpClient client = OutgoingHttp.client().build();

  /** Makes one that speaks with the sandbox at this address. */
  public SandboxControl(URI base) {
    this.base = base;
  }

  /**
   * Asks for something.
   *
   * @throws IllegalStateException if the answer is no success; so do the others
   */
  public JsonNode get(String path) {
    return send(request(path).GET());
  }

  /** Tells it something. */
  public JsonNode post(String path, JsonNode body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  /** Takes something back. */
  public JsonNode delete(String path) {
    return send(request(path).DELETE());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + SandboxOptions.TOKEN);
  }

  private JsonNode send(HttpRequest.Builder request) {
    try {
      HttpRequest built = request.build();
      HttpResponse<String> answer = client.send(built, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new IllegalStateException(
            built.uri().getPath() + " answered " + answer.statusCode() + ": " + answer.body());
      }
      return MAPPER.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking the sandbox", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
