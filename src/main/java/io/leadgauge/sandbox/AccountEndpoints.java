package io.leadgauge.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The account itself, and the stages of contacts and deals as pipelines. */
final class AccountEndpoints {
  private static final String EPOCH = "1970-01-01T00:00:00Z";

  private final ZoneId zone;

  AccountEndpoints(ZoneId zone) {
    this.zone = zone;
  }

  Answer details(ApiRequest request) {
    ZoneOffset offset = zone.getRules().getOffset(Instant.ofEpochMilli(request.now()));
    ObjectNode body = Json.object();
    body.put("portalId", request.portal().id());
    body.put("accountType", "DEVELOPER_TEST");
    body.put("timeZone", zone.getId());
    body.put("companyCurrency", "USD");
    body.putArray("additionalCurrencies");
    body.put("utcOffset", offset.equals(ZoneOffset.UTC) ? "+00:00" : offset.getId());
    body.put("utcOffsetMilliseconds", offset.getTotalSeconds() * 1000);
    body.put("uiDomain", "app.hubspot.com");
    body.put("dataHostingLocation", "na1");
    return Answer.of(200, body);
  }

  Answer pipelines(ApiRequest request) {
    PropertySchema schema = request.records().schema();
    ObjectNode body = Json.object();
    ArrayNode results = body.putArray("results");
    switch (request.type()) {
      case CONTACT ->
          results.add(
              pipeline(
                  schema,
                  "Lifecycle Stage Pipeline",
                  "contacts-lifecycle-pipeline",
                  LifecycleStages.PROPERTY));
      case DEAL -> results.add(pipeline(schema, "Sales Pipeline", "default", "dealstage"));
      case COMPANY, TASK, CALL, MEETING, EMAIL, NOTE, COMMUNICATION -> {}
    }
    return Answer.of(200, body);
  }

  private static ObjectNode pipeline(
      PropertySchema schema, String label, String id, String property) {
    ObjectNode pipeline = Json.object();
    pipeline.put("label", label);
    pipeline.put("displayOrder", 0);
    pipeline.put("id", id);
    ArrayNode stages = pipeline.putArray("stages");
    schema
        .find(property)
        .ifPresent(found -> found.options().forEach(option -> stages.add(stage(option))));
    dated(pipeline);
    return pipeline;
  }

  private static ObjectNode stage(PropertyOption option) {
    boolean closed = option.value().equals("other") || option.value().startsWith("closed");
    ObjectNode stage = Json.object();
    stage.put("label", option.label());
    stage.put("displayOrder", option.displayOrder());
    ObjectNode metadata = stage.putObject("metadata");
    metadata.put("isClosed", Boolean.toString(closed));
    metadata.put("state", closed ? "CLOSED" : "OPEN");
    stage.put("id", option.value());
    stage.put("writePermissions", "CRM_PERMISSIONS_ENFORCEMENT");
    dated(stage);
    return stage;
  }

  private static void dated(ObjectNode node) {
    node.put("createdAt", EPOCH);
    node.put("updatedAt", EPOCH);
    node.put("archived", false);
  }
}
