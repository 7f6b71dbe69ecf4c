package io.leadgauge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request that got through the door.
 *
 * @param routing where its path, query and body are
 * @param portal the account that it is about
 * @param appId whose token it carries
 * @param now when it is served
 */
record ApiRequest(RoutingContext routing, Portal portal, long appId, long now) {

  ChangeSource source() {
    return ChangeSource.app(appId);
  }

  /** The type of record that the path names. */
  ObjectType type() {
    return type("type");
  }

  /** The type of record that a part of the path names. */
  ObjectType type(String part) {
    String word = path(part);
    return ObjectType.ofWord(word).orElseThrow(() -> Refusal.unknownObjectType(word));
  }

  /** The records of the type that the path names. */
  Records records() {
    return portal.of(type());
  }

  /** The form in which those are shown. */
  RecordJson json() {
    return new RecordJson(portal, type());
  }

  /** The reader of values for those. */
  WrittenValues values() {
    return new WrittenValues(portal, type());
  }

  String path(String name) {
    return routing.pathParam(name);
  }

  Optional<String> query(String name) {
    return routing.queryParam(name).stream().findFirst();
  }

  /** A list in the query, by repetition or by commas. */
  List<String> queryList(String name) {
    List<String> items = new ArrayList<>();
    for (String value : routing.queryParam(name)) {
      for (String item : value.split(",", -1)) {
        if (!item.isBlank()) {
          items.add(item.strip());
        }
      }
    }
    return items;
  }

  /** A whole number in the query, or a default. */
  int queryNumber(String name, int otherwise) {
    Optional<String> text = query(name);
    if (text.isPresent() && !text.get().matches("\\d{1,9}")) {
      throw Refusal.invalid("query parameter " + name + ": \"" + text.get() + "\" is no number");
    }
    return text.map(Integer::parseInt).orElse(otherwise);
  }

  /** How many are wanted on a page, from 1 to the most that there can be. */
  int limit(int otherwise, int most) {
    int limit = queryNumber("limit", otherwise);
    if (limit < 1 || limit > most) {
      throw Refusal.invalid("limit: " + limit + " is not from 1 to " + most);
    }
    return limit;
  }

  /** The id that a page begins with; 0 for the first page. */
  long after() {
    String after = query("after").orElse("0");
    if (!after.matches("\\d{1,18}")) {
      throw Refusal.invalid("after: \"" + after + "\" is not a page that an answer named");
    }
    return Long.parseLong(after);
  }

  /** Says where the next page begins. */
  void putNext(ObjectNode page, String after, int limit) {
    ObjectNode next = page.putObject("paging").putObject("next");
    next.put("after", after);
    String path = routing.request().path();
    next.put("link", "https://api.hubapi.com" + path + "?limit=" + limit + "&after=" + after);
  }

  /** Whether an {@code idProperty} is the e-mail address of contacts; others are refused. */
  boolean namesByEmail(String idProperty) {
    if (type() != ObjectType.CONTACT || !idProperty.equals("email")) {
      throw Refusal.invalid("idProperty: " + idProperty + " is not unique for " + type().plural());
    }
    return true;
  }

  Buffer rawBody() {
    Buffer body = routing.body().buffer();
    return body == null ? Buffer.buffer() : body;
  }

  /** The body; an empty object where there is none. */
  JsonNode body() {
    return Json.parse(rawBody());
  }
}
