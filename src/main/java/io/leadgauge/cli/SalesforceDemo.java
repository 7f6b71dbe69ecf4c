package io.leadgauge.cli;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.crm.PortalNeeds;
import io.leadgauge.crm.salesforce.SalesforcePackage;
import io.leadgauge.manifest.Catalog;
import io.leadgauge.manifest.ConnectionManifest;
import io.leadgauge.model.Clockwork;
import io.leadgauge.sandbox.salesforce.ConnectedApp;
import io.leadgauge.sandbox.salesforce.SalesforceSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A demo's stand-in Salesforce, and the website of whoever has it: a CRM knows whom sales meets,
 * and not who looks at a page. Whoever is a customer or about to be is a contact, all others are
 * leads.
 */
final class SalesforceDemo implements DemoCrm {
  private static final String TOKEN = "demo-webhook-token";
  private static final String MQL = "Working - Contacted";

  /** Those whom sales has taken on, by the stages of the sample. */
  private static final Set<String> CONTACTS = Set.of("opportunity", "customer", "other");

  /** What a website tells; the rest stands in Salesforce itself, or is of no interest. */
  private static final Set<String> TOLD = Set.of("page_view", "form_submission", "email_click");

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final URI address;
  private final Clockwork clock;
  private final SandboxControl control;
  private @Nullable PortalNeeds needs;
  private @Nullable DemoWebsite website;

  SalesforceDemo(SalesforceSandbox sandbox, Clockwork clock) {
    this.address = sandbox.address();
    this.clock = clock;
    this.control = new SandboxControl(address);
  }

  @Override
  public String name() {
    return "Salesforce";
  }

  @Override
  public URI address() {
    return address;
  }

  @Override
  public Map<String, String> manifests() {
    return Map.of(
        "connections/demo.yaml",
        DemoFolder.resource("/demo/salesforce.yaml").replace("@API@", address.toString()),
        "sources/website.yaml",
        DemoFolder.resource("/demo/website.yaml"));
  }

  @Override
  public Map<String, String> secrets() {
    return Map.of(
        "DEMO_CLIENT_ID",
        ConnectedApp.CLIENT_ID,
        "DEMO_CLIENT_SECRET",
        ConnectedApp.CLIENT_SECRET,
        "DEMO_WEBHOOK_TOKEN",
        TOKEN,
        "DEMO_WEBSITE_SECRET",
        DemoWebsite.SECRET);
  }

  @Override
  public String install(Catalog catalog) {
    ConnectionManifest manifest = catalog.connections().values().iterator().next();
    needs = Candidates.needs(catalog, manifest);
    int fields = new PackageDeployment(control, made(0)).fields();
    return "The package makes " + fields + " fields in it, on leads and on contacts";
  }

  private SalesforcePackage made(int port) {
    return new SalesforcePackage(
        URI.create("http://127.0.0.1:" + port + "/webhooks/demo/" + TOKEN),
        ConnectedApp.USERNAME,
        requireNonNull(needs, "not installed"));
  }

  @Override
  public void subscribe(int port) {
    new PackageDeployment(control, made(port)).messages();
    website = new DemoWebsite(port, clock);
  }

  // The sample

  @Override
  public void loadSample() {
    ArrayNode events = JsonNodeFactory.instance.arrayNode();
    for (JsonNode person : read("/sandbox/sample-contacts.json").path("contacts")) {
      Person made = new Person(person.path("properties"));
      String id = create(made, person);
      for (JsonNode activity : person.path("activities")) {
        long at = clock.now() - Duration.parse(activity.path("ago").asText()).toMillis();
        if (activity.path("type").asText().equals("meeting_booked")) {
          meet(id, at);
        } else if (TOLD.contains(activity.path("type").asText())) {
          events.add(DemoWebsite.event(made.email(), activity, at));
        }
      }
    }
    tell(events);
  }

  private String create(Person person, JsonNode sample) {
    boolean optedOut = sample.path("activities").findValuesAsText("type").contains("unsubscribe");
    String since = sample.path("createdAgo").asText();
    if (!person.isContact()) {
      return put("Lead", person.lead().put("HasOptedOutOfEmail", optedOut), since);
    }
    String account = put("Account", person.account(), since);
    ObjectNode contact = person.contact().put("HasOptedOutOfEmail", optedOut);
    return put("Contact", contact.put("AccountId", account), since);
  }

