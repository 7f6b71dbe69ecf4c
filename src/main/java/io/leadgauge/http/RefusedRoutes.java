package io.leadgauge.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.crm.WebhookAccess;
import io.leadgauge.crm.WorkflowAddress;
import io.leadgauge.crm.signature.SignatureCheck;
import io.leadgauge.crm.signature.SignatureScheme;
import io.leadgauge.crm.signature.SignedRequest;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery.Header;
import io.leadgauge.model.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Shows refused requests, and checks the signature of one again step by step: by the secrets that
 * its connection has now, at the instant at which it came. Thread-safe.
 */
public final class RefusedRoutes {
  private final RefusedRequests requests;
  private final Function<ConnectionId, Optional<WebhookAccess>> connections;

  /** Shows these requests; {@code connections} finds who may deliver to one now. */
  public RefusedRoutes(
      RefusedRequests requests, Function<ConnectionId, Optional<WebhookAccess>> connections) {
    this.requests = requests;
    this.connections = connections;
  }

  /** Returns the routes. */
  public List<JsonRoute> routes() {
    return List.of(
        new JsonRoute("/api/refused", Set.of("connection"), this::list),
        new JsonRoute(
            "/api/refused/{id}",
            Set.of(),
            request -> requests.find(request.number("id")).map(this::whole)));
  }

  private Optional<JsonNode> list(JsonRequest request) {
    ConnectionId connection = request.query("connection").map(JsonRequest::connection).orElse(null);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode list = json.putArray("refused");
    requests.list(connection).forEach(one -> list.add(summary(one)));
    return Optional.of(json);
  }

  private static ObjectNode summary(RefusedRequest request) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", request.id());
    json.put("at", Instant.ofEpochMilli(request.at()).toString());
    if (request.connection() != null) {
      json.put("connection", request.connection().name());
    }
    json.put("status", request.status());
    json.put("reason", request.reason());
    json.put("text", request.text());
    json.put("method", request.method());
    json.put("path", request.path());
    if (request.bodyLength() >= 0) {
      json.put("bodyLength", request.bodyLength());
    }
    return json;
  }

  private JsonNode whole(RefusedRequest request) {
    ObjectNode json = summary(request);
    ArrayNode headers = json.putArray("headers");
    for (Header header : request.headers()) {
      headers.addObject().put("name", header.name()).put("value", header.value());
    }
    putBody(json, request.body());
    checked(request).ifPresent(check -> putCheck(json, check, token(request)));
    return json;
  }

  private static void putBody(ObjectNode json, byte[] body) {
    try {
      json.put("body", UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
    } catch (CharacterCodingException e) {
      json.put("bodyBase64", body);
    }
  }

  /** Returns the check of its signature; empty where that was not the reason or bytes are gone. */
  private Optional<SignatureCheck> checked(RefusedRequest request) {
    if (request.connection() == null
        || request.status() != Answer.status(Outcome.Refusal.SIGNATURE)
        || !request.isWhole()) {
      return Optional.empty();
    }
    return connections.apply(request.connection()).map(access -> check(request, access));
  }

  private static SignatureCheck check(RefusedRequest request, WebhookAccess access) {
    Secret token = access.token();
    String target =
        token == null ? request.path() : Masking.unmasked(request.path(), token.reveal());
    return SignatureCheck.of(
        schemes(request, access),
        access.secrets(),
        access.window(),
        new SignedRequest(
            request.method(),
            WebhookReceiver.signedAddress(access, target),
            request.headers(),
            request.body()),
        request.at());
  }

  private static Set<SignatureScheme> schemes(RefusedRequest request, WebhookAccess access) {
    return WorkflowAddress.workflow(request.path())
        .flatMap(access::workflow)
        .<Addressee>map(Addressee.Workflow::new)
        .orElseGet(Addressee.Platform::new)
        .schemes(access);
  }

  private Optional<Secret> token(RefusedRequest request) {
    return Optional.ofNullable(request.connection())
        .flatMap(connections)
        .flatMap(access -> Optional.ofNullable(access.token()));
  }

  private static void putCheck(ObjectNode json, SignatureCheck check, Optional<Secret> token) {
    ArrayNode steps = json.putArray("signature");
    for (SignatureCheck.Step step : check.steps()) {
      steps
          .addObject()
          .put("step", step.name())
          .put("result", step.result().name().toLowerCase(Locale.ROOT))
          .put("detail", masked(step.detail(), token));
    }
  }

  /** The steps show the signed address, in which the token stands. */
  private static String masked(String detail, Optional<Secret> token) {
    return token.map(one -> detail.replace(one.reveal(), Masking.MASK)).orElse(detail);
  }
}
