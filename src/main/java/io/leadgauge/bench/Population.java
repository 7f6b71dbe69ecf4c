package io.leadgauge.bench;

import io.leadgauge.model.Activity;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.Due;
import io.leadgauge.model.Fact;
import io.leadgauge.model.LinkKind;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import io.leadgauge.store.RecordChange;
import io.leadgauge.store.Store;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Contacts of one company, put into a store as they are kept once their portal was read; to be
 * scored when something happens. So a benchmark need not wait until a portal has told of them.
 *
 * @param contacts how many there are, with ids from {@link #FIRST} on
 * @param busy of how many of them, the first ones, {@value #ACTIVITIES} page views were told
 */
record Population(int contacts, int busy) {
  /** The id of the first contact. */
  static final long FIRST = 1_000_001;

  static final long COMPANY = 7;

  /** More than the store keeps of one kind. */
  static final int ACTIVITIES = 5_000;

  private static final int MOST_BUSY = 200;
  private static final int SHARE_BUSY = 50;
  private static final int TOGETHER = 1_000;
  private static final long MOST_LOG_BYTES = 64L << 20;
  private static final long MINUTE = 60_000;
  private static final long MONTH = 30L * 24 * 60 * MINUTE;

  /** Returns so many contacts, a few of them busy. */
  static Population of(int contacts) {
    return new Population(contacts, Math.clamp(contacts / SHARE_BUSY, 1, MOST_BUSY));
  }

  /** Returns the id of a contact of which little is known, by chance. */
  long known(RandomGenerator random) {
    return FIRST + random.nextInt(Math.min(busy, contacts - 1), contacts);
  }

  /** Returns the id of a contact that did much, by chance. */
  long busy(RandomGenerator random) {
    return FIRST + random.nextInt(busy);
  }

  /**
   * Returns when their portal was read: long enough ago that all events of a benchmark happened
   * since, and none is to happen yet.
   */
  static long readAt(Clockwork clock) {
    return clock.now() - MONTH;
  }

  /** Puts all of them into the store of a folder, which nobody serves. */
  void settle(Path data, Clockwork clock, RandomGenerator random) {
    long now = clock.now();
    long read = readAt(clock);
    try (Store store = Store.open(data)) {
      save(store, company(), companyFacts(read), now);
      for (int i = 0; i < contacts; i++) {
        RecordRef contact = RecordRef.contact(BenchPortal.ID, Long.toString(FIRST + i));
        save(store, contact, facts(contact, i, read, now, random), now);
        if (i % TOGETHER == 0) {
          commit(store);
        }
      }
      commit(store);
      store.checkpoint();
    }
  }

  private static void commit(Store store) {
    store.writer().commit();
    if (store.logBytes() > MOST_LOG_BYTES) {
      store.checkpoint();
    }
  }

  private static void save(Store store, RecordRef ref, List<Fact> facts, long now) {
    RecordFacts.Joined joined = RecordFacts.NONE.join(facts);
    RecordState state =
        RecordState.unknown(ref, now)
            .withFacts(joined.facts(), joined.cut(), now)
            .withDue(Due.NOTHING);
    store
        .writer()
        .save(new RecordChange(state, joined.facts().all(ref), List.of(), List.of(), now));
  }

  private static RecordRef company() {
    return new RecordRef(BenchPortal.ID, RecordRef.COMPANY, Long.toString(COMPANY));
  }

  private static List<Fact> companyFacts(long read) {
    Stamp size = new Stamp(read, SourceRank.READ, "250");
    return List.of(
        Fact.Assigned.presence(company(), read, SourceRank.READ, true),
        new Fact.Assigned(company(), "numberofemployees", size));
  }

  private List<Fact> facts(
      RecordRef contact, int number, long read, long now, RandomGenerator random) {
    List<Fact> facts = new ArrayList<>();
    facts.add(Fact.Assigned.presence(contact, read, SourceRank.READ, true));
    facts.add(Fact.Assigned.associated(contact, RecordRef.COMPANY, read));
    Stamp linked = new Stamp(read, SourceRank.READ, Boolean.toString(true));
    facts.add(new Fact.Linked(contact, LinkKind.ASSOCIATED_WITH, company(), linked));
    facts.add(new Fact.Linked(contact, LinkKind.WORKS_AT, company(), linked));
    Person.properties(number, random)
        .forEach(
            (property, value) ->
                facts.add(
                    new Fact.Assigned(contact, property, new Stamp(read, SourceRank.READ, value))));
    for (int i = 0; number < busy && i < ACTIVITIES; i++) {
      Map<String, String> where = Map.of("url", "https://www.bench.example.com/page-" + i % 97);
      facts.add(new Fact.Happened(contact, Activity.of("page_view", now - i * MINUTE, where)));
    }
    return facts;
  }
}
