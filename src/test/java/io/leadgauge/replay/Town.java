package io.leadgauge.replay;

import io.leadgauge.crm.ApiAccess;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.FieldMap;
import io.leadgauge.crm.FieldMap.Field;
import io.leadgauge.crm.FieldMap.FieldType;
import io.leadgauge.crm.Guard;
import io.leadgauge.crm.Mode;
import io.leadgauge.crm.ModelUse;
import io.leadgauge.crm.Outcomes;
import io.leadgauge.crm.Poll;
import io.leadgauge.crm.StageMap;
import io.leadgauge.crm.WebhookAccess;
import io.leadgauge.crm.WriteBack;
import io.leadgauge.manifest.Loaded;
import io.leadgauge.manifest.Manifests;
import io.leadgauge.manifest.ModelManifest;
import io.leadgauge.manifest.SecretSource;
import io.leadgauge.model.Activity;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Fact;
import io.leadgauge.model.LinkKind;
import io.leadgauge.model.Output;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.Secret;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import io.leadgauge.pipeline.ConnectionScope;
import io.leadgauge.scoring.ScoringModel;
import io.leadgauge.store.RecordChange;
import io.leadgauge.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Contacts with a year of their lives, made from a seed, in a store of their own: all happens at
 * whole hours.
 */
public final class Town {
  public static final ConnectionId ID = new ConnectionId("town");
  public static final long NOW = Instant.parse("2026-11-01T00:00:00Z").toEpochMilli();
  public static final long HOUR = 3_600_000;
  public static final long DAY = 24 * HOUR;
  public static final long SINCE = NOW - 365 * DAY;

  private static final String STAGE = "lifecyclestage";
  private static final List<String> STAGES =
      List.of("lead", "marketingqualifiedlead", "salesqualifiedlead", "opportunity", "customer");
  private static final List<String> TITLES =
      List.of("VP Sales", "Engineer", "CEO", "Assistant", "Sales Manager");
  private static final List<String> URLS =
      List.of("https://x.example/", "https://x.example/pricing", "https://x.example/careers/1");

  /** The model in force. */
  public static final String OLD =
      """
      apiVersion: leadgauge/v1
      kind: Model
      metadata: { name: plain }
      spec:
        dimensions:
          fit:
            max: 50
            rules:
              - { id: decision-maker, when: { property: title, seniority: [c-level, vp, director] }, points: 20 }
              - { id: company-size, property: company.employees, points: { "500..": 15, "50..<500": 10, "0..<50": 2, missing: 0 } }
              - { id: country, when: { property: country, in: [DE, AT] }, points: 5.5 }
          engagement:
            min: -25
            max: 50
            decay: { halfLife: 30d }
            rules:
              - { id: pricing, activity: page_view, where: { url: "*/pricing*" }, points: 8, within: 14d, limit: 24, atMost: { count: 1, per: day } }
              - { id: page, activity: page_view, points: 1, limit: 10 }
              - { id: form, activity: form_submission, points: 15, limit: 45 }
              - { id: careers, activity: page_view, where: { url: "*/careers*" }, points: -10, limit: -20 }
              - { id: opted-out, when: { property: emailOptOut, is: true }, points: -25 }
              - { id: silent, silentFor: 90d, points: -10 }
        labels: { hot: { enter: 55, leave: 45 }, warm: { enter: 30, leave: 20 }, cold: {} }
        grade:
          letters: { dimension: fit, A: 30, B: 20, C: 0 }
          digits: { dimension: engagement, 1: 30, 2: 10, 3: 0 }
        segments:
          nurture: { label: warm, when: fit >= 20 }
          educate: { label: cold, when: engagement > 0 }
        stages:
          mql: { enter: total >= 30 and fit >= 10, leave: total < 20, cooldown: 20d }
          sql:
            enter: total >= 45
            leave: total < 25
            cooldown: 20d
            handOff: { task: "Call {firstName}", due: 4h, owner: contact-owner, cooldown: 10d }
      """;

  /** The one that would take its place. */
  public static final String NEW =
      OLD.replace("points: 15, limit: 45", "points: 20, limit: 45")
          .replace("halfLife: 30d", "halfLife: 45d")
          .replace(
              "- { id: page, activity: page_view, points: 1, limit: 10 }",
              "- { id: webinar, activity: webinar, points: 12, limit: 24 }")
          .replace("hot: { enter: 55, leave: 45 }", "hot: { enter: 60, leave: 50 }")
          .replace("enter: total >= 45", "enter: total >= 40");

