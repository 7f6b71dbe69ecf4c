package io.leadgauge.sandbox.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The bundled sample people as an org would hold them: most as leads, every third as a contact with
 * an account. Forms that they filled in are campaigns they responded to, mails are e-mail messages,
 * meetings are events. An org knows nothing of visits to a website.
 */
final class SampleLeads {
  private static final String RESOURCE = "/sandbox/sample-contacts.json";
  private static final String NO_COMPANY = "[not provided]";
  private static final int CONTACT_EVERY = 3;
  private static final String HALF_AN_HOUR = "30";

  private final Org org;
  private final Actor actor;
  private final boolean told;
  private final Map<String, Row> campaigns = new HashMap<>();

  SampleLeads(Org org, Actor actor, boolean told) {
    this.org = org;
    this.actor = actor;
    this.told = told;
  }

  /** Puts them in, in the order of time. Returns how many. */
  int load() {
    List<Happening> all = new ArrayList<>();
    int number = 0;
    for (JsonNode person : read().path("contacts")) {
      Known known = new Known(person.path("properties"), number++ % CONTACT_EVERY == 2);
      all.add(new Happening(ago(person, "createdAgo"), () -> create(known, person)));
      for (JsonNode activity : person.path("activities")) {
        all.add(new Happening(ago(activity, "ago"), () -> act(known, activity)));
      }
    }
    all.stream()
        .sorted(Comparator.comparingLong(Happening::at))
        .forEach(happening -> happening.what().run());
    return number;
  }

  private record Happening(long at, Runnable what) {}

  /** Somebody of the sample, and the record that was made of them. */
  private static final class Known {
    private final JsonNode properties;
    private final boolean contact;
    private String id = "";

    Known(JsonNode properties, boolean contact) {
      this.properties = properties;
      this.contact = contact;
    }

    String text(String name) {
      return properties.path(name).asText();
    }
  }

  private void create(Known known, JsonNode person) {
    Work work = begin(ago(person, "createdAgo"));
    Map<String, String> values = new LinkedHashMap<>();
    values.put("FirstName", known.text("firstname"));
    values.put("LastName", known.text("lastname"));
    values.put("Email", known.text("email"));
    values.put("Title", known.text("jobtitle"));
    values.put(known.contact ? "MailingCountry" : "Country", known.text("country"));
    if (known.contact) {
      values.put("AccountId", work.create(org.schema().of("Account"), company(known, "Name")).id());
    } else {
      values.putAll(company(known, "Company"));
    }
    known.id = work.create(org.schema().of(known.contact ? "Contact" : "Lead"), values).id();
    work.commit();
  }

  private static Map<String, String> company(Known known, String name) {
    Map<String, String> values = new LinkedHashMap<>();
    String company = known.text("company");
    values.put(name, company.isEmpty() ? NO_COMPANY : company);
    values.put("Industry", known.text("industry"));
    values.put("NumberOfEmployees", known.text("numemployees").replaceFirst("[^0-9].*", ""));
    return values;
  }

  private void act(Known known, JsonNode activity) {
    long at = ago(activity, "ago");
    Work work = begin(at);
    String stamp = FieldType.stored(at);
    switch (activity.path("type").asText()) {
      case "form_submission" -> respond(work, known, activity.path("form").asText("Contact us"));
      case "email_open", "email_click" -> mail(work, known, activity, stamp, false);
      case "email_reply" -> mail(work, known, activity, stamp, true);
      case "meeting_booked" ->
          work.create(
              org.schema().of("Event"),
              Map.of(
                  "WhoId",
                  known.id,
                  "Subject",
                  "Meeting",
                  "StartDateTime",
                  stamp,
                  "ActivityDateTime",
                  stamp,
                  "DurationInMinutes",
                  HALF_AN_HOUR,
                  "Type",
                  "Meeting"));
      case "unsubscribe" ->
          org.find(known.id)
              .ifPresent(row -> work.update(row, Map.of("HasOptedOutOfEmail", "true")));
      default -> {}
    }
    work.commit();
  }

  /** Somebody responds to a campaign, once. */
  private void respond(Work work, Known known, String form) {
    Row campaign =
        campaigns.computeIfAbsent(
            form, name -> work.create(org.schema().of("Campaign"), Map.of("Name", name)));
    String person = known.contact ? "ContactId" : "LeadId";
    boolean member =
        org.with("CampaignMember", person, known.id).stream()
            .anyMatch(row -> row.valueOrEmpty("CampaignId").equals(campaign.id()));
    if (!member) {
      work.create(
          org.schema().of("CampaignMember"),
          Map.of("CampaignId", campaign.id(), person, known.id, "Status", "Responded"));
    }
  }

  private void mail(Work work, Known known, JsonNode activity, String stamp, boolean incoming) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("Subject", activity.path("email").asText("E-mail"));
    values.put("MessageDate", stamp);
    values.put("Incoming", Boolean.toString(incoming));
    if (!incoming) {
      values.put("IsTracked", "true");
      values.put("IsOpened", "true");
      values.put("FirstOpenedDate", stamp);
      values.put("LastOpenedDate", stamp);
    }
    Row message = work.create(org.schema().of("EmailMessage"), values);
    work.create(
        org.schema().of("EmailMessageRelation"),
        Map.of(
            "EmailMessageId",
            message.id(),
            "RelationId",
            known.id,
            "RelationType",
            incoming ? "FromAddress" : "ToAddress",
            "RelationAddress",
            known.text("email")));
  }

  private Work begin(long at) {
    return org.begin(actor, at, told);
  }

  private long ago(JsonNode node, String name) {
    return org.now() - Duration.parse(node.path(name).asText("PT0S")).toMillis();
  }

  private static JsonNode read() {
    try (InputStream stream = SampleLeads.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException("missing on the class path: " + RESOURCE);
      }
      return Json.read(stream);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }
}