  private String put(String object, ObjectNode fields, String createdAgo) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode record = body.putArray("records").addObject();
    record.set("fields", fields);
    record.put("createdAgo", createdAgo);
    return control.post("/_sandbox/" + object, body).at("/ids/0").asText();
  }

  private void meet(String person, long at) {
    ObjectNode meeting = JsonNodeFactory.instance.objectNode();
    meeting.put("WhoId", person).put("Subject", "Meeting");
    meeting.put("StartDateTime", Instant.ofEpochMilli(at).toString());
    meeting.put("DurationInMinutes", 30);
    put("Event", meeting, "PT0S");
  }

  private void tell(ArrayNode events) {
    requireNonNull(website, "not subscribed").tell(events);
  }

  /** A person of the sample, whose properties have HubSpot's names. */
  private record Person(JsonNode properties) {
    String email() {
      return text("email");
    }

    boolean isContact() {
      return CONTACTS.contains(text("lifecyclestage"));
    }

    ObjectNode lead() {
      ObjectNode lead = named().put("Company", company());
      put(lead, "Country", "country");
      return ofCompany(lead);
    }

    ObjectNode contact() {
      ObjectNode contact = named();
      put(contact, "MailingCountry", "country");
      return contact;
    }

    ObjectNode account() {
      return ofCompany(JsonNodeFactory.instance.objectNode().put("Name", company()));
    }

    private ObjectNode named() {
      ObjectNode person = JsonNodeFactory.instance.objectNode().put("Email", email());
      put(person, "FirstName", "firstname");
      put(person, "LastName", "lastname");
      put(person, "Title", "jobtitle");
      return person;
    }

    /** No lead is without a company. */
    private String company() {
      return text("company").isEmpty() ? "[not provided]" : text("company");
    }

    private ObjectNode ofCompany(ObjectNode record) {
      put(record, "Industry", "industry");
      if (!text("numemployees").isEmpty()) {
        record.put("NumberOfEmployees", least(text("numemployees")));
      }
      return record;
    }

    private void put(ObjectNode record, String field, String property) {
      if (!text(property).isEmpty()) {
        record.put(field, text(property));
      }
    }

    private String text(String property) {
      return properties.path(property).asText("");
    }
  }

  /** Returns the least number of a range such as {@code 100-500} or {@code 1000+}. */
  private static int least(String range) {
    return Integer.parseInt(range.replaceFirst("[^0-9].*", ""));
  }

  // The morning

  @Override
  public String act(Row person, JsonNode step) {
    if (step.has("properties")) {
      edit(person, step.path("properties"));
      return DemoCrm.edited(step.path("properties"));
    }
    ArrayNode events = JsonNodeFactory.instance.arrayNode();
    for (JsonNode activity : step.path("activities")) {
      switch (activity.path("type").asText()) {
        case "meeting_booked" -> meet(person.id(), clock.now());
        case "unsubscribe" ->
            change(
                person.type(),
                person.id(),
                JsonNodeFactory.instance.objectNode().put("HasOptedOutOfEmail", true));
        default ->
            events.add(DemoWebsite.event(step.path("email").asText(), activity, clock.now()));
      }
    }
    if (!events.isEmpty()) {
      tell(events);
    }
    return DemoCrm.words(step.path("activities"));
  }

  private void edit(Row person, JsonNode properties) {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    if (properties.has("jobtitle")) {
      fields.put("Title", properties.path("jobtitle").asText());
    }
    if (properties.has("numemployees")) {
      fields.put("NumberOfEmployees", least(properties.path("numemployees").asText()));
    }
    change(person.type(), person.id(), fields);
  }

  private void change(String object, String id, ObjectNode fields) {
    ObjectNode change = JsonNodeFactory.instance.objectNode();
    change.set("fields", fields);
    control.post("/_sandbox/" + object + "/" + id, change);
  }

  // What stands there

  @Override
  public Map<String, Row> people() {
    Map<String, Row> rows = new TreeMap<>();
    for (JsonNode person : control.get("/_sandbox/contacts").path("contacts")) {
      JsonNode fields = person.path("fields");
      rows.put(
          text(fields, "Email"),
          new Row(
              person.path("type").asText(),
              person.path("id").asText(),
              text(fields, "FirstName") + " " + text(fields, "LastName"),
              stage(text(fields, "Status")),
              text(fields, "Leadgauge_Score__c").replaceFirst("\\.0*$", ""),
              text(fields, "Leadgauge_Grade__c"),
              text(fields, "Leadgauge_Label__c"),
              text(fields, "Leadgauge_Reasons__c")));
    }
    return rows;
  }

  private static String text(JsonNode fields, String name) {
    return fields.path(name).asText("");
  }

  /** Returns what stands before the dash of a status; contacts have none. */
  private static String stage(String status) {
    return status.equals(MQL) ? "MQL" : status.replaceFirst(" - .*", "");
  }

  @Override
  public long pending() {
    return control.get("/_sandbox/webhooks").path("pending").asLong();
  }

  private static JsonNode read(String resource) {
    try {
      return MAPPER.readTree(DemoFolder.resource(resource));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    control.close();
    if (website != null) {
      website.close();
    }
  }
}
