package io.leadgauge.sandbox.salesforce;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What objects and fields there are, as the user sees them; versions and limits. */
final class DescribeEndpoints {
  private final DailyLimit daily;

  DescribeEndpoints(DailyLimit daily) {
    this.daily = daily;
  }

  /** The versions that are served, which anybody may know. */
  Reply versions(Call call) {
    ArrayNode versions = Json.array();
    for (int number : Version.served()) {
      ObjectNode version = versions.addObject();
      version.put("label", Version.label(number));
      version.put("url", "/services/data/v" + number + ".0");
      version.put("version", number + ".0");
    }
    return Reply.ok(versions);
  }

  Reply resources(Call call) {
    ObjectNode body = Json.object();
    for (String name : List.of("sobjects", "query", "queryAll", "limits", "composite", "jobs")) {
      body.put(name, "/services/data/" + call.version() + "/" + name);
    }
    String identity = call.org().id() + "/" + call.session().userId();
    body.put("identity", "https://login.salesforce.com/id/" + identity);
    return Reply.ok(body);
  }

  Reply limits(Call call) {
    ObjectNode body = Json.object();
    limit(body, "DailyApiRequests", daily.most(), daily.most() - daily.used(call.now()));
    limit(body, "DailyBulkApiBatches", 15_000, 15_000);
    limit(body, "DailyBulkV2QueryJobs", 10_000, 10_000);
    limit(body, "DailyBulkV2QueryFileStorageMB", 976_562, 976_562);
    limit(body, "DataStorageMB", 5, 5);
    limit(body, "FileStorageMB", 20, 20);
    return Reply.ok(body);
  }

  Reply all(Call call) {
    ObjectNode body = Json.object();
    body.put("encoding", "UTF-8");
    body.put("maxBatchSize", 200);
    ArrayNode objects = body.putArray("sobjects");
    call.org().schema().objects().forEach(object -> objects.add(head(call, object)));
    return Reply.ok(body);
  }

  Reply basics(Call call) {
    ObjectNode body = Json.object();
    body.set("objectDescribe", head(call, call.object()));
    body.putArray("recentItems");
    return Reply.ok(body);
  }

  Reply describe(Call call) {
    ObjectNode body = head(call, call.object());
    ArrayNode fields = body.putArray("fields");
    call.object().fields().stream()
        .filter(field -> field.visible(call.actor()))
        .forEach(field -> fields.add(field(field, call.actor())));
    body.putArray("childRelationships");
    body.putArray("recordTypeInfos");
    return Reply.ok(body);
  }

  private static ObjectNode head(Call call, SObject object) {
    ObjectNode head = Json.object();
    boolean writable = object.fields().stream().anyMatch(field -> field.updateable(call.actor()));
    head.put("name", object.name());
    head.put("label", object.label());
    head.put("labelPlural", object.labelPlural());
    head.put("keyPrefix", object.keyPrefix());
    head.put("custom", false);
    head.put("createable", writable);
    head.put("updateable", writable);
    head.put("deletable", writable);
    head.put("undeletable", writable);
    head.put("queryable", true);
    head.put("retrieveable", true);
    ObjectNode urls = head.putObject("urls");
    String base = "/services/data/" + call.version() + "/sobjects/" + object.name();
    urls.put("sobject", base);
    urls.put("describe", base + "/describe");
    urls.put("rowTemplate", base + "/{ID}");
    return head;
  }

  private static ObjectNode field(Field field, Actor actor) {
    ObjectNode node = Json.object();
    node.put("name", field.name());
    node.put("label", field.label());
    node.put("type", field.type().word());
    node.put("soapType", field.type().soapType());
    node.put("length", field.length());
    node.put("precision", field.type() == FieldType.INT ? 0 : field.precision());
    node.put("digits", field.type() == FieldType.INT ? field.precision() : 0);
    node.put("scale", field.scale());
    node.put("nillable", !field.required() && field.standard().isEmpty());
    node.put("defaultedOnCreate", field.standard().isPresent());
    node.put("createable", field.createable(actor));
    node.put("updateable", field.updateable(actor));
    node.put("calculated", false);
    node.put("custom", field.custom());
    node.put("externalId", field.external());
    node.put("unique", field.external());
    node.put("idLookup", field.external() || field.type() == FieldType.ID);
    node.put("filterable", field.type().isFilterable());
    node.put("sortable", field.type().isFilterable());
    node.put("restrictedPicklist", field.restricted());
    ArrayNode values = node.putArray("picklistValues");
    for (String value : field.values()) {
      ObjectNode choice = values.addObject();
      choice.put("active", true);
      choice.put("defaultValue", field.standard().filter(value::equals).isPresent());
      choice.put("label", value);
      choice.putNull("validFor");
      choice.put("value", value);
    }
    node.set("referenceTo", Json.array(field.to()));
    node.put("relationshipName", field.relationship().orElse(null));
    node.put("compoundFieldName", field.compound().orElse(null));
    return node;
  }

  private static void limit(ObjectNode body, String name, int most, int left) {
    ObjectNode limit = body.putObject(name);
    limit.put("Max", most);
    limit.put("Remaining", Math.max(0, left));
  }
}
