package io.leadgauge.sandbox.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadgauge.cli.SystemClockwork;
import io.leadgauge.model.Clockwork;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A running stand-in org and a plain client for it, which share nothing. */
final class OrgClient implements AutoCloseable {
  /** 21 November 2026, 10:00 UTC. */
  static final long NOW = 1_795_255_200_000L;

  static final String DATA = "/services/data/v67.0";
  static final String COLLECTIONS = DATA + "/composite/sobjects";

  private static final long SEED = 7;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final SalesforceSandbox sandbox;

  private OrgClient(SalesforceOptions options, Clockwork clock) {
    try {
      this.sandbox =
          SalesforceSandbox.start(vertx, options.withSeed(SEED), clock)
              .toCompletionStage()
              .toCompletableFuture()
              .get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("the sandbox did not start", e);
    }
  }

  /** An answer as it came. */
  record Answer(int status, HttpResponse<String> raw) {
    JsonNode json() {
      return OrgClient.json(raw.body());
    }

    String header(String name) {
      return raw.headers().firstValue(name).orElse("");
    }

    /** The code of the one error. */
    String code() {
      return json().at("/0/errorCode").asText();
    }

    String message() {
      return json().at("/0/message").asText();
    }
  }

  static OrgClient start() {
    return new OrgClient(SalesforceOptions.defaults(), new SystemClockwork());
  }

  static OrgClient with(SalesforceOptions options) {
    return new OrgClient(options, new SystemClockwork());
  }

  static OrgClient with(SalesforceOptions options, Clockwork clock) {
    return new OrgClient(options, clock);
  }

  static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }

  SalesforceSandbox sandbox() {
    return sandbox;
  }

  Answer get(String path) {
    return send("GET", path, "", Map.of());
  }

  Answer post(String path, String body) {
    return send("POST", path, quoted(body), Map.of());
  }

  Answer patch(String path, String body) {
    return send("PATCH", path, quoted(body), Map.of());
  }

  Answer delete(String path) {
    return send("DELETE", path, "", Map.of());
  }

  /** Runs a query of the records that are not deleted. */
  Answer query(String soql) {
    return get(DATA + "/query?q=" + URLEncoder.encode(soql, StandardCharsets.UTF_8));
  }

  /** Runs a query of all records. */
  Answer queryAll(String soql) {
    return get(DATA + "/queryAll?q=" + URLEncoder.encode(soql, StandardCharsets.UTF_8));
  }

  /** Updates records in one call. */
  Answer update(String... records) {
    return patch(COLLECTIONS, "{'records':[" + String.join(",", records) + "]}");
  }

  /** A record of a collection. */
  static String record(String type, String id, String fields) {
    return "{'attributes':{'type':'%s'},'id':'%s',%s}".formatted(type, id, fields);
  }

  /** Sends a form without a session. */
  Answer form(String path, String form) {
    return send(
        "POST",
        path,
        form,
        Map.of("Content-Type", "application/x-www-form-urlencoded", "Authorization", ""));
  }

  /** Sends a request with headers besides those of our session; an empty one is left out. */
  Answer send(String method, String path, String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(sandbox.address() + path))
            .timeout(Duration.ofSeconds(20))
            .setHeader("Content-Type", "application/json")
            .setHeader("Authorization", "Bearer " + SalesforceOptions.TOKEN)
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    headers.forEach((name, value) -> request.setHeader(name, value.isEmpty() ? "none" : value));
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response);
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Creates a record through the API and returns its id. */
  String create(String type, String fields) {
    Answer answer = post(DATA + "/sobjects/" + type, "{" + fields + "}");
    if (answer.status() != 201) {
      throw new AssertionError(answer.raw().body());
    }
    return answer.json().path("id").asText();
  }

  /** Creates a lead with a last name and a company. */
  String lead(String fields) {
    return create(
        "Lead", "'LastName':'Doe','Company':'Acme'" + (fields.isEmpty() ? "" : ",") + fields);
  }

  /** Tells the control API something, which it must take. */
  JsonNode tell(String path, String body) {
    Answer answer = post("/_sandbox" + path, body);
    if (answer.status() >= 300) {
      throw new AssertionError(answer.raw().body());
    }
    return answer.status() == 204 ? json("{}") : answer.json();
  }

  /** The values of a record, as the control API shows them. */
  JsonNode fields(String type, String id) {
    return get("/_sandbox/" + type + "/" + id).json().path("fields");
  }

  /** The ids of the records of an answer to a query. */
  static List<String> ids(JsonNode answer) {
    return answer.path("records").findValuesAsText("Id");
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
