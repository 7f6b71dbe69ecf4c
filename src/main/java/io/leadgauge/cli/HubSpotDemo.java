package io.leadgauge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.crm.CrmSetup;
import io.leadgauge.crm.Finding.Verdict;
import io.leadgauge.crm.PortalNeeds;
import io.leadgauge.crm.hubspot.HubSpotAdapter;
import io.leadgauge.manifest.Catalog;
import io.leadgauge.manifest.ConnectionManifest;
import io.leadgauge.model.Clockwork;
import io.leadgauge.sandbox.Sandbox;
import io.leadgauge.sandbox.SandboxOptions;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A demo's stand-in HubSpot. */
final class HubSpotDemo implements DemoCrm {
  private static final String PATH = "/webhooks/demo";
  private static final String CLIENT_SECRET = "demo-client-secret";
  private static final String SHOWN =
      "email,firstname,lastname,lifecyclestage,leadgauge_score,leadgauge_grade,leadgauge_label,"
          + "leadgauge_reasons";

  private final Vertx vertx;
  private final Clockwork clock;
  private final URI address;
  private final SandboxControl control;

  HubSpotDemo(Vertx vertx, Clockwork clock, Sandbox sandbox) {
    this.vertx = vertx;
    this.clock = clock;
    this.address = sandbox.address();
    this.control = new SandboxControl(address);
  }

  @Override
  public String name() {
    return "HubSpot";
  }

  @Override
  public URI address() {
    return address;
  }

  @Override
  public Map<String, String> manifests() {
    return Map.of(
        "connections/demo.yaml",
        DemoFolder.resource("/demo/connection.yaml").replace("@API@", address.toString()));
  }

  @Override
  public Map<String, String> secrets() {
    return Map.of("DEMO_ACCESS_TOKEN", SandboxOptions.TOKEN, "DEMO_CLIENT_SECRET", CLIENT_SECRET);
  }

  @Override
  public String install(Catalog catalog) {
    int made = 0;
    for (ConnectionManifest manifest : catalog.connections().values()) {
      PortalNeeds needs = Candidates.needs(catalog, manifest);
      try (CrmSetup setup =
          new HubSpotAdapter(vertx, clock).setUp(manifest.connection(), needs, false)) {
        setup.look();
        made += FindingsTable.count(setup.make(), Verdict.DONE);
      }
    }
    return "Set up makes " + made + " things in it: the fields for results, and their group";
  }

  /** Tells the sandbox where webhooks go, and which address they sign. */
  @Override
  public void subscribe(int port) {
    ObjectNode target = JsonNodeFactory.instance.objectNode();
    target.put("url", "http://127.0.0.1:" + port + PATH);
    target.put("signedUrl", "https://leads.example.com" + PATH);
    target.put("secret", CLIENT_SECRET);
    ArrayNode properties = target.putArray("properties");
    List.of("email", "jobtitle", "country", "industry", "numemployees", "lifecyclestage")
        .forEach(properties::add);
    control.post("/_sandbox/webhooks", target);
  }

  @Override
  public void loadSample() {
    control.post("/_sandbox/sample", JsonNodeFactory.instance.objectNode());
  }

  @Override
  public Map<String, Row> people() {
    Map<String, Row> rows = new TreeMap<>();
    for (JsonNode contact :
        control.get("/_sandbox/contacts?properties=" + SHOWN).path("contacts")) {
      JsonNode values = contact.path("properties");
      rows.put(text(values, "email"), row(contact.path("id").asText(), values));
    }
    return rows;
  }

  private static Row row(String id, JsonNode values) {
    return new Row(
        "contact",
        id,
        text(values, "firstname") + " " + text(values, "lastname"),
        stage(text(values, "lifecyclestage")),
        text(values, "leadgauge_score"),
        text(values, "leadgauge_grade"),
        text(values, "leadgauge_label"),
        text(values, "leadgauge_reasons"));
  }

  private static String text(JsonNode values, String name) {
    return values.path(name).asText("");
  }

  private static String stage(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "marketingqualifiedlead" -> "MQL";
      case "salesqualifiedlead" -> "SQL";
      default -> value;
    };
  }

  @Override
  public String act(Row person, JsonNode step) {
    String path = "/_sandbox/contacts/" + person.id();
    if (step.has("properties")) {
      ObjectNode change = JsonNodeFactory.instance.objectNode();
      change.set("properties", step.path("properties"));
      control.post(path, change);
      return DemoCrm.edited(step.path("properties"));
    }
    control.post(path + "/activities", step.path("activities"));
    return DemoCrm.words(step.path("activities"));
  }

  @Override
  public long pending() {
    return control.get("/_sandbox/webhooks").path("pending").asLong();
  }

  @Override
  public void close() {
    control.close();
  }
}
