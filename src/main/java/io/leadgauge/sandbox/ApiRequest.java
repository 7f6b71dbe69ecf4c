package io.leadgauge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request that got through the door.
 *
 * @param routing where its path, query and body are
 * @param appId whose token it carries
 * @param now when it is served
 */
record ApiRequest(RoutingContext routing, long appId, long now) {

  ChangeSource source() {
    return ChangeSource.app(appId);
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

  Buffer rawBody() {
    Buffer body = routing.body().buffer();
    return body == null ? Buffer.buffer() : body;
  }

  /** The body; an empty object where there is none. */
  JsonNode body() {
    return Json.parse(rawBody());
  }
}