  private Town() {}

  /** Compiles the text of a model that is called {@code plain}. */
  public static ScoringModel model(Path scratch, String text) {
    try {
      Path folder = scratch.resolve("models").resolve("plain");
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("model.yaml"), text);
      Loaded loaded = Manifests.load(scratch, SecretSource.none());
      ModelManifest found = loaded.catalog().models().get("plain");
      if (found == null) {
        throw new AssertionError(loaded.problems().toString());
      }
      return found.model();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the connection, scored by a model. */
  public static ConnectionScope scope(ScoringModel model) {
    Secret secret = Secret.of("s");
    Connection connection =
        new Connection(
            ID,
            CrmKind.HUBSPOT,
            "1",
            new WebhookAccess(URI.create("https://leads.example"), Set.of(), List.of(secret), null),
            new ApiAccess(
                URI.create("https://api.example"), "v3", secret, Duration.ofSeconds(1), 1),
            List.of(new ModelUse("plain", "plain", Map.of(Output.SCORE, "score"), stages())),
            Mode.SHADOW,
            fields(),
            new TreeMap<>(),
            List.of(),
            Outcomes.NONE,
            Poll.DEFAULT,
            new WriteBack(Duration.ZERO, 1, Duration.ZERO),
            Guard.DEFAULT);
    return new ConnectionScope(connection, "m", Map.of("plain", model));
  }

  public static StageMap stages() {
    return new StageMap(
        STAGE,
        STAGES,
        new TreeMap<>(Map.of("mql", STAGES.get(1), "sql", STAGES.get(2))),
        new TreeSet<>(Set.of("customer")));
  }

  private static FieldMap fields() {
    return new FieldMap(
        new TreeMap<>(
            Map.of(
                "company.employees",
                Field.of("numberofemployees", FieldType.NUMBER, List.of(RecordRef.COMPANY)),
                "emailOptOut",
                Field.of("hs_email_optout", FieldType.BOOLEAN, List.of(RecordRef.CONTACT)))));
  }

  // Lives

  /** Fills a store with so many contacts. */
  public static void fill(Path data, long seed, int contacts, int activities) {
    try (Store store = Store.open(data)) {
      int companies = Math.max(1, contacts / 5);
      for (int i = 0; i < companies; i++) {
        SplittableRandom random = new SplittableRandom(seed * 31 + 7_000_000 + i);
        save(store, company(String.valueOf(9_000_000 + i)), ofCompany(random, i));
      }
      for (int i = 0; i < contacts; i++) {
        SplittableRandom random = new SplittableRandom(seed * 31 + i);
        save(
            store,
            contact(String.valueOf(101 + i)),
            ofContact(random, 101 + i, contacts, companies, activities));
        if (i % 500 == 499) {
          store.writer().commit();
        }
      }
      store.writer().commit();
    }
  }

  static RecordRef contact(String id) {
    return RecordRef.contact(ID, id);
  }

  static RecordRef company(String id) {
    return new RecordRef(ID, RecordRef.COMPANY, id);
  }

  /** Keeps facts of a record, as if they were told long after they happened. */
  static void save(Store store, RecordRef ref, List<Fact> facts) {
    RecordState before =
        store.writer().load(ref).orElseGet(() -> RecordState.unknown(ref, NOW - DAY));
    RecordFacts.Joined joined = before.facts().join(facts);
    RecordState after = before.withFacts(joined.facts(), joined.cut(), NOW - DAY);
    store
        .writer()
        .save(new RecordChange(after, joined.added(), joined.removed(), List.of(), NOW - DAY));
  }

  private static List<Fact> ofCompany(SplittableRandom random, int number) {
    RecordRef ref = company(String.valueOf(9_000_000 + number));
    List<Fact> facts = new ArrayList<>();
    boolean read = random.nextBoolean();
    facts.add(
        assigned(
            ref,
            "numberofemployees",
            new Stamp(
                NOW - random.nextInt(1, 300) * DAY,
                read ? SourceRank.READ : SourceRank.EVENT,
                String.valueOf(random.nextInt(2_000)))));
    if (random.nextBoolean()) {
      facts.add(told(ref, "numberofemployees", hour(random), "" + random.nextInt(2_000)));
    }
    return facts;
  }

  private static List<Fact> ofContact(
      SplittableRandom random, int number, int contacts, int companies, int activities) {
    RecordRef ref = contact(String.valueOf(number));
    long born = NOW - random.nextInt(24, 400 * 24) * HOUR;
    List<Fact> facts = new ArrayList<>();
    facts.add(Fact.Assigned.presence(ref, born, SourceRank.EVENT, true));
    facts.add(told(ref, "email", born, "p" + number + "@firm.example"));
    facts.add(
        random.nextBoolean()
            ? told(ref, "country", born, "DE")
            : assigned(ref, "country", new Stamp(NOW - 3 * DAY, SourceRank.READ, "AT")));
    for (int i = random.nextInt(3); i >= 0; i--) {
      facts.add(told(ref, "jobtitle", later(random, born), TITLES.get(random.nextInt(5))));
    }
    if (random.nextInt(10) == 0) {
      facts.add(told(ref, "hs_email_optout", later(random, born), "true"));
    }
    work(random, ref, born, companies, facts);
    stages(random, ref, born, facts);
    end(random, ref, number, contacts, facts);
    List<Long> times = new ArrayList<>();
    int count = activities == 0 ? 0 : random.nextInt(2 * activities + 1);
    for (int i = 0; i < count; i++) {
      String type = random.nextInt(8) == 0 ? "form_submission" : "page_view";
      if (random.nextInt(20) == 0) {
        type = "webinar";
      }
      boolean near = !times.isEmpty() && random.nextInt(3) > 0;
      long at = near ? times.getLast() + random.nextInt(1, 60) * HOUR : later(random, born);
      if (at >= NOW) {
        continue;
      }
      times.add(at);
      Map<String, String> attributes =
          type.equals("page_view") ? Map.of("url", URLS.get(random.nextInt(3))) : Map.of();
      facts.add(new Fact.Happened(ref, Activity.of(type, at, attributes)));
    }
    return facts;
  }

  private static void work(
      SplittableRandom random, RecordRef ref, long born, int companies, List<Fact> facts) {
    for (int i = random.nextInt(3); i > 0; i--) {
      RecordRef at = company(String.valueOf(9_000_000 + random.nextInt(companies)));
      long from = later(random, born);
      facts.add(
          new Fact.Linked(ref, LinkKind.WORKS_AT, at, new Stamp(from, SourceRank.EVENT, "true")));
      if (random.nextInt(3) == 0) {
        facts.add(
            new Fact.Linked(
                ref,
                LinkKind.WORKS_AT,
                at,
                new Stamp(later(random, from), SourceRank.EVENT, "false")));
      }
    }
  }

  /** People move some contacts, and some moves are our own, in the past that was. */
  private static void stages(SplittableRandom random, RecordRef ref, long born, List<Fact> facts) {
    facts.add(told(ref, STAGE, born, "lead"));
    long at = born;
    for (int i = random.nextInt(4); i > 0; i--) {
      at = later(random, at);
      String to = STAGES.get(random.nextInt(random.nextInt(6) == 0 ? 5 : 3));
      Fact.Assigned move = told(ref, STAGE, at, to);
      facts.add(move);
      if (random.nextInt(3) == 0) {
        facts.add(move.asWritten());
      }
    }
  }

  private static void end(
      SplittableRandom random, RecordRef ref, int number, int contacts, List<Fact> facts) {
    if (random.nextInt(30) == 0) {
      facts.add(Fact.Assigned.presence(ref, hour(random), SourceRank.EVENT, false));
    } else if (random.nextInt(30) == 0 && number > 101) {
      RecordRef other =
          contact(String.valueOf(101 + random.nextInt(Math.min(contacts, number - 101))));
      facts.add(
          new Fact.Linked(
              ref, LinkKind.MERGED_INTO, other, new Stamp(hour(random), SourceRank.EVENT, "true")));
    }
  }

  static Fact.Assigned told(RecordRef ref, String property, long at, String value) {
    return assigned(ref, property, new Stamp(at, SourceRank.EVENT, value));
  }

  private static Fact.Assigned assigned(RecordRef ref, String property, Stamp stamp) {
    return new Fact.Assigned(ref, property, stamp);
  }

  private static long later(SplittableRandom random, long than) {
    long hours = Math.max(1, (NOW - than) / HOUR - 1);
    return Math.min(NOW - HOUR, than + random.nextLong(hours + 1) * HOUR);
  }

  private static long hour(SplittableRandom random) {
    return NOW - random.nextInt(1, 300 * 24) * HOUR;
  }
}
