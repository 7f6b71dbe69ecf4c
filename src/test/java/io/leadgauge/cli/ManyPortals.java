package io.leadgauge.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.leadgauge.MovableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * HubSpot as far as an app in several portals needs it: the page on which people let apps in, its
 * tokens, and contacts that say whose they are. All of it is one lock, so counts are exact.
 */
final class ManyPortals implements AutoCloseable {
  static final String CLIENT_SECRET = "the-client-secret-of-acme";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Duration LASTS = Duration.ofMinutes(30);
  private static final int HANGING_MILLIS = 20_000;

  /** HubSpot's refresh tokens are long and may become longer. */
  static final String FILLER = "x".repeat(600);

  private final WireMockServer server;
  private final MovableClock clock;
  private final Map<String, Consent> codes = new HashMap<>();
  private final Map<String, String> refreshTokens = new HashMap<>();
  private final Map<String, Access> accessTokens = new HashMap<>();
  private final Set<String> shut = new HashSet<>();
  private final Map<String, Integer> calls = new TreeMap<>();
  private final List<String> secrets = new ArrayList<>();
  private boolean tellsPortal = true;
  private final Map<String, Integer> refreshes = new TreeMap<>();
  private int issued;
  private final Set<String> hanging = new HashSet<>();
  private int slowMillis;
  private int outages;
  private String sentElsewhere = "";
  private int redirect;
  private int redirected;
  private String elsewhere = "";

  private record Consent(String portal, String challenge, String redirect) {}

  private record Access(String portal, long until) {}

  private final class Scripted implements ResponseDefinitionTransformerV2 {
    @Override
    public String getName() {
      return "portals";
    }

    @Override
    public ResponseDefinition transform(ServeEvent event) {
      return answer(event.getRequest()).build();
    }
  }

