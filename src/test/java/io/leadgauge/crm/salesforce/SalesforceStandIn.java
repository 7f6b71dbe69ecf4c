package io.leadgauge.crm.salesforce;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.leadgauge.crm.HandClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * An org as far as one test needs it: a real server whose answers the test scripts. Every answer
 * carries the org's own time.
 */
final class SalesforceStandIn implements AutoCloseable {
  static final String ROOT = "/services/data/v67.0";

  /** The time of every answer unless a test says otherwise: an hour after all modifications. */
  static final Instant NOW = Instant.ofEpochMilli(HandClock.START);

  private static final String LOGIN = "/services/oauth2/token";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final WireMockServer server;
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private final Queue<Call> logins = new ConcurrentLinkedQueue<>();
  private volatile Instant now = NOW;
  private volatile Function<Call, ResponseDefinitionBuilder> script =
      call -> aResponse().withStatus(418);
  private volatile Function<Call, ResponseDefinitionBuilder> login;

  /**
   * A request of the client.
   *
   * @param number counts from 0, logins apart from calls
   * @param path without the query, below {@link #ROOT} if it begins so
   * @param query what stands behind {@code q=}, decoded, or else the whole query
   */
  record Call(
      int number,
      String method,
      String path,
      String query,
      String text,
      Map<String, String> headers) {
    JsonNode body() {
      return json(text);
    }

    /** Returns a field of the form that was sent. */
    String form(String field) {
      for (String part : text.split("&", -1)) {
        if (part.startsWith(field + "=")) {
          return URLDecoder.decode(part.substring(field.length() + 1), UTF_8);
        }
      }
      return "";
    }

    /** Returns the records of a request to change several. */
    List<JsonNode> records() {
      List<JsonNode> records = new ArrayList<>();
      body().path("records").forEach(records::add);
      return records;
    }

    boolean asks(String object) {
      return query.contains(" FROM " + object + " ") || query.endsWith(" FROM " + object);
    }

    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
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
      boolean isLogin = request.getUrl().startsWith(LOGIN);
      Queue<Call> seen = isLogin ? logins : calls;
      Call call = call(request, seen.size());
      seen.add(call);
      ResponseDefinitionBuilder answer = (isLogin ? login : script).apply(call);
      String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC));
      // An answer may be one of many calls at once.
      return ResponseDefinitionBuilder.like(answer.build()).but().withHeader("Date", date).build();
    }
  }

  private static Call call(LoggedRequest request, int number) {
    String[] parts = request.getUrl().split("\\?", 2);
    String path = parts[0].startsWith(ROOT) ? parts[0].substring(ROOT.length()) : parts[0];
    String query = parts.length == 1 ? "" : URLDecoder.decode(parts[1], UTF_8);
    Map<String, String> headers = new HashMap<>();
    request
        .getHeaders()
        .all()
        .forEach(header -> headers.put(header.key().toLowerCase(Locale.ROOT), header.firstValue()));
    return new Call(
        number,
        request.getMethod().value(),
        path,
        query.startsWith("q=") ? query.substring(2) : query,
        request.getBodyAsString(),
        headers);
  }

  SalesforceStandIn() {
    server =
        new WireMockServer(
            options().dynamicPort().bindAddress("127.0.0.1").extensions(new Scripted()));
    server.start();
    server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(418)));
    login = call -> token("token-" + call.number(), base());
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** Lets the org's clock show this from now on. */
  void at(Instant instant) {
    now = instant;
  }

  /** Answers every call from now on. */
  void answer(Function<Call, ResponseDefinitionBuilder> answers) {
    script = answers;
  }

  /** Answers every call from now on with the same. */
  void answer(ResponseDefinitionBuilder always) {
    script = call -> always;
  }

  /** Answers one call with each, in this order. */
  void answerInTurn(ResponseDefinitionBuilder... each) {
    script = call -> each[call.number()];
  }

  /** Answers every login from now on. */
  void login(Function<Call, ResponseDefinitionBuilder> answers) {
    login = answers;
  }

  List<Call> calls() {
    return List.copyOf(calls);
  }

  List<Call> logins() {
    return List.copyOf(logins);
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ResponseDefinitionBuilder token(String token, URI instance) {
    return ok(
        "{'access_token':'%s','scope':'api','instance_url':'%s','id':'x','token_type':'Bearer'}"
            .formatted(token, instance));
  }

  static ResponseDefinitionBuilder ok(String body) {
    return answered(200, body);
  }

  /** Returns an answer with a JSON body; single quotes stand for double ones. */
  static ResponseDefinitionBuilder answered(int status, String body) {
    return aResponse()
        .withStatus(status)
        .withHeader("Content-Type", "application/json;charset=UTF-8")
        .withBody(body.replace('\'', '"'));
  }

  /** Returns words with quotes in them as they can stand in a body. */
  static String quoted(String words) {
    return words.replace("'", "\\u0027");
  }

  /** Returns a refusal of a whole call. */
  static ResponseDefinitionBuilder refused(int status, String code, String message) {
    return answered(status, "[{'message':'" + quoted(message) + "','errorCode':'" + code + "'}]");
  }

  /** Returns a query's answer that is all there is. */
  static ResponseDefinitionBuilder rows(List<String> rows) {
    return ok(
        "{'totalSize':%d,'done':true,'records':[%s]}"
            .formatted(rows.size(), String.join(",", rows)));
  }

  static ResponseDefinitionBuilder rows(String... rows) {
    return rows(List.of(rows));
  }

  /** Returns a record that was last modified at this instant, with these fields. */
  static String row(String id, String modified, String fields) {
    return "{'attributes':{'type':'x'},'Id':'%s','SystemModstamp':'%s'%s}"
        .formatted(id, modified, fields.isEmpty() ? "" : "," + fields);
  }

  /** Returns what became of one record of several that were to be changed. */
  static String done(String id) {
    return "{'id':'" + id + "','success':true,'errors':[]}";
  }

  static String failed(String code, String message, String... fields) {
    String names = fields.length == 0 ? "" : "'" + String.join("','", fields) + "'";
    return "{'success':false,'errors':[{'statusCode':'%s','message':'%s','fields':[%s]}]}"
        .formatted(code, quoted(message), names);
  }

  @Override
  public void close() {
    server.stop();
  }
}
