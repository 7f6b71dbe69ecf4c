package io.leadgauge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Records by the hundred: create, read, update, archive. One bad value refuses the whole batch
 * without saying which input it was; ids that are not there come back as errors beside the results,
 * with 207. Results stand in no order.
 */
final class BatchEndpoints {
  private static final int MOST = 100;
  private static final int MOST_WITH_HISTORY = 50;

  private final CallLog calls;
  private final Dice dice;

  /** An input of a batch that is ready to be written. */
  private record Ready(CrmRecord record, Map<String, String> properties) {}

  /** A record that is ready to be created. */
  private record Draft(Map<String, String> properties, List<Portal.Link> links) {}

  BatchEndpoints(CallLog calls, Dice dice) {
    this.calls = calls;
    this.dice = dice;
  }

  Answer read(ApiRequest request) {
    JsonNode body = request.body();
    JsonNode inputs = inputs(request, body, "read");
    List<String> histories = Json.texts(body.path("propertiesWithHistory"));
    if (!histories.isEmpty() && inputs.size() > MOST_WITH_HISTORY) {
      // Seen in PipedreamHQ/pipedream#8462: half a batch is the most with history.
      throw Refusal.invalid(
          "The maximum number of inputs supported in a batch request for property histories is "
              + MOST_WITH_HISTORY
              + ". Please reduce the number of items and try again");
    }
    boolean byEmail = byEmail(request, body);
    Records records = request.records();
    RecordJson json = request.json();
    RecordJson.View view = json.view(Json.texts(body.path("properties")), histories);
    Map<Long, ObjectNode> found = new LinkedHashMap<>();
    Set<String> missing = new LinkedHashSet<>();
    for (String id : ids(inputs)) {
      Optional<CrmRecord> record = byEmail ? records.findByEmail(id) : records.find(id);
      record.ifPresentOrElse(
          there -> found.put(there.id(), json.read(there, view)), () -> missing.add(id));
    }
    return answer(200, request, new ArrayList<>(found.values()), notFound(request.type(), missing));
  }

  Answer update(ApiRequest request) {
    JsonNode body = request.body();
    JsonNode inputs = inputs(request, body, "update");
    requireRecordIds(inputs);
    requireDistinct(ids(inputs));
    List<Map<String, String>> properties = checked(request, inputs);
    List<Ready> ready = new ArrayList<>();
    Set<String> missing = new LinkedHashSet<>();
    for (int i = 0; i < inputs.size(); i++) {
      String id = inputs.get(i).path("id").asText();
      Map<String, String> written = properties.get(i);
      request
          .records()
          .find(id)
          .ifPresentOrElse(record -> ready.add(new Ready(record, written)), () -> missing.add(id));
    }
    requireNoConflict(request, ready);
    List<ObjectNode> results = new ArrayList<>();
    ready.forEach(input -> results.add(write(input, request)));
    calls.writeCall(request.type(), request.appId());
    return answer(200, request, results, notFound(request.type(), missing));
  }

  Answer create(ApiRequest request) {
    JsonNode inputs = inputs(request, request.body(), "create");
    boolean traced = !inputs.isEmpty();
    for (JsonNode input : inputs) {
      traced &= input.hasNonNull("objectWriteTraceId");
    }
    return traced ? createEach(request, inputs) : createAll(request, inputs);
  }

  Answer archive(ApiRequest request) {
    JsonNode inputs = inputs(request, request.body(), "archive");
    for (String id : new LinkedHashSet<>(ids(inputs))) {
      request
          .records()
          .find(id)
          .ifPresent(record -> request.portal().archive(record, request.now(), request.source()));
    }
    calls.writeCall(request.type(), request.appId());
    return Answer.noContent();
  }

  /** Without trace ids the batch is created as a whole or not at all. */
  private Answer createAll(ApiRequest request, JsonNode inputs) {
    List<Map<String, String>> properties = checked(request, inputs);
    List<Draft> drafts = new ArrayList<>();
    Set<String> emails = new HashSet<>();
    for (int i = 0; i < inputs.size(); i++) {
      Draft draft = draft(request, inputs.get(i), properties.get(i));
      String email = draft.properties().getOrDefault("email", "");
      if (request.records().conflict(draft.properties(), 0).isPresent()
          || !(email.isEmpty() || emails.add(email))) {
        throw Refusal.conflictInBatch();
      }
      drafts.add(draft);
    }
    List<ObjectNode> results = new ArrayList<>();
    drafts.forEach(draft -> results.add(create(draft, request)));
    calls.writeCall(request.type(), request.appId());
    return answer(201, request, results, Json.array());
  }

  /** With a trace id on every input each is created or refused by itself. */
  private Answer createEach(ApiRequest request, JsonNode inputs) {
    List<ObjectNode> results = new ArrayList<>();
    ArrayNode errors = Json.array();
    for (JsonNode input : inputs) {
      String trace = input.path("objectWriteTraceId").asText();
      List<Invalid> problems = new ArrayList<>();
      Map<String, String> properties = request.values().of(input.path("properties"), problems);
      OptionalLong existing = request.records().conflict(properties, 0);
      if (!problems.isEmpty()) {
        ObjectNode error = error(errors, "VALIDATION_ERROR", Refusal.sentence(problems));
        error.withObject("/context").putArray("objectWriteTraceId").add(trace);
      } else if (existing.isPresent()) {
        String message = "Contact already exists. Existing ID: " + existing.getAsLong();
        ObjectNode context = error(errors, "CONFLICT", message).withObject("/context");
        context.putArray("objectWriteTraceId").add(trace);
        context.putArray("existingId").add(Long.toString(existing.getAsLong()));
      } else {
        createTraced(request, input, properties, trace, results, errors);
      }
    }
    calls.writeCall(request.type(), request.appId());
    return answer(201, request, results, errors);
  }

