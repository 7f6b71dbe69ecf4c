package io.leadgauge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/** Contacts one by one: create, read, update, archive, list, merge and delete for privacy. */
final class ContactEndpoints {
  private static final int MOST_LISTED = 100;
  private static final int MOST_LISTED_WITH_HISTORY = 50;
  private static final List<String> WANTED = List.of("email", "firstname", "lastname");

  private final Portal portal;
  private final ContactJson json;
  private final WrittenValues values;
  private final CallLog calls;

  ContactEndpoints(Portal portal, ContactJson json, WrittenValues values, CallLog calls) {
    this.portal = portal;
    this.json = json;
    this.values = values;
    this.calls = calls;
  }

  Answer create(ApiRequest request) {
    Map<String, String> properties = values.of(request.body().path("properties"));
    requireIdentity(properties);
    portal
        .conflict(properties, 0)
        .ifPresent(
            existing -> {
              throw Refusal.conflict(existing);
            });
    Contact contact = portal.create(properties, request.now(), request.source());
    calls.writeCall(request.appId());
    calls.written(request.appId(), new Portal.Written(properties.size(), 0));
    return Answer.of(201, json.written(contact, properties.keySet()));
  }

  Answer read(ApiRequest request) {
    boolean archived = request.query("archived").filter("true"::equals).isPresent();
    Contact contact =
        archived
            ? portal.findArchived(request.path("id")).orElseThrow(() -> missing(request))
            : one(request);
    ContactJson.View view =
        json.view(request.queryList("properties"), request.queryList("propertiesWithHistory"));
    return Answer.of(200, json.read(contact, view));
  }

  Answer update(ApiRequest request) {
    Map<String, String> properties = values.of(request.body().path("properties"));
    Contact contact = one(request);
    portal
        .conflict(properties, contact.id())
        .ifPresent(
            existing -> {
              throw Refusal.conflict(existing);
            });
    calls.writeCall(request.appId());
    calls.written(
        request.appId(), portal.update(contact, properties, request.now(), request.source()));
    return Answer.of(200, json.written(contact, properties.keySet()));
  }

  /** Archives; an id that is not there is archived already. */
  Answer archive(ApiRequest request) {
    calls.writeCall(request.appId());
    portal
        .resolve(request.path("id"))
        .ifPresent(contact -> portal.archive(contact, request.now(), request.source()));
    return Answer.noContent();
  }

  Answer list(ApiRequest request) {
    List<String> histories = request.queryList("propertiesWithHistory");
    int most = histories.isEmpty() ? MOST_LISTED : MOST_LISTED_WITH_HISTORY;
    int limit = request.queryNumber("limit", 10);
    if (limit < 1 || limit > most) {
      throw Refusal.invalid("limit: " + limit + " is not from 1 to " + most);
    }
    boolean archived = request.query("archived").filter("true"::equals).isPresent();
    NavigableMap<Long, Contact> contacts = archived ? portal.archived() : portal.live();
    long after = after(request);
    ContactJson.View view = json.view(request.queryList("properties"), histories);
    ObjectNode page = Json.object();
    ArrayNode results = page.putArray("results");
    for (Contact contact : contacts.tailMap(after, true).values()) {
      if (results.size() == limit) {
        putNext(page, request, contact.id(), limit);
        break;
      }
      results.add(json.read(contact, view));
    }
    return Answer.of(200, page);
  }

  Answer merge(ApiRequest request) {
    JsonNode body = request.body();
    Contact primary = byId(body.path("primaryObjectId").asText());
    Contact other = byId(body.path("objectIdToMerge").asText());
    if (primary == other) {
      throw Refusal.invalid("Cannot merge a contact with itself");
    }
    calls.writeCall(request.appId());
    Contact survivor = portal.merge(primary, other, request.now(), request.source());
    return Answer.of(200, json.written(survivor, WANTED));
  }

  Answer erase(ApiRequest request) {
    JsonNode body = request.body();
    String id = body.path("objectId").asText();
    calls.writeCall(request.appId());
    (body.path("idProperty").asText().equals("email") ? portal.findByEmail(id) : portal.resolve(id))
        .ifPresent(contact -> portal.erase(contact, request.now(), request.source()));
    return Answer.noContent();
  }

  private Contact one(ApiRequest request) {
    String id = request.path("id");
    Optional<String> idProperty = request.query("idProperty");
    if (idProperty.filter(name -> !name.equals("email")).isPresent()) {
      throw Refusal.invalid("idProperty: " + idProperty.get() + " is not unique for contacts");
    }
    return (idProperty.isPresent() ? portal.findByEmail(id) : portal.resolve(id))
        .orElseThrow(() -> missing(request));
  }

  private Contact byId(String id) {
    return portal.resolve(id).orElseThrow(() -> Refusal.noContact(id));
  }

  private static Refusal missing(ApiRequest request) {
    return Refusal.noContact(request.path("id"));
  }

  private static void requireIdentity(Map<String, String> properties) {
    if (WANTED.stream().allMatch(name -> properties.getOrDefault(name, "").isEmpty())) {
      throw Refusal.invalid("A contact needs at least one of: email, firstname, lastname");
    }
  }

  private static long after(ApiRequest request) {
    String after = request.query("after").orElse("0");
    if (!after.matches("\\d{1,18}")) {
      throw Refusal.invalid("after: \"" + after + "\" is not a page that an answer named");
    }
    return Long.parseLong(after);
  }

  private static void putNext(ObjectNode page, ApiRequest request, long after, int limit) {
    ObjectNode next = page.putObject("paging").putObject("next");
    next.put("after", Long.toString(after));
    String path = request.routing().request().path();
    next.put("link", "https://api.hubapi.com" + path + "?limit=" + limit + "&after=" + after);
  }
}
