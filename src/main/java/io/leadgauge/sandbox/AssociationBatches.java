package io.leadgauge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.sandbox.Association.Label;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Associations by the thousand, from one type of record to another. Ids are taken as they are:
 * those of merged records lead nowhere. A record without associations is an error beside the
 * results, with 207.
 */
final class AssociationBatches {
  private static final int MOST_READ = 1_000;
  private static final int MOST_CREATED = 2_000;
  private static final int MOST_ENDS = 500;

  private final CallLog calls;

  AssociationBatches(CallLog calls) {
    this.calls = calls;
  }

  Answer read(ApiRequest request) {
    JsonNode inputs = inputs(request, "read", MOST_READ);
    ObjectNode body = frame(request);
    ArrayNode results = body.putArray("results");
    ArrayNode errors = Json.array();
    for (JsonNode input : inputs) {
      Optional<CrmRecord> from = from(request, input);
      List<CrmRecord> ends = from.map(record -> ends(request, record, input)).orElse(List.of());
      if (from.isEmpty() || ends.isEmpty()) {
        errors.add(none(request, input.path("id").asText()));
      } else {
        results.add(result(request, from.get(), ends));
      }
    }
    return answer(200, body, errors);
  }

  Answer createDefault(ApiRequest request) {
    JsonNode inputs = inputs(request, "associate/default", MOST_CREATED);
    List<CrmRecord[]> pairs = pairs(request, inputs);
    ObjectNode body = frame(request);
    ArrayNode results = body.putArray("results");
    for (CrmRecord[] pair : pairs) {
      AssociationEndpoints.requireKnown(pair[0], pair[1]);
    }
    for (CrmRecord[] pair : pairs) {
      request
          .portal()
          .associate(pair[0], pair[1], Label.UNLABELLED, request.now(), request.source());
      results.add(pair(pair[0], pair[1]));
      results.add(pair(pair[1], pair[0]));
    }
    return Answer.of(200, body);
  }

  Answer create(ApiRequest request) {
    JsonNode inputs = inputs(request, "create", MOST_CREATED);
    List<CrmRecord[]> pairs = pairs(request, inputs);
    List<Set<Label>> labels = new ArrayList<>();
    for (JsonNode input : inputs) {
      labels.add(labels(request, input));
    }
    ObjectNode body = frame(request);
    ArrayNode results = body.putArray("results");
    for (int i = 0; i < pairs.size(); i++) {
      CrmRecord from = pairs.get(i)[0];
      CrmRecord to = pairs.get(i)[1];
      labels
          .get(i)
          .forEach(
              label ->
                  request.portal().associate(from, to, label, request.now(), request.source()));
      results.add(labels(from, to, labels.get(i)));
    }
    return Answer.of(201, body);
  }

  Answer archive(ApiRequest request) {
    for (JsonNode input : inputs(request, "archive", MOST_CREATED)) {
      Optional<CrmRecord> from = from(request, input.path("from"));
      for (JsonNode to : input.path("to")) {
        Optional<CrmRecord> end =
            request.portal().of(request.type("to")).find(to.path("id").asText());
        if (from.isPresent() && end.isPresent()) {
          request
              .portal()
              .dissociate(
                  from.get(),
                  end.get(),
                  EnumSet.allOf(Label.class),
                  request.now(),
                  request.source());
        }
      }
    }
    return Answer.noContent();
  }

  /** Removes single labels: the primary one is taken away and the rest stays. */
  Answer archiveLabels(ApiRequest request) {
    JsonNode inputs = inputs(request, "labels/archive", MOST_CREATED);
    List<CrmRecord[]> pairs = pairs(request, inputs);
    for (int i = 0; i < pairs.size(); i++) {
      request
          .portal()
          .dissociate(
              pairs.get(i)[0],
              pairs.get(i)[1],
              labels(request, inputs.get(i)),
              request.now(),
              request.source());
    }
    return Answer.noContent();
  }

  private static List<CrmRecord> ends(ApiRequest request, CrmRecord from, JsonNode input) {
    String after = input.path("after").asText("0");
    long first = after.matches("\\d{1,18}") ? Long.parseLong(after) : 0;
    return request.portal().associations().of(from, request.type("to")).stream()
        .filter(to -> to.id() >= first)
        .toList();
  }

