package io.leadgauge.crm.hubspot;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.leadgauge.Shared;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * HubSpot as far as one test needs it: a real server whose answers the test scripts, and which
 * holds every request against HubSpot's own interface description.
 */
final class HubSpotStandIn implements AutoCloseable {
  static final String TOKEN = "pat-na1-secret-token";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, OpenApiInteractionValidator> VALIDATORS =
      new ConcurrentHashMap<>();

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
      String path = request.getUrl().split("\\?", 2)[0];
      if (path.startsWith("/account-info/")) {
        String dated = path.replaceFirst("/v3/", "/2026-03/");
        assertThat(datedEndpoints()).contains(request.getMethod() + " " + dated);
        continue;
      }
      if (path.startsWith("/crm/properties/")) {
        assertThat(datedEndpoints()).contains(request.getMethod() + " " + general(path));
        path = path.replaceFirst("/crm/properties/2026-03/", "/crm/v3/properties/");
      }
      if (path.startsWith("/crm/objects/")) {
        assertThat(datedEndpoints()).contains(request.getMethod() + " " + path);
        path = path.replaceFirst("/crm/objects/2026-03/", "/crm/v3/objects/");
      }
      SimpleRequest.Builder builder = new SimpleRequest.Builder(request.getMethod().value(), path);
      builder.withAuthorization(request.header("Authorization").firstValue());
      request
          .getQueryParams()
          .forEach((name, values) -> builder.withQueryParam(name, values.values()));
      if (request.getBody().length > 0) {
        builder.withContentType(request.contentTypeHeader().mimeTypePart());
        builder.withBody(request.getBody());
      }
      String contract = path.startsWith("/crm/v3/properties") ? "properties" : "contacts";
      assertThat(validator(contract).validateRequest(builder.build()).getMessages())
          .as("%s %s", path, request.getBodyAsString())
          .isEmpty();
    }
  }

  /** Returns the validator, made once for all tests, since reading the description takes long. */
  private static OpenApiInteractionValidator validator(String name) {
    return VALIDATORS.computeIfAbsent(
        Shared.path("contracts/hubspot/" + name + ".v3.openapi.json").toString(),
        contract -> OpenApiInteractionValidator.createForSpecificationUrl(contract).build());
  }

  /** The list of dated endpoints names the kind of object by a variable. */
  private static String general(String path) {
    return path.replaceFirst("/contacts$", "/{objectType}");
  }

  private static List<String> datedEndpoints() {
    try {
      JsonNode file =
          JSON.readTree(
              Files.readAllBytes(Shared.path("contracts/hubspot/endpoints-2026-03.json")));
      List<String> endpoints = new ArrayList<>();
      file.path("endpoints")
          .forEach(
              each ->
                  endpoints.add(each.path("method").asText() + " " + each.path("path").asText()));
      return endpoints;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.stop();
  }
}
