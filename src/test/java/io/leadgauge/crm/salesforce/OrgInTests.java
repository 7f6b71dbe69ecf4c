package io.leadgauge.crm.salesforce;

import io.leadgauge.crm.ApiAccess;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmEvent;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.Decoded;
import io.leadgauge.crm.FieldMap;
import io.leadgauge.crm.Guard;
import io.leadgauge.crm.Mode;
import io.leadgauge.crm.ModelUse;
import io.leadgauge.crm.OrgAccess;
import io.leadgauge.crm.Outcomes;
import io.leadgauge.crm.Poll;
import io.leadgauge.crm.WebhookAccess;
import io.leadgauge.crm.WriteBack;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Fact;
import io.leadgauge.model.LinkKind;
import io.leadgauge.model.Output;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.Secret;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** An org whose deliveries are read: its connection, and short names for what they say. */
final class OrgInTests {
  static final ConnectionId ACME = new ConnectionId("acme");
  static final String ORG = "00Dxx0000001gPFEAY";

  private OrgInTests() {}

  /** Returns a connection whose messages of leads list the first name, the title and the e-mail. */
  static Connection connection(String org) {
    SortedMap<String, SortedSet<String>> messages = new TreeMap<>();
    messages.put("lead", new TreeSet<>(List.of("FirstName", "Title", "Email", "SystemModstamp")));
    return new Connection(
        ACME,
        CrmKind.SALESFORCE,
        org,
        WebhookAccess.ofOrg(
            URI.create("https://leads.example"),
            List.of(),
            Secret.of("token"),
            new OrgAccess(List.of(), null, messages)),
        new ApiAccess(
            URI.create("https://acme.my.salesforce.com"),
            "67.0",
            Secret.of("access"),
            Duration.ofSeconds(1),
            100),
        List.of(new ModelUse("m", "m", Map.of(Output.SCORE, "Lead_Score__c"), null)),
        Mode.SHADOW,
        new FieldMap(new TreeMap<>()),
        new TreeMap<>(),
        List.of(),
        Outcomes.NONE,
        Poll.DEFAULT,
        new WriteBack(Duration.ZERO, 5, Duration.ofDays(1)),
        Guard.DEFAULT);
  }

  static Delivery delivery(byte[] body) {
    return new Delivery(ACME, 1, "POST", "/webhooks/acme/***", List.of(), body);
  }

  static Delivery delivery(String body) {
    return delivery(body.getBytes(StandardCharsets.UTF_8));
  }

  static List<CrmEvent> events(byte[] body) {
    return events(ORG, body);
  }

  static List<CrmEvent> events(String org, byte[] body) {
    return ((Decoded.Events) SalesforceDeliveries.decode(connection(org), delivery(body))).events();
  }

  static List<CrmEvent> events(String body) {
    return events(body.getBytes(StandardCharsets.UTF_8));
  }

  static CrmEvent event(String body) {
    List<CrmEvent> events = events(body);
    if (events.size() != 1) {
      throw new AssertionError("expected one event: " + events);
    }
    return events.getFirst();
  }

  /** Returns why a body cannot be read. */
  static String problem(byte[] body) {
    return ((Decoded.Undecodable) SalesforceDeliveries.decode(connection(ORG), delivery(body)))
        .reason();
  }

  static String problem(String body) {
    return problem(body.getBytes(StandardCharsets.UTF_8));
  }

  static RecordRef lead(String id) {
    return new RecordRef(ACME, RecordRef.LEAD, id);
  }

  static RecordRef contact(String id) {
    return RecordRef.contact(ACME, id);
  }

  static RecordRef record(String type, String id) {
    return new RecordRef(ACME, type, id);
  }

  /** A value that was read. */
  static Fact read(RecordRef of, String property, String at, String value) {
    return new Fact.Assigned(of, property, new Stamp(millis(at), SourceRank.READ, value));
  }

  /** A value that was set. */
  static Fact set(RecordRef of, String property, long at, String value) {
    return new Fact.Assigned(of, property, new Stamp(at, SourceRank.EVENT, value));
  }

  static Fact there(RecordRef of, long at, SourceRank rank) {
    return Fact.Assigned.presence(of, at, rank, true);
  }

  static Fact link(RecordRef of, LinkKind kind, RecordRef to, long at, SourceRank rank) {
    return new Fact.Linked(of, kind, to, new Stamp(at, rank, "true"));
  }

  static long millis(String at) {
    return Instant.parse(at).toEpochMilli();
  }
}