  private static ObjectNode result(ApiRequest request, CrmRecord from, List<CrmRecord> ends) {
    ObjectNode result = Json.object();
    result.putObject("from").put("id", Long.toString(from.id()));
    ArrayNode to = result.putArray("to");
    boolean dated = AssociationEndpoints.isDated(request);
    for (CrmRecord end : ends.subList(0, Math.min(MOST_ENDS, ends.size()))) {
      to.add(AssociationJson.end(request.portal(), from, end, dated));
    }
    if (ends.size() > MOST_ENDS) {
      result
          .putObject("paging")
          .putObject("next")
          .put("after", Long.toString(ends.get(MOST_ENDS).id()));
    }
    return result;
  }

  private static ObjectNode none(ApiRequest request, String id) {
    String from = request.type("from").word();
    String to = request.type("to").word();
    ObjectNode error = Json.object();
    error.put("status", "error");
    error.put("category", "OBJECT_NOT_FOUND");
    error.put("subCategory", "crm.associations.NO_ASSOCIATIONS_FOUND");
    error.put("message", "No %s is associated with %s %s.".formatted(to, from, id));
    ObjectNode context = error.putObject("context");
    context.putArray("fromObjectId").add(id);
    context.putArray("fromObjectType").add(from);
    context.putArray("toObjectType").add(to);
    return error;
  }

  private JsonNode inputs(ApiRequest request, String action, int most) {
    JsonNode inputs = request.body().path("inputs");
    ObjectType from = request.type("from");
    ObjectType to = request.type("to");
    if (inputs.size() > most) {
      throw Refusal.invalid(
          "The maximum number of inputs supported in a batch request for associations is " + most);
    }
    calls.batch(
        "/crm/associations/%s/%s/batch/%s".formatted(from.plural(), to.plural(), action),
        inputs.size());
    return inputs;
  }

  private static Optional<CrmRecord> from(ApiRequest request, JsonNode end) {
    return request.portal().of(request.type("from")).find(end.path("id").asText());
  }

  private static List<CrmRecord[]> pairs(ApiRequest request, JsonNode inputs) {
    List<CrmRecord[]> pairs = new ArrayList<>();
    for (JsonNode input : inputs) {
      pairs.add(
          new CrmRecord[] {
            end(request, request.type("from"), input.path("from")),
            end(request, request.type("to"), input.path("to"))
          });
    }
    return pairs;
  }

  private static CrmRecord end(ApiRequest request, ObjectType type, JsonNode end) {
    String id = end.path("id").asText();
    return request.portal().of(type).find(id).orElseThrow(() -> Refusal.noAssociate(type, id));
  }

  private static Set<Label> labels(ApiRequest request, JsonNode input) {
    Set<Label> labels = EnumSet.noneOf(Label.class);
    for (JsonNode type : input.path("types")) {
      labels.add(InlineAssociations.label(request.type("from"), request.type("to"), type));
    }
    return labels;
  }

  static ObjectNode frame(ApiRequest request) {
    ObjectNode body = Json.object();
    body.put("status", "COMPLETE");
    body.put("startedAt", RecordJson.instant(request.now()));
    body.put("completedAt", RecordJson.instant(request.now()));
    return body;
  }

  static ObjectNode pair(CrmRecord from, CrmRecord to) {
    ObjectNode pair = Json.object();
    pair.putObject("from").put("id", Long.toString(from.id()));
    pair.putObject("to").put("id", Long.toString(to.id()));
    ObjectNode spec = pair.putObject("associationSpec");
    spec.put("associationCategory", "HUBSPOT_DEFINED");
    spec.put(
        "associationTypeId",
        Association.typeId(from.type(), to.type(), Label.UNLABELLED).orElse(0));
    return pair;
  }

  static ObjectNode labels(CrmRecord from, CrmRecord to, Set<Label> labels) {
    ObjectNode node = Json.object();
    node.put("fromObjectTypeId", from.type().id());
    node.put("fromObjectId", Long.toString(from.id()));
    node.put("toObjectTypeId", to.type().id());
    node.put("toObjectId", Long.toString(to.id()));
    ArrayNode names = node.putArray("labels");
    if (labels.contains(Label.PRIMARY)) {
      names.add("Primary");
    }
    return node;
  }

  private static Answer answer(int status, ObjectNode body, ArrayNode errors) {
    if (errors.isEmpty()) {
      return Answer.of(status, body);
    }
    body.set("errors", errors);
    body.put("numErrors", errors.size());
    return Answer.of(207, body);
  }
}
