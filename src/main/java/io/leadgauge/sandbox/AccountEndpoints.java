package io.leadgauge.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The account itself, and its lifecycle stages as a pipeline. */
final class AccountEndpoints {
  private static final String EPOCH = "1970-01-01T00:00:00Z";

  private final PropertySchema schema;
  private final long portalId;
  private final ZoneId zone;

  AccountEndpoints(PropertySchema schema, long portalId, ZoneId zone) {
    this.schema = schema;
    this.portalId = portalId;
    this.zone = zone;
  }

  Answer details(ApiRequest request) {
    ZoneOffset offset = zone.getRules().getOffset(Instant.ofEpochMilli(request.now()));
    ObjectNode body = Json.object();
    body.put("portalId", portalId);
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
    ObjectNode body = Json.object();
    body.putArray("results").add(pipeline());
    return Answer.of(200, body);
  }

  private ObjectNode pipeline() {
    ObjectNode pipeline = Json.object();
    pipeline.put("label", "Lifecycle Stage Pipeline");
    pipeline.put("displayOrder", 0);
    pipeline.put("id", "contacts-lifecycle-pipeline");
    schema
        .find(LifecycleStages.PROPERTY)
        .ifPresent(
            property ->
                property
                    .options()
                    .forEach(option -> pipeline.withArray("/stages").add(stage(option))));
    dated(pipeline);
    return pipeline;
  }

  private static ObjectNode stage(PropertyOption option) {
    boolean closed = option.value().equals("other");
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