  private void createTraced(
      ApiRequest request,
      JsonNode input,
      Map<String, String> properties,
      String trace,
      List<ObjectNode> results,
      ArrayNode errors) {
    try {
      results.add(create(draft(request, input, properties), request));
    } catch (Refusal refusal) {
      ObjectNode error = error(errors, "VALIDATION_ERROR", String.valueOf(refusal.getMessage()));
      error.withObject("/context").putArray("objectWriteTraceId").add(trace);
    }
  }

  private static Draft draft(ApiRequest request, JsonNode input, Map<String, String> properties) {
    RequiredValues.check(request.type(), properties);
    return new Draft(
        properties,
        InlineAssociations.of(request.portal(), request.type(), input.path("associations")));
  }

  private ObjectNode create(Draft draft, ApiRequest request) {
    CrmRecord record =
        request
            .portal()
            .create(
                request.type(), draft.properties(), draft.links(), request.now(), request.source());
    calls.written(
        request.type(), request.appId(), new Portal.Written(draft.properties().size(), 0));
    return request.json().written(record, draft.properties().keySet());
  }

  private ObjectNode write(Ready input, ApiRequest request) {
    calls.written(
        request.type(),
        request.appId(),
        request
            .portal()
            .update(input.record(), input.properties(), request.now(), request.source()));
    return request.json().written(input.record(), input.properties().keySet());
  }

  /** The inputs; a body without them is answered 200 and does nothing (hubspot-api-nodejs#26). */
  private JsonNode inputs(ApiRequest request, JsonNode body, String action) {
    JsonNode inputs = body.path("inputs");
    if (inputs.size() > MOST) {
      throw Refusal.invalid(
          "The maximum number of inputs supported in a batch request is "
              + MOST
              + ". Please reduce the number of items and try again");
    }
    calls.batch("/crm/objects/" + request.type().plural() + "/batch/" + action, inputs.size());
    return inputs;
  }

  private static List<Map<String, String>> checked(ApiRequest request, JsonNode inputs) {
    WrittenValues values = request.values();
    List<Invalid> problems = new ArrayList<>();
    List<Map<String, String>> properties = new ArrayList<>();
    for (JsonNode input : inputs) {
      properties.add(values.of(input.path("properties"), problems));
    }
    if (!problems.isEmpty()) {
      throw Refusal.invalid(problems);
    }
    return properties;
  }

  private static List<String> ids(JsonNode inputs) {
    List<String> ids = new ArrayList<>();
    inputs.forEach(input -> ids.add(input.path("id").asText()));
    return ids;
  }

  private static boolean byEmail(ApiRequest request, JsonNode body) {
    String idProperty = body.path("idProperty").asText();
    return !idProperty.isEmpty() && request.namesByEmail(idProperty);
  }

  /** E-mail addresses do not name contacts here (hubspot-api-nodejs#548). */
  private static void requireRecordIds(JsonNode inputs) {
    for (JsonNode input : inputs) {
      if (input.hasNonNull("idProperty")) {
        throw Refusal.invalid("Unable to perform update/upsert by non-unique 0-1 property");
      }
    }
  }

  private static void requireDistinct(List<String> ids) {
    Set<String> seen = new HashSet<>();
    Set<String> twice = new LinkedHashSet<>();
    ids.stream().filter(id -> !seen.add(id)).forEach(twice::add);
    if (!twice.isEmpty()) {
      throw Refusal.duplicateIds(List.copyOf(twice));
    }
  }

  private void requireNoConflict(ApiRequest request, List<Ready> ready) {
    Set<String> emails = new HashSet<>();
    for (Ready input : ready) {
      String email = input.properties().getOrDefault("email", "");
      if (request.records().conflict(input.properties(), input.record().id()).isPresent()
          || !(email.isEmpty() || emails.add(email))) {
        throw Refusal.conflictInBatch();
      }
    }
  }

  private static ArrayNode notFound(ObjectType type, Set<String> missing) {
    ArrayNode errors = Json.array();
    if (!missing.isEmpty()) {
      String message =
          "Could not get some "
              + type.name()
              + " objects, they may be deleted or not exist. Check that ids are valid.";
      ObjectNode context = error(errors, "OBJECT_NOT_FOUND", message).withObject("/context");
      context.set("ids", Json.array(missing));
    }
    return errors;
  }

  private static ObjectNode error(ArrayNode errors, String category, String message) {
    ObjectNode error = errors.addObject();
    error.put("status", "error");
    error.put("category", category);
    error.put("message", message);
    return error;
  }

  private Answer answer(
      int status, ApiRequest request, List<ObjectNode> results, ArrayNode errors) {
    dice.shuffle(results);
    ObjectNode body = Json.object();
    body.put("completedAt", RecordJson.instant(request.now()));
    body.put("status", "COMPLETE");
    body.put("startedAt", RecordJson.instant(request.now()));
    body.putArray("results").addAll(results);
    if (errors.isEmpty()) {
      return Answer.of(status, body);
    }
    body.set("errors", errors);
    body.put("numErrors", errors.size());
    return Answer.of(207, body);
  }
}
