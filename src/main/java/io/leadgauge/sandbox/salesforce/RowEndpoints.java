package io.leadgauge.sandbox.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Single records: create, read, update, delete, and upsert by an external id. */
final class RowEndpoints {
  /** From this version on an upsert that updates says so in a body. */
  private static final int UPSERT_TELLS = 46;

  private final CallCounts counts;

  RowEndpoints(CallCounts counts) {
    this.counts = counts;
  }

  Reply create(Call call) {
    SObject object = call.object();
    JsonNode body = call.record();
    Preparation preparation = new Preparation(call.org(), call.actor(), call.assigns());
    Saved saved = saved(call, object, () -> preparation.fresh(object, body));
    return Reply.of(201, saved.json());
  }

  Reply read(Call call) {
    return shown(call, existing(call, call.path("id")));
  }

  Reply update(Call call) {
    SObject object = call.object();
    JsonNode body = call.record();
    requireNoId(body);
    Preparation preparation = new Preparation(call.org(), call.actor(), call.assigns());
    saved(call, object, () -> preparation.changed(object, call.path("id"), body));
    return Reply.noContent();
  }

  Reply delete(Call call) {
    Row row = existing(call, call.path("id"));
    Work work = call.org().begin(call.actor());
    new Deletion(call.org(), work).delete(row);
    work.commit();
    return Reply.noContent();
  }

  Reply readByExternalId(Call call) {
    List<Row> matches = matches(call);
    if (matches.isEmpty()) {
      throw Refused.notFound();
    }
    return matches.size() > 1 ? choices(call, matches) : shown(call, matches.getFirst());
  }

  /**
   * Creates the record that an external id names, or changes it: 201, 200 (before v46: 204), 300.
   */
  Reply upsert(Call call) {
    SObject object = call.object();
    Field key = key(call);
    ObjectNode body = call.record();
    if (body.has(key.name())) {
      throw Refused.of(
          400,
          "INVALID_FIELD",
          "The " + key.name() + " field should not be specified in the sobject data.");
    }
    List<Row> matches = matches(call);
    if (matches.size() > 1) {
      return choices(call, matches);
    }
    Preparation preparation = new Preparation(call.org(), call.actor(), call.assigns());
    if (matches.isEmpty()) {
      body.put(key.name(), call.path("value"));
    }
    Supplier<Prepared> record =
        matches.isEmpty()
            ? () -> preparation.fresh(object, body)
            : () -> preparation.changed(object, matches.getFirst().id(), body);
    Saved saved = saved(call, object, record);
    boolean created = matches.isEmpty();
    if (!created && call.versionNumber() < UPSERT_TELLS) {
      return Reply.noContent();
    }
    return Reply.of(created ? 201 : 200, saved.json().put("created", created));
  }

  private Saved saved(Call call, SObject object, Supplier<Prepared> record) {
    Saving saving = new Saving(call.org(), call.actor(), call.session().client(), counts);
    Saved saved = saving.save(List.of(new Saving.Item(object, record)), false).getFirst();
    if (saved instanceof Saved.Failed(SaveError error)) {
      throw Refused.of(error);
    }
    return saved;
  }

  private static Row existing(Call call, String id) {
    SObject object = call.object();
    Row row =
        RecordId.read(id)
            .filter(complete -> complete.startsWith(object.keyPrefix()))
            .flatMap(call.org()::find)
            .orElseThrow(Refused::notFound);
    if (row.isDeleted()) {
      throw Refused.of(SaveError.deleted());
    }
    return row;
  }

  private static Reply shown(Call call, Row row) {
    List<Field> fields = new ArrayList<>();
    for (String name : call.queryList("fields")) {
      fields.add(
          row.object()
              .find(name.strip(), call.actor())
              .orElseThrow(() -> Refused.of(SaveError.noColumn(name.strip(), row.type()))));
    }
    if (fields.isEmpty()) {
      row.object().fields().stream()
          .filter(field -> field.visible(call.actor()))
          .forEach(fields::add);
    }
    return Reply.ok(new RowJson(call.org(), call.version()).with(row, fields));
  }

  private static Field key(Call call) {
    return call.object()
        .find(call.path("field"), call.actor())
        .filter(Field::external)
        .orElseThrow(
            () ->
                Refused.of(
                    404,
                    "NOT_FOUND",
                    "Provided external ID field does not exist or is not accessible: "
                        + call.path("field")));
  }

  private static List<Row> matches(Call call) {
    return ValueChecks.byExternalId(call.org(), call.object(), key(call), call.path("value"));
  }

  private static Reply choices(Call call, List<Row> matches) {
    ArrayNode urls = Json.array();
    for (Row row : matches) {
      urls.add("/services/data/%s/sobjects/%s/%s".formatted(call.version(), row.type(), row.id()));
    }
    return Reply.of(300, urls);
  }

  private static void requireNoId(JsonNode body) {
    if (body.has("Id") || body.has("id")) {
      throw Refused.of(
          400, "INVALID_FIELD", "The Id field should not be specified in the sobject data.");
    }
  }
}
