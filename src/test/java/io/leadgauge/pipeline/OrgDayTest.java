package io.leadgauge.pipeline;

import static io.leadgauge.crm.salesforce.Messages.field;
import static io.leadgauge.crm.salesforce.Messages.fields;
import static io.leadgauge.crm.salesforce.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.MovableClock;
import io.leadgauge.Seeds;
import io.leadgauge.crm.ActivityMap;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmAdapter;
import io.leadgauge.crm.CrmClient;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.Decoded;
import io.leadgauge.crm.Erased;
import io.leadgauge.crm.FieldMap;
import io.leadgauge.crm.FieldMap.Field;
import io.leadgauge.crm.FieldMap.FieldType;
import io.leadgauge.crm.Mode;
import io.leadgauge.crm.OrgAccess;
import io.leadgauge.crm.Redacted;
import io.leadgauge.crm.WebhookAccess;
import io.leadgauge.crm.salesforce.Messages;
import io.leadgauge.crm.salesforce.SalesforceDeliveries;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.Secret;
import io.leadgauge.scoring.ScoringModel;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A day of an org, by outbound messages, change events and callouts together: leads that change
 * within a second, one that is converted in the middle, one that is merged. Whatever order,
 * grouping and repetition it comes in, the facts and points are the same to the byte.
 */
class OrgDayTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final String ANN = Messages.ANN;
  private static final String BOB = Messages.BOB;
  private static final String CONTACT = "0035f00002EztxDAAR";
  private static final String ACCOUNT = "0015f00002JUX1JAAX";
  private static final String OTHER = "001xx000003DGb2AAG";
  private static final ConnectionScope SCOPE = scope();
  private static final List<Item> DAY = day();

  @TempDir Path folder;

  /** What stands in a delivery with others of its kind: a notification, or an item of JSON. */
  private record Item(boolean isXml, String text) {}

  private static ConnectionScope scope() {
    Connection plain = Rig.connection(Mode.FULL);
    SortedMap<String, SortedSet<String>> messages = new TreeMap<>();
    messages.put("lead", new TreeSet<>(List.of("Title", "Email", "Size__c")));
    messages.put("contact", new TreeSet<>(List.of("Title", "AccountId")));
    Connection org =
        new Connection(
            plain.id(),
            CrmKind.SALESFORCE,
            "00Dxx0000001gPFEAY",
            WebhookAccess.ofOrg(
                URI.create("https://leads.example"),
                List.of(),
                Secret.of("token"),
                new OrgAccess(List.of(), null, messages)),
            plain.api(),
            plain.models(),
            plain.mode(),
            new FieldMap(
                new TreeMap<>(
                    Map.of(
                        "title",
                        Field.of("Title", FieldType.TEXT, CrmKind.SALESFORCE.personTypes()),
                        "company.size",
                        Field.of(
                            "Size__c",
                            FieldType.TEXT,
                            List.of(RecordRef.LEAD, RecordRef.COMPANY))))),
            plain.lists(),
            List.of(new ActivityMap("meeting", "meeting", "StartDateTime", new TreeMap<>())),
            plain.outcomes(),
            plain.poll(),
            plain.writeBack(),
            plain.guard());
    return new ConnectionScope(org, "hash", Map.of("plain", ScoringModel.of(LinksTest.model())));
  }

  private static String at(int second) {
    return "2026-09-08T23:40:%02d.000Z".formatted(second);
  }

  private static Item record(String object, String id, int second, String... fields) {
    String notification =
        message().with(object, id, fields(fields) + field("SystemModstamp", at(second))).toString();
    int from = notification.indexOf("<sObject");
    int to = notification.indexOf("</sObject>") + "</sObject>".length();
    return new Item(true, notification.substring(from, to));
  }

  private static Item change(String object, String ids, int second, String rest) {
    long commit = Instant.parse(at(second)).toEpochMilli();
    return new Item(
        false,
        ("{'ChangeEventHeader':{'entityName':'"
                + object
                + "','recordIds':["
                + ids
                + "],'commitTimestamp':"
                + commit
                + ","
                + rest)
            .replace('\'', '"'));
  }

  private static List<Item> day() {
    List<Item> day = new ArrayList<>();
    for (int second = 1; second < 8; second++) {
      day.add(record("Lead", ANN, second / 2, "Title", "T" + second, "Size__c", "big"));
      day.add(record("Lead", BOB, second, "Title", second % 3 == 0 ? "" : "VP"));
    }
    day.add(record("Account", ACCOUNT, 3, "Size__c", "big"));
    day.add(record("Account", OTHER, 3, "Size__c", "small"));
    day.add(record("Contact", CONTACT, 10, "Title", "VP", "AccountId", ACCOUNT));
    day.add(record("Contact", CONTACT, 12, "Title", "VP", "AccountId", OTHER));
    day.add(record("Contact", CONTACT, 14, "Title", "VP", "AccountId", ACCOUNT));
    day.add(
        record(
            "Lead", ANN, 10, "Title", "T9", "IsConverted", "true", "ConvertedContactId", CONTACT));
    day.add(record("Lead", BOB, 16, "IsDeleted", "true", "MasterRecordId", ANN));
    day.add(record("Event", "00U5f00000AbCdEFAV", 5, "WhoId", ANN, "StartDateTime", at(5)));
    day.add(record("Task", "00T5f00000AbCdEFAV", 5, "WhoId", CONTACT, "Subject", "Call"));
    String lead = "'" + ANN + "'";
    day.add(
        change("Lead", lead, 2, "'changeType':'UPDATE','changedFields':['Title']},'Title':'VP'}"));
    day.add(
        change("Lead", lead, 2, "'changeType':'UPDATE','changedFields':['Title']},'Title':'x'}"));
    day.add(
        change("Lead", lead, 10, "'changeType':'UPDATE','changedFields':['0x1']},'Status':'C'}"));
    day.add(change("Lead", "'" + BOB + "'", 16, "'changeType':'DELETE'}}"));
    day.add(
        change(
            "Contact",
            "'" + CONTACT + "'",
            15,
            "'changeType':'UPDATE','changedFields':['AccountId']},'AccountId':'" + OTHER + "'}"));
    day.add(
        new Item(
            false,
            ("{'object':'Lead','id':'" + ANN + "','activity':'call','at':'" + at(4) + "'}")
                .replace('\'', '"')));
    day.add(new Item(true, "<sObject/>"));
    day.add(new Item(false, "{\"no\":\"item\"}"));
    return day;
  }

  /** Shuffles all items, repeats some, and groups them anew. */
  private static List<Delivery> disturbed(SplittableRandom random) {
    List<Item> items = new ArrayList<>();
    for (Item item : DAY) {
      items.add(item);
      if (random.nextInt(5) == 0) {
        items.add(item);
      }
    }
    Collections.shuffle(items, new Random(random.nextLong()));
    List<Delivery> deliveries = new ArrayList<>();
    int from = 0;
    while (from < items.size()) {
      int to = Math.min(items.size(), from + 1 + random.nextInt(20));
      deliveries.addAll(grouped(items.subList(from, to)));
      from = to;
    }
    return deliveries;
  }

  private static List<Delivery> grouped(List<Item> items) {
    Messages messages = message();
    List<String> json = new ArrayList<>();
    for (Item item : items) {
      if (item.isXml()) {
        messages.withNotification(item.text());
      } else {
        json.add(item.text());
      }
    }
    return List.of(delivery(messages.toString()), delivery(json.toString()));
  }

  private static Delivery delivery(String body) {
    return new Delivery(
        Rig.ACME,
        NOW,
        "POST",
        "/webhooks/acme/***",
        List.of(),
        body.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<RecordRef, RecordState> folded(List<Delivery> deliveries) {
    Map<RecordRef, Working> touched = new TreeMap<>();
    long sequence = 0;
    for (Delivery delivery : deliveries) {
      Decoded decoded = SalesforceDeliveries.decode(SCOPE.connection(), delivery);
      assertThat(decoded).isInstanceOf(Decoded.Events.class);
      sequence++;
      Fold fold = new Fold(SCOPE, ref -> working(touched, ref), sequence, NOW);
      touched.putAll(fold.events(((Decoded.Events) decoded).events()));
    }
    Map<RecordRef, RecordState> states = new TreeMap<>();
    touched.forEach((ref, working) -> states.put(ref, working.state()));
    return states;
  }

  private static Working working(Map<RecordRef, Working> touched, RecordRef ref) {
    Working known = touched.get(ref);
    return known == null ? Working.of(RecordState.unknown(ref, NOW)) : known;
  }

  private static Map<RecordRef, RecordState> kept(List<Delivery> deliveries, Path place) {
    Map<RecordRef, RecordState> states = new TreeMap<>();
    try (Store store = Store.open(place);
        StoreReader reader = store.reader()) {
      Scopes scopes = new Scopes();
      scopes.put(SCOPE);
      Intake intake =
          new Intake(
              scopes,
              id -> new Deliveries(),
              new States(reader, 1 << 20),
              store,
              new DiskWatch(store),
              new PipelineMetrics(new SimpleMeterRegistry()),
              new MovableClock(NOW),
              () -> {},
              id -> {},
              stored -> stored.forEach(state -> states.put(state.ref(), state)));
      intake.start();
      List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
      deliveries.forEach(delivery -> receipts.add(intake.receive(delivery).toCompletableFuture()));
      receipts.forEach(receipt -> assertThat(receipt.join()).isInstanceOf(Receipt.Kept.class));
      intake.close();
      states.replaceAll((ref, state) -> reader.load(ref).orElseThrow());
    }
    return states;
  }

  /** An adapter that reads deliveries and calls nobody. */
  private static final class Deliveries implements CrmAdapter {
    @Override
    public Decoded decode(Connection connection, Delivery delivery) {
      return SalesforceDeliveries.decode(connection, delivery);
    }

    @Override
    public Redacted without(Delivery delivery, Erased erased) {
      return SalesforceDeliveries.without(delivery, erased);
    }

    @Override
    public CrmClient connect(Connection connection) {
      throw new IllegalStateException("nobody calls the org");
    }
  }

  /** Returns all facts and the points on them as text. */
  private static String told(Map<RecordRef, RecordState> states) {
    StringBuilder text = new StringBuilder();
    Map<RecordRef, RecordState> bare = new TreeMap<>();
    states.forEach(
        (ref, state) ->
            bare.put(ref, RecordState.unknown(ref, NOW).withFacts(state.facts(), 0, NOW)));
    bare.forEach(
        (ref, state) -> {
          text.append(ref).append('\n').append(state.facts().canonical());
          if (ref.isContact()) {
            ContactView view =
                ContactView.of(SCOPE, state, other -> Optional.ofNullable(bare.get(other)));
            text.append("points ")
                .append(Appraisal.of(SCOPE, view).evaluate(SCOPE.models().getFirst(), NOW).score())
                .append('\n');
          }
        });
    return text.toString();
  }

  @Test
  void day_inAnyOrderGroupingAndRepetition_givesTheSameFactsAndPoints() {
    String recorded = told(folded(grouped(DAY)));
    assertThat(recorded)
        .contains("link CONVERTED_TO \"acme/contact/" + CONTACT + "\"")
        .contains("link MERGED_INTO \"acme/lead/" + ANN + "\"")
        .contains("activity \"call\"")
        .contains("points");
    Seeds.forEach(500, random -> assertThat(told(folded(disturbed(random)))).isEqualTo(recorded));
  }

  @Test
  void day_throughTheStore_givesTheSameFactsAndPoints() {
    String recorded = told(folded(grouped(DAY)));
    Seeds.forEach(
        5,
        random ->
            assertThat(told(kept(disturbed(random), folder.resolve("" + random.nextLong()))))
                .isEqualTo(recorded));
  }
}