  ManyPortals(MovableClock clock) {
    this.clock = clock;
    server =
        new WireMockServer(
            options()
                .dynamicPort()
                .bindAddress("127.0.0.1")
                .containerThreads(80)
                .extensions(new Scripted()));
    server.start();
    server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(418)));
  }

  String base() {
    return server.baseUrl();
  }

  // --- what people do there ---

  /** Lets the app of a link into a portal, as a person does; returns where the browser goes. */
  synchronized String letIn(String link, String portal) {
    Map<String, String> query = form(URI.create(link).getRawQuery());
    String code = secret("code");
    codes.put(
        code, new Consent(portal, found(query, "code_challenge"), found(query, "redirect_uri")));
    shut.remove(portal);
    return found(query, "redirect_uri") + "?code=" + code + "&state=" + found(query, "state");
  }

  /** Shuts the app out. Tokens that are alive stay so until they end. */
  synchronized void shutOut(String portal) {
    shut.add(portal);
  }

  synchronized void letInAgain(String portal) {
    shut.remove(portal);
  }

  /** Makes all access tokens worth nothing before their time. */
  synchronized void revokeAccess() {
    accessTokens.clear();
  }

  /** Answers without the portal's id, as the undated endpoint does. */
  synchronized void tellNoPortal() {
    tellsPortal = false;
  }

  /** Lets calls for a portal's contacts hang for longer than anybody waits. */
  synchronized void hang(String portal) {
    hanging.add(portal);
  }

  synchronized void answerTokensAfter(int millis) {
    slowMillis = millis;
  }

  /** Answers so many of the next requests for tokens with 503. */
  synchronized void failTokens(int times) {
    outages = times;
  }

  /** Returns how many of the next requests for tokens will be answered so. */
  synchronized int failuresLeft() {
    return outages;
  }

  /** Answers all requests below a path by sending whoever asks to another address. */
  synchronized void redirect(String path, int status, String address) {
    sentElsewhere = path;
    redirect = status;
    elsewhere = address;
  }

  /** Returns how many requests it has sent elsewhere. */
  synchronized int redirected() {
    return redirected;
  }

  /** Answers everything itself again. */
  synchronized void redirectNothing() {
    sentElsewhere = "";
  }

  /** Returns how often new tokens were asked for with an old one of a portal. */
  synchronized int refreshes(String portal) {
    return refreshes.getOrDefault(portal, 0);
  }

  /** Returns how many calls were made for a portal's contacts. */
  synchronized int calls(String portal) {
    return calls.getOrDefault(portal, 0);
  }

  /** Returns every token and code that was ever given out. */
  synchronized List<String> secrets() {
    return List.copyOf(secrets);
  }

  // --- what it answers ---

  private synchronized ResponseDefinitionBuilder answer(LoggedRequest request) {
    String path = URI.create(request.getUrl()).getPath();
    if (!sentElsewhere.isEmpty() && path.startsWith(sentElsewhere)) {
      redirected++;
      return aResponse().withStatus(redirect).withHeader("Location", elsewhere + path);
    }
    if (path.startsWith("/oauth/")) {
      return tokens(form(request.getBodyAsString())).withFixedDelay(slowMillis);
    }
    String portal = portal(request);
    if (portal.isEmpty()) {
      return error(401, "EXPIRED_AUTHENTICATION", "The OAuth token used to make this call expired");
    }
    if (path.startsWith("/account-info/")) {
      return json(200, NODES.objectNode().put("portalId", Long.parseLong(portal)));
    }
    calls.merge(portal, 1, Integer::sum);
    if (path.contains("/properties")) {
      return json(200, properties());
    }
    return json(200, path.endsWith("/search") ? none() : contacts(portal, body(request)))
        .withFixedDelay(hanging.contains(portal) ? HANGING_MILLIS : 0);
  }

  private String portal(LoggedRequest request) {
    String header = request.header("Authorization").firstValue();
    Access access = accessTokens.get(header.replace("Bearer ", ""));
    return access == null || access.until() <= clock.now() ? "" : access.portal();
  }

  private ResponseDefinitionBuilder tokens(Map<String, String> form) {
    if (outages > 0) {
      outages--;
      return aResponse().withStatus(503);
    }
    if (!CLIENT_SECRET.equals(form.get("client_secret"))) {
      return oauthError("invalid_client", "BAD_CLIENT_SECRET", "client secret is wrong");
    }
    if ("refresh_token".equals(form.get("grant_type"))) {
      String given = found(form, "refresh_token");
      String portal = refreshTokens.get(given);
      refreshes.merge(portal == null ? "nobody" : portal, 1, Integer::sum);
      if (portal == null || shut.contains(portal)) {
        return oauthError("invalid_grant", "BAD_REFRESH_TOKEN", given + " is worth nothing");
      }
      return granted(portal);
    }
    Consent consent = codes.remove(found(form, "code"));
    if (consent == null
        || !consent.challenge().equals(challenge(found(form, "code_verifier")))
        || !consent.redirect().equals(form.get("redirect_uri"))) {
      return oauthError("invalid_grant", "BAD_AUTH_CODE", found(form, "code") + " is no code");
    }
    return granted(consent.portal());
  }

  private ResponseDefinitionBuilder granted(String portal) {
    refreshTokens.values().remove(portal);
    String refresh = secret("refresh-" + FILLER);
    refreshTokens.put(refresh, portal);
    String access = secret("access");
    accessTokens.put(access, new Access(portal, clock.now() + LASTS.toMillis()));
    ObjectNode json = NODES.objectNode();
    json.put("token_type", "bearer").put("access_token", access).put("refresh_token", refresh);
    json.put("expires_in", LASTS.toSeconds());
    if (tellsPortal) {
      json.put("hub_id", Long.parseLong(portal));
    }
    return json(200, json);
  }

  private String secret(String kind) {
    issued++;
    String secret = kind + "-" + issued + "-s3cr3t";
    secrets.add(secret);
    return secret;
  }

  private static ObjectNode properties() {
    ObjectNode json = NODES.objectNode();
    ArrayNode results = json.putArray("results");
    for (String name :
        List.of(
            "occupation",
            "lead_origin",
            "lead_source",
            "country",
            "seconds_on_site",
            "visits",
            "do_not_email",
            "leadgauge_score",
            "leadgauge_grade",
            "leadgauge_label",
            "leadgauge_reasons")) {
      results.addObject().put("name", name);
    }
    ArrayNode options = results.addObject().put("name", "lifecyclestage").putArray("options");
    options.addObject().put("value", "lead");
    options.addObject().put("value", "marketingqualifiedlead");
    return json;
  }

  private static ObjectNode none() {
    ObjectNode json = NODES.objectNode().put("total", 0);
    json.putArray("results");
    return json;
  }

  /** Every contact lives in a country that is called like its portal. */
  private ObjectNode contacts(String portal, JsonNode request) {
    String now = Instant.ofEpochMilli(AppHouse.START).minus(Duration.ofDays(1)).toString();
    ObjectNode json = NODES.objectNode().put("status", "COMPLETE");
    json.put("startedAt", now).put("completedAt", now);
    ArrayNode results = json.putArray("results");
    for (JsonNode input : request.path("inputs")) {
      ObjectNode contact = results.addObject();
      contact.put("id", input.path("id").asText());
      contact.put("createdAt", now).put("updatedAt", now).put("archived", false);
      ObjectNode properties = contact.putObject("properties");
      properties.put("country", "country-of-" + portal).put("occupation", "Student");
      input
          .path("properties")
          .properties()
          .forEach(one -> properties.set(one.getKey(), one.getValue()));
    }
    return json;
  }

  private static ResponseDefinitionBuilder oauthError(String error, String status, String message) {
    ObjectNode json = NODES.objectNode();
    json.put("error", error).put("error_description", message);
    return json(400, json.put("status", status).put("message", message));
  }

  private static ResponseDefinitionBuilder error(int status, String category, String message) {
    ObjectNode json = NODES.objectNode().put("status", "error").put("category", category);
    return json(status, json.put("message", message));
  }

  private static ResponseDefinitionBuilder json(int status, JsonNode body) {
    return aResponse()
        .withStatus(status)
        .withHeader("Content-Type", "application/json;charset=utf-8")
        .withBody(body.toString());
  }

  private static JsonNode body(LoggedRequest request) {
    try {
      return JSON.readTree(request.getBody());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<String, String> form(String text) {
    return Arrays.stream(text.split("&", -1))
        .map(pair -> pair.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], UTF_8)));
  }

  private static String found(Map<String, String> map, String key) {
    String value = map.get(key);
    return value == null ? "" : value;
  }

  private static String challenge(String verifier) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    server.stop();
  }
}
