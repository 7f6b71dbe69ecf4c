package io.leadgauge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/** Records one by one: create, read, update, archive, list, merge and delete for privacy. */
final class RecordEndpoints {
  private static final int MOST_LISTED = 100;
  private static final int MOST_LISTED_WITH_HISTORY = 50;

  private final CallLog calls;

  RecordEndpoints(CallLog calls) {
    this.calls = calls;
  }

  Answer create(ApiRequest request) {
    JsonNode body = request.body();
    Map<String, String> properties = request.values().of(body.path("properties"));
    RequiredValues.check(request.type(), properties);
    List<Portal.Link> links =
        InlineAssociations.of(request.portal(), request.type(), body.path("associations"));
    request
        .records()
        .conflict(properties, 0)
        .ifPresent(
            existing -> {
              throw Refusal.conflict(existing);
            });
    CrmRecord record =
        request.portal().create(request.type(), properties, links, request.now(), request.source());
    calls.writeCall(request.type(), request.appId());
    calls.written(request.type(), request.appId(), new Portal.Written(properties.size(), 0));
    return Answer.of(201, request.json().written(record, properties.keySet()));
  }

  Answer read(ApiRequest request) {
    CrmRecord record =
        archived(request)
            ? request.records().findArchived(request.path("id")).orElseThrow(() -> missing(request))
            : one(request);
    RecordJson json = request.json();
    RecordJson.View view =
        json.view(request.queryList("properties"), request.queryList("propertiesWithHistory"));
    ObjectNode node = json.read(record, view);
    AssociationJson.putAll(node, request.portal(), record, associated(request));
    return Answer.of(200, node);
  }

  Answer update(ApiRequest request) {
    Map<String, String> properties = request.values().of(request.body().path("properties"));
    CrmRecord record = one(request);
    request
        .records()
        .conflict(properties, record.id())
        .ifPresent(
            existing -> {
              throw Refusal.conflict(existing);
            });
    calls.writeCall(request.type(), request.appId());
    calls.written(
        request.type(),
        request.appId(),
        request.portal().update(record, properties, request.now(), request.source()));
    return Answer.of(200, request.json().written(record, properties.keySet()));
  }

  /** Archives; an id that is not there is archived already. */
  Answer archive(ApiRequest request) {
    Records records = request.records();
    calls.writeCall(request.type(), request.appId());
    records
        .resolve(request.path("id"))
        .ifPresent(record -> request.portal().archive(record, request.now(), request.source()));
    return Answer.noContent();
  }

  Answer list(ApiRequest request) {
    List<String> histories = request.queryList("propertiesWithHistory");
    int limit = request.limit(10, histories.isEmpty() ? MOST_LISTED : MOST_LISTED_WITH_HISTORY);
    Records records = request.records();
    NavigableMap<Long, CrmRecord> all = archived(request) ? records.archived() : records.live();
    long after = request.after();
    RecordJson json = request.json();
    RecordJson.View view = json.view(request.queryList("properties"), histories);
    List<ObjectType> associated = associated(request);
    ObjectNode page = Json.object();
    ArrayNode results = page.putArray("results");
    for (CrmRecord record : all.tailMap(after, true).values()) {
      if (results.size() == limit) {
        request.putNext(page, Long.toString(record.id()), limit);
        break;
      }
      ObjectNode node = json.read(record, view);
      AssociationJson.putAll(node, request.portal(), record, associated);
      results.add(node);
    }
    return Answer.of(200, page);
  }

  Answer merge(ApiRequest request) {
    if (!request.type().classic()) {
      throw Refusal.of(404, "OBJECT_NOT_FOUND", "resource not found");
    }
    JsonNode body = request.body();
    CrmRecord primary = byId(request, body.path("primaryObjectId").asText());
    CrmRecord other = byId(request, body.path("objectIdToMerge").asText());
    if (primary == other) {
      throw Refusal.invalid("Cannot merge a " + request.type().word() + " with itself");
    }
    calls.writeCall(request.type(), request.appId());
    CrmRecord survivor = request.portal().merge(primary, other, request.now(), request.source());
    return Answer.of(200, request.json().written(survivor, List.of()));
  }

  Answer erase(ApiRequest request) {
    if (request.type() != ObjectType.CONTACT) {
      throw Refusal.of(404, "OBJECT_NOT_FOUND", "resource not found");
    }
    JsonNode body = request.body();
    String id = body.path("objectId").asText();
    Records records = request.records();
    calls.writeCall(request.type(), request.appId());
    (body.path("idProperty").asText().equals("email")
            ? records.findByEmail(id)
            : records.resolve(id))
        .ifPresent(record -> request.portal().erase(record, request.now(), request.source()));
    return Answer.noContent();
  }

  private static CrmRecord one(ApiRequest request) {
    String id = request.path("id");
    Optional<String> idProperty = request.query("idProperty");
    boolean byEmail = idProperty.isPresent() && request.namesByEmail(idProperty.get());
    return (byEmail ? request.records().findByEmail(id) : request.records().resolve(id))
        .orElseThrow(() -> missing(request));
  }

  private static CrmRecord byId(ApiRequest request, String id) {
    return request.records().resolve(id).orElseThrow(() -> Refusal.noRecord(id));
  }

  private static Refusal missing(ApiRequest request) {
    return Refusal.noRecord(request.path("id"));
  }

  private static boolean archived(ApiRequest request) {
    return request.query("archived").filter("true"::equals).isPresent();
  }

  private static List<ObjectType> associated(ApiRequest request) {
    List<ObjectType> types = new ArrayList<>();
    for (String word : request.queryList("associations")) {
      types.add(ObjectType.ofWord(word).orElseThrow(() -> Refusal.unknownObjectType(word)));
    }
    return types;
  }
}
