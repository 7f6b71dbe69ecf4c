package io.leadgauge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.crm.OutgoingHttp;
import io.leadgauge.crm.signature.RequestSigner;
import io.leadgauge.crm.signature.SignatureScheme;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** The website of a demo: tells of visits, forms and clicks, each event signed. */
final class DemoWebsite implements AutoCloseable {
  /** The secret that signs its events, in the form of Standard Webhooks. */
  static final String SECRET = "whsec_ZGVtby13ZWJzaXRlLXNlY3JldC1vZi0zMi1ieXRlcyE=";

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final URI address;
  private final Clockwork clock;
  private final RequestSigner signer =
      new RequestSigner(SignatureScheme.STANDARD, Secret.of(SECRET));
  private final HttpClient client = OutgoingHttp.client().build();
  private int told;

  DemoWebsite(int port, Clockwork clock) {
    this.address = URI.create("http://127.0.0.1:" + port + "/webhooks/website");
    this.clock = clock;
  }

  /** Returns the event of an activity: its type, its instant, and what else is said of it. */
  static ObjectNode event(String email, JsonNode activity, long at) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.putObject("contact").put("email", email);
    event.put("type", activity.path("type").asText());
    event.put("at", Instant.ofEpochMilli(at).toString());
    ObjectNode attributes = event.putObject("attributes");
    activity
        .properties()
        .forEach(
            one -> {
              if (!one.getKey().equals("type") && !one.getKey().equals("ago")) {
                attributes.set(one.getKey(), one.getValue());
              }
            });
    return event;
  }

  /** Tells of events, in one request. */
  void tell(ArrayNode events) {
    byte[] body = events.toString().getBytes(StandardCharsets.UTF_8);
    told++;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    signer
        .sign("POST", address.toString(), body, "msg_" + told, clock.now())
        .forEach(header -> request.header(header.name(), header.value()));
    try {
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new IllegalStateException(
            "the website's events were answered " + answer.statusCode() + ": " + answer.body());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while telling of visits", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
