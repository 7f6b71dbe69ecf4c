package io.leadgauge.crm.hubspot;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.leadgauge.hubspot.HubSpotContract;
import io.leadgauge.hubspot.SentRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * HubSpot as far as one test needs it: a real server whose answers the test scripts, and which
 * holds every request against HubSpot's own interface description.
 */
final class HubSpotStandIn implements AutoCloseable {
  static final String TOKEN = "pat-na1-secret-token";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final WireMockServer server;
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private volatile Function<Call, ResponseDefinitionBuilder> script =
      call -> aResponse().withStatus(418);

  /**
   * A request of the client.
   *
   * @param number counts from 0
   */
  record Call(int number, String path, JsonNode body) {
    /** Returns the ids of the batch's inputs. */
    List<String> ids() {
      List<String> ids = new ArrayList<>();
      body.path("inputs").forEach(input -> ids.add(input.path("id").asText()));
      return ids;
    }
  }

  private final class Scripted implements ResponseDefinitionTransformerV2 {
    @Override
    public String getName() {
      return "scripted";
    }

    @Override
    public ResponseDefinition transform(ServeEvent event) {
      LoggedRequest request = event.getRequest();
      Call call = new Call(calls.size(), request.getUrl(), json(request.getBodyAsString()));
      calls.add(call);
      return script.apply(call).build();
    }
  }

  HubSpotStandIn() {
    server =
        new WireMockServer(
            options().dynamicPort().bindAddress("127.0.0.1").extensions(new Scripted()));
    server.start();
    server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(418)));
  }

  URI base() {
    return URI.create(server.baseUrl());
  }

  /** Answers every request from now on. */
  void answer(Function<Call, ResponseDefinitionBuilder> answers) {
    script = answers;
  }

  /** Answers every request from now on with the same. */
  void answer(ResponseDefinitionBuilder always) {
    script = call -> always;
  }

  /** Answers one request with each, in this order. */
  void answerInTurn(ResponseDefinitionBuilder... each) {
    script = call -> each[call.number()];
  }

  List<Call> calls() {
    return List.copyOf(calls);
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ResponseDefinitionBuilder ok(String body) {
    return answered(200, body);
  }

  /** Returns an answer with a JSON body; single quotes stand for double ones. */
  static ResponseDefinitionBuilder answered(int status, String body) {
    return aResponse()
        .withStatus(status)
        .withHeader("Content-Type", "application/json;charset=utf-8")
        .withBody(body.replace('\'', '"'));
  }

  /** Returns a batch's answer as of {@code completedAt}. */
  static String batch(List<String> results, List<String> errors) {
    String failed =
        errors.isEmpty()
            ? ""
            : ",'errors':[" + String.join(",", errors) + "],'numErrors':" + errors.size();
    return "{'completedAt':'2026-11-06T05:03:12.978Z','status':'COMPLETE',"
        + "'startedAt':'2026-11-06T05:03:12.880Z','results':["
        + String.join(",", results)
        + "]"
        + failed
        + "}";
  }

  /** Returns a contact as it stands in an answer, with these properties. */
  static String contact(String id, String properties) {
    return ("{'id':'%s','properties':{'createdate':'2025-11-04T03:44:52.657Z',%s"
            + "'hs_object_id':'%s','lastmodifieddate':'2026-11-04T12:06:46.802Z'},"
            + "'createdAt':'2025-11-04T03:44:52.657Z','updatedAt':'2026-11-04T12:06:46.802Z',"
            + "'archived':false,'url':'https://app.hubspot.com/contacts/4711/record/0-1/%s'}")
        .formatted(id, properties.isEmpty() ? "" : properties + ",", id, id);
  }

  static String notFound(String... ids) {
    return "{'status':'error','category':'OBJECT_NOT_FOUND','message':'Could not get some CONTACT"
        + " objects, they may be deleted or not exist. Check that ids are"
        + " valid.','context':{'ids':['"
        + String.join("','", ids)
        + "']}}";
  }

  static String error(String category, String message, String more) {
    return "{'status':'error','message':'"
        + message
        + "','correlationId':'a996e7d6-de07-46ef-bddc-897126eb8859','category':'"
        + category
        + "'"
        + (more.isEmpty() ? "" : "," + more)
        + "}";
  }

  /** Fails unless HubSpot's interface descriptions allow every request that was made. */
  void assertRequestsKeepToTheContract() {
    for (ServeEvent served : server.getAllServeEvents()) {
      LoggedRequest request = served.getRequest();
      assertThat(request.header("Authorization").firstValue()).isEqualTo("Bearer " + TOKEN);
      SentRequest sent =
          new SentRequest(
              request.getMethod().value(),
              request.getUrl(),
              request.header("Authorization").firstValue(),
              request.getBody().length == 0 ? null : request.contentTypeHeader().mimeTypePart(),
              request.getBodyAsString());
      assertThat(HubSpotContract.problems(sent)).isEmpty();
    }
  }

  @Override
  public void close() {
    server.stop();
  }
}
