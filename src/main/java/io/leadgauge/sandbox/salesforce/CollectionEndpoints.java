package io.leadgauge.sandbox.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/**
 * sObject Collections: up to 200 records in one call, results in the order of the request. What is
 * wrong with a record is told in its result; only what is no list of records is refused.
 */
final class CollectionEndpoints {
  private static final String ROUTE = "/composite/sobjects";
  private static final int MOST = 200;
  private static final int MOST_CHUNKS = 10;
  private static final int MOST_READ = 2000;

  private final CallCounts counts;

  CollectionEndpoints(CallCounts counts) {
    this.counts = counts;
  }

  Reply create(Call call) {
    Preparation preparation = preparation(call);
    return save(
        call,
        record -> {
          SObject object = type(call, record);
          return new Saving.Item(object, () -> preparation.fresh(object, record));
        });
  }

  /** An id that comes again in the list is refused there. */
  Reply update(Call call) {
    Preparation preparation = preparation(call);
    Set<String> seen = new HashSet<>();
    return save(
        call,
        record -> {
          SObject object = type(call, record);
          String id = id(record);
          boolean again = !seen.add(RecordId.read(id).orElse(id));
          Supplier<Prepared> look =
              again
                  ? () -> new Prepared.Wrong(duplicate(id))
                  : () -> preparation.changed(object, id, record);
          return new Saving.Item(object, look);
        });
  }

  /** Upsert of one type by an external id, which each record holds. */
  Reply upsert(Call call) {
    SObject object = call.object();
    Field key =
        object
            .find(call.path("field"), call.actor())
            .filter(Field::external)
            .orElseThrow(Refused::notFound);
    Preparation preparation = preparation(call);
    Set<String> seen = new HashSet<>();
    return save(
        call,
        record -> {
          String value = record.path(key.name()).asText();
          boolean again = !seen.add(value.toLowerCase(Locale.ROOT));
          Supplier<Prepared> look =
              again
                  ? () -> new Prepared.Wrong(duplicate(value))
                  : () -> upserted(call, preparation, object, key, record);
          return new Saving.Item(object, look);
        });
  }

  /** The records of some ids, in the order of the request; null where one is not there. */
  Reply read(Call call) {
    JsonNode body = call.body();
    List<String> ids = Json.texts(body.path("ids"));
    if (ids.size() > MOST_READ) {
      throw Refused.of(400, "LIMIT_EXCEEDED", "The maximum number of ids is " + MOST_READ);
    }
    List<Field> fields = new ArrayList<>();
    for (String name : Json.texts(body.path("fields"))) {
      fields.add(
          call.object()
              .find(name, call.actor())
              .orElseThrow(() -> Refused.of(SaveError.noColumn(name, call.object().name()))));
    }
    RowJson json = new RowJson(call.org(), call.version());
    ArrayNode rows = Json.array();
    for (String id : ids) {
      RecordId.read(id)
          .flatMap(call.org()::find)
          .filter(row -> row.object() == call.object() && !row.isDeleted())
          .ifPresentOrElse(row -> rows.add(json.with(row, fields)), rows::addNull);
    }
    return Reply.ok(rows);
  }

  private interface Reading {
    Saving.Item item(ObjectNode record);
  }

  private Reply save(Call call, Reading reading) {
    JsonNode body = call.body();
    List<ObjectNode> records = records(body);
    requireReadable(call, records);
    List<Saving.Item> items = records.stream().map(reading::item).toList();
    counts.batch(ROUTE, items.size());
    // Salesforce does not promise to hand the client's name on from here.
    Saving saving = new Saving(call.org(), call.namelessActor(), call.session().client(), counts);
    List<Saved> results = saving.save(items, body.path("allOrNone").asBoolean());
    boolean upsert = call.routing().pathParam("field") != null;
    ArrayNode told = Json.array();
    for (Saved saved : results) {
      ObjectNode result = saved.json();
      if (upsert && saved instanceof Saved.Done(String id, boolean created)) {
        result.put("created", created);
      }
      told.add(result);
    }
    return Reply.ok(told);
  }

  private static List<ObjectNode> records(JsonNode body) {
    JsonNode list = body.path("records");
    if (list.isEmpty()) {
      throw Refused.of(400, "REQUIRED_FIELD_MISSING", "At least 1 record is required");
    }
    if (list.size() > MOST) {
      throw Refused.of(
          400, "LIMIT_EXCEEDED", "The maximum number of records is " + MOST + ": " + list.size());
    }
    List<ObjectNode> records = new ArrayList<>();
    list.forEach(
        record -> {
          if (!(record instanceof ObjectNode object)) {
            throw Refused.of(400, "JSON_PARSER_ERROR", "records: expected objects");
          }
          records.add(object);
        });
    return records;
  }

  /** Whether all values can be read, and the records of a type stand together. */
  private static void requireReadable(Call call, List<ObjectNode> records) {
    int chunks = 0;
    String before = "";
    for (ObjectNode record : records) {
      SObject object = type(call, record);
      chunks += object.name().equals(before) ? 0 : 1;
      before = object.name();
      Preparation.requireReadable(object, record);
    }
    if (chunks > MOST_CHUNKS) {
      throw Refused.of(
          400,
          "LIMIT_EXCEEDED",
          "Cannot have more than 10 chunks in a single operation. Please rearrange the data to"
              + " reduce chunking.");
    }
  }

  private Prepared upserted(
      Call call, Preparation preparation, SObject object, Field key, ObjectNode record) {
    String value = record.path(key.name()).asText();
    if (value.isBlank()) {
      return new Prepared.Wrong(
          SaveError.of("MISSING_ARGUMENT", key.name() + " not specified", key.name()));
    }
    List<Row> matches = ValueChecks.byExternalId(call.org(), object, key, value);
    if (matches.size() > 1) {
      return new Prepared.Wrong(
          SaveError.of("DUPLICATE_EXTERNAL_ID", key.name() + ": more than one record found"));
    }
    return matches.isEmpty()
        ? preparation.fresh(object, record)
        : preparation.changed(object, matches.getFirst().id(), record);
  }

  private static Preparation preparation(Call call) {
    return new Preparation(call.org(), call.namelessActor(), call.assigns());
  }

  private static SObject type(Call call, JsonNode record) {
    String name = record.path("attributes").path("type").asText();
    if (name.isEmpty() && call.routing().pathParam("object") != null) {
      return call.object();
    }
    return call.org()
        .schema()
        .find(name)
        .orElseThrow(
            () -> Refused.of(400, "INVALID_TYPE", "sObject type '" + name + "' is not supported."));
  }

  private static String id(JsonNode record) {
    return record.path(record.has("id") ? "id" : "Id").asText();
  }

  private static SaveError duplicate(String id) {
    return SaveError.of(
        "DUPLICATE_VALUE",
        "Maximum number of duplicate updates in one batch (1 allowed). Attempt to update Id more"
            + " than once in this API call: "
            + id);
  }
}
