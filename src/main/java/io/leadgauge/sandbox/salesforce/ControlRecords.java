package io.leadgauge.sandbox.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The part of the control API that acts on records as people do. */
final class ControlRecords {
  private static final Set<String> CHANGE = Set.of("fields", "user", "at", "ago", "webhooks");
  private final Users users;

  ControlRecords(Users users) {
    this.users = users;
  }

  /** Puts the bundled sample in. */
  Reply sample(Call call) {
    JsonNode body = ControlBody.only(call.body(), Set.of("webhooks"));
    boolean told = body.path("webhooks").asBoolean(true);
    ObjectNode loaded = Json.object();
    loaded.put("people", new SampleLeads(call.org(), users.admin(), told).load());
    return Reply.ok(loaded);
  }

  /** All leads and contacts that are not deleted, with the values that they have. */
  Reply people(Call call) {
    ObjectNode body = Json.object();
    List<Row> people = new ArrayList<>(call.org().live("Lead"));
    people.addAll(call.org().live("Contact"));
    body.put("total", people.size());
    ArrayNode shown = body.putArray("contacts");
    people.forEach(row -> shown.add(shown(row)));
    return Reply.ok(body);
  }

  /** All records of a type, deleted ones too, with the values that they have. */
  Reply list(Call call) {
    ObjectNode body = Json.object();
    List<Row> rows = call.org().all(call.object().name());
    body.put("total", rows.size());
    ArrayNode shown = body.putArray("records");
    rows.forEach(row -> shown.add(shown(row)));
    return Reply.ok(body);
  }

  Reply read(Call call) {
    return Reply.ok(shown(row(call)));
  }

  /** Puts records in: all in one transaction, or none; a user's unless told. */
  Reply create(Call call) {
    JsonNode body = ControlBody.only(call.body(), Set.of("records", "webhooks", "user"));
    SObject object = call.object();
    List<Runnable> creations = new ArrayList<>();
    Work work =
        call.org()
            .begin(
                ControlBody.actor(body, users.admin()),
                call.now(),
                body.path("webhooks").asBoolean(true));
    ArrayNode ids = Json.array();
    for (JsonNode record : body.path("records")) {
      ControlBody.only(record, Set.of("fields", "createdAt", "createdAgo"));
      Map<String, String> values = ControlBody.values(object, record.path("fields"));
      long at = ControlBody.instant(record, "createdAt", "createdAgo", call.now());
      creations.add(() -> ids.add(work.create(object, values, at).id()));
    }
    creations.forEach(Runnable::run);
    work.commit();
    ObjectNode created = Json.object();
    created.set("ids", ids);
    return Reply.of(201, created);
  }

  Reply change(Call call) {
    JsonNode body = ControlBody.only(call.body(), CHANGE);
    Row row = row(call);
    Map<String, String> values = ControlBody.values(row.object(), body.path("fields"));
    Work work = work(call, body);
    work.update(row, values);
    work.commit();
    return Reply.ok(shown(row));
  }

  Reply delete(Call call) {
    Work work = work(call, call.body());
    new Deletion(call.org(), work).delete(row(call));
    work.commit();
    return Reply.noContent();
  }

  Reply restore(Call call) {
    Row row = row(call);
    if (!row.isDeleted() || row.value("MasterRecordId").isPresent()) {
      throw Refused.control("only a record that was deleted, and not merged, can be restored");
    }
    Work work = work(call, call.body());
    new Deletion(call.org(), work).undelete(row);
    work.commit();
    return Reply.ok(shown(row));
  }

  /** Takes a record out of the recycle bin: nothing tells of it any more. */
  Reply purge(Call call) {
    call.org().purge(row(call));
    return Reply.noContent();
  }

  /** Merges other records of the type into this one. */
  Reply merge(Call call) {
    JsonNode body = ControlBody.only(call.body(), Set.of("with", "fields", "user", "at", "ago"));
    Row master = row(call);
    List<Row> losers =
        Json.texts(body.path("with")).stream()
            .map(id -> named(call.org(), master.object(), id))
            .toList();
    Map<String, String> values = ControlBody.values(master.object(), body.path("fields"));
    Work work = work(call, body);
    new Merging(call.org(), work).merge(master, losers, values);
    work.commit();
    return Reply.ok(shown(master));
  }

  /** Converts a lead; an opportunity is made where it has a name. */
  Reply convert(Call call) {
    JsonNode body =
        ControlBody.only(
            call.body(),
            Set.of("account", "contact", "opportunity", "status", "user", "at", "ago"));
    Row lead = row(call);
    if (!lead.is("Lead") || lead.flag("IsConverted") || lead.isDeleted()) {
      throw Refused.control("only a live lead that is not converted can be converted");
    }
    Org org = call.org();
    String status =
        Json.text(body, "status")
            .or(() -> org.convertedStatuses().stream().findFirst())
            .orElseThrow(() -> Refused.control("status: no status is one of conversion"));
    Work work = work(call, body);
    new Conversion(org, work, lead)
        .convert(
            new Conversion.Wish(
                Json.text(body, "account").map(id -> named(org, org.schema().of("Account"), id)),
                Json.text(body, "contact").map(id -> named(org, org.schema().of("Contact"), id)),
                Json.text(body, "opportunity"),
                status));
    work.commit();
    return Reply.ok(shown(lead));
  }

  private Work work(Call call, JsonNode body) {
    long at = ControlBody.instant(body, "at", "ago", call.now());
    return call.org()
        .begin(ControlBody.actor(body, users.admin()), at, body.path("webhooks").asBoolean(true));
  }

  private static Row row(Call call) {
    return named(call.org(), call.object(), call.path("id"));
  }

  /** A record of a type by its id; deleted ones too. */
  static Row named(Org org, SObject object, String id) {
    Optional<Row> row = RecordId.read(id).flatMap(org::find);
    return row.filter(found -> found.object() == object)
        .orElseThrow(
            () -> Refused.of(404, "NOT_FOUND", "no %s has the id %s".formatted(object.name(), id)));
  }

  private static ObjectNode shown(Row row) {
    ObjectNode node = Json.object();
    node.put("id", row.id());
    node.put("type", row.type());
    ObjectNode fields = node.putObject("fields");
    row.values().forEach(fields::put);
    return node;
  }
}
