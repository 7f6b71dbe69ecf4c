package io.leadgauge.sandbox.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/**
 * A request that got through the gate.
 *
 * @param routing where its path, query and body are
 * @param session whose it is
 * @param now when it is served
 */
record Call(RoutingContext routing, Org org, Session session, long now) {

  /** Who saves what it saves. */
  Actor actor() {
    return actor(clientName().map(name -> ";client=" + name).orElse(""));
  }

  /** Who saves it, where the name of the client is not handed on. */
  Actor namelessActor() {
    return actor("");
  }

  private Actor actor(String client) {
    String origin = "com/salesforce/api/rest/" + versionNumber() + ".0" + client;
    return new Actor(session.userId(), origin, session.restricted());
  }

  /** The segment of the path, such as {@code v67.0}. */
  String version() {
    return path("version");
  }

  int versionNumber() {
    return Version.number(version());
  }

  String path(String name) {
    return routing.pathParam(name);
  }

  Optional<String> query(String name) {
    return routing.queryParam(name).stream().findFirst();
  }

  /** A list in the query, by commas. */
  List<String> queryList(String name) {
    return query(name).map(text -> List.of(text.split(",", -1))).orElse(List.of());
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(routing.request().getHeader(name));
  }

  /** Whether active assignment rules hold: unless they are switched off. */
  boolean assigns() {
    return !header("Sforce-Auto-Assign").filter("FALSE"::equalsIgnoreCase).isPresent();
  }

  /** The object that the path names. */
  SObject object() {
    return org.schema().find(path("object")).orElseThrow(Refused::notFound);
  }

  Buffer rawBody() {
    Buffer body = routing.body().buffer();
    return body == null ? Buffer.buffer() : body;
  }

  /** The body; an empty object where there is none. */
  JsonNode body() {
    return Json.parse(rawBody());
  }

  /** The body, which must be a record. */
  ObjectNode record() {
    if (body() instanceof ObjectNode record) {
      return record;
    }
    throw Refused.of(400, "JSON_PARSER_ERROR", "expected a record");
  }

  private Optional<String> clientName() {
    return header("Sforce-Call-Options").flatMap(Call::clientIn);
  }

  private static Optional<String> clientIn(String options) {
    for (String option : options.split("[;,]", -1)) {
      if (option.strip().startsWith("client=")) {
        return Optional.of(option.strip().substring("client=".length()));
      }
    }
    return Optional.empty();
  }
}
