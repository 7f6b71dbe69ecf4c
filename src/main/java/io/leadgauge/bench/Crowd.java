package io.leadgauge.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leadgauge.crm.CrmAdapter;
import io.leadgauge.crm.CrmEvent;
import io.leadgauge.crm.Decoded;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Due;
import io.leadgauge.model.Fact;
import io.leadgauge.model.Observation;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import io.leadgauge.pipeline.ConnectionScope;
import io.leadgauge.sandbox.SandboxOptions;
import io.leadgauge.store.Outcome;
import io.leadgauge.store.RecordChange;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Contacts of whom a delivery told and whom the CRM was asked about, put into a store by the
 * store's own writer, without the way there: journal, bodies, facts, due work. None is scored yet,
 * all are due for it.
 *
 * @param scope the connection that they are of
 * @param platform reads the deliveries
 * @param now our clock
 * @param random what they are like
 */
record Crowd(ConnectionScope scope, CrmAdapter platform, long now, RandomGenerator random) {
  private static final int TOGETHER = 100;
  private static final long MOST_LOG_BYTES = 64L << 20;
  private static final int MOST_FORMS = 3;
  private static final long DAY = Duration.ofDays(1).toMillis();

  /** Puts so many into the store of a data folder that nobody writes; ids from 1 on. */
  void fill(Path data, int contacts) {
    try (Store store = Store.open(data)) {
      for (int from = 0; from < contacts; from += TOGETHER) {
        add(store.writer(), from + 1, Math.min(contacts, from + TOGETHER));
        store.writer().commit();
        if (store.logBytes() > MOST_LOG_BYTES) {
          store.checkpoint();
        }
      }
    }
  }

  /** One delivery each, then one answer about all, as when they come quickly. */
  private void add(StoreWriter writer, int first, int last) {
    List<List<Fact>> told = new ArrayList<>();
    List<Long> numbers = new ArrayList<>();
    List<Fact> answered = new ArrayList<>();
    for (int id = first; id <= last; id++) {
      Delivery delivery = delivery(id);
      told.add(facts(delivery));
      numbers.add(writer.append(delivery, Outcome.applied(1, 0)));
      answered.addAll(read(contact(id)));
    }
    Observation answer =
        new Observation(scope.id(), now, now - 1, Observation.Cause.FETCH, answered);
    long number = writer.append(answer, Outcome.applied(answered.size(), 0));
    for (int id = first; id <= last; id++) {
      RecordRef ref = contact(id);
      List<Fact> facts = new ArrayList<>(told.get(id - first));
      answered.stream().filter(fact -> fact.of().equals(ref)).forEach(facts::add);
      RecordState stored = save(writer, ref, facts);
      writer.index(numbers.get(id - first), stored);
      writer.index(number, stored);
    }
  }

  private RecordState save(StoreWriter writer, RecordRef ref, List<Fact> facts) {
    RecordFacts.Joined joined = RecordFacts.NONE.join(facts);
    RecordState state =
        RecordState.unknown(ref, now)
            .withFacts(joined.facts(), joined.cut(), now)
            .withDue(new Due(Due.NEVER, Due.NEVER, now, 0, null));
    return writer.save(new RecordChange(state, joined.added(), List.of(), List.of(), now));
  }

  private RecordRef contact(int id) {
    return RecordRef.contact(scope.id(), Integer.toString(id));
  }

  private List<Fact> facts(Delivery delivery) {
    return switch (platform.decode(scope.connection(), delivery)) {
      case Decoded.Events events ->
          events.events().stream().map(CrmEvent::facts).toList().getFirst();
      case Decoded.Undecodable undecodable -> throw new IllegalStateException(undecodable.reason());
    };
  }

  private Delivery delivery(int id) {
    String body =
        "[{\"eventId\":"
            + id
            + ",\"subscriptionId\":3142,\"portalId\":44237313,\"appId\":"
            + SandboxOptions.APP_ID
            + ",\"occurredAt\":"
            + (now - random.nextLong(DAY))
            + ",\"subscriptionType\":\"contact.propertyChange\",\"attemptNumber\":0,\"objectId\":"
            + id
            + ",\"propertyName\":\"bench_visits\",\"propertyValue\":\""
            + random.nextInt(200)
            + "\",\"changeSource\":\"CRM\",\"sourceId\":\"userId:60000001\"}]";
    return new Delivery(
        scope.id(),
        now,
        "POST",
        BenchPortal.PATH,
        List.of(new Delivery.Header("Content-Type", "application/json")),
        body.getBytes(UTF_8));
  }

  /** What the CRM says of one: all that a score needs, and forms, which fade. */
  private List<Fact> read(RecordRef ref) {
    long modifiedAt = now - random.nextLong(30 * DAY) - DAY;
    List<Fact> facts = new ArrayList<>();
    facts.add(Fact.Assigned.presence(ref, modifiedAt, SourceRank.READ, true));
    for (String property : scope.needed(RecordRef.CONTACT)) {
      facts.add(assigned(ref, property, modifiedAt, SourceRank.READ, value(ref, property)));
    }
    for (int form = random.nextInt(MOST_FORMS + 1); form > 0; form--) {
      long at = now - random.nextLong(80 * DAY) - DAY;
      facts.add(assigned(ref, "recent_conversion_date", at, SourceRank.EVENT, Long.toString(at)));
      facts.add(
          assigned(
              ref,
              "recent_conversion_event_name",
              at,
              SourceRank.EVENT,
              pick("demo request", "newsletter", "white paper")));
    }
    return facts;
  }

  private static Fact assigned(
      RecordRef ref, String property, long at, SourceRank rank, String value) {
    return new Fact.Assigned(ref, property, new Stamp(at, rank, value));
  }

  private String value(RecordRef ref, String property) {
    return switch (property) {
      case "email" -> "person" + ref.id() + "@company" + random.nextInt(977) + ".example";
      case "jobtitle" -> pick("VP Sales", "Engineer", "Director of Marketing", "Student");
      case "country" -> pick("Germany", "Australia", "India", "Austria");
      case "bench_occupation" -> pick("Working Professional", "Student", "Other");
      case "bench_origin" -> pick("referral form", "api", "landing page");
      case "bench_employees" -> Integer.toString(random.nextInt(2_000));
      case "bench_opted_out" -> random.nextInt(20) == 0 ? "true" : "";
      case "bench_seconds" -> Integer.toString(random.nextInt(2_000));
      case "hs_analytics_source" -> pick("ORGANIC_SEARCH", "DIRECT_TRAFFIC", "REFERRALS");
      case "lifecyclestage" -> "lead";
      default -> "";
    };
  }

  private String pick(String... ones) {
    return ones[random.nextInt(ones.length)];
  }
}
