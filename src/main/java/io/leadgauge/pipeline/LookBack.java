package io.leadgauge.pipeline;

import io.leadgauge.crm.ChangedPage;
import io.leadgauge.crm.CrmClient;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Due;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.store.StoreReader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks back, slowly and always, over the contacts that changed since it looked last: a webhook can
 * get lost, a CRM gives up on one after a day, and counters send none. At a start it covers all the
 * time since the last look, however long that was.
 *
 * <p>A contact that seems to differ from what is known is read, a page at a time, so that live
 * contacts never wait for more than that. What the read brings tells whether anything was missed:
 * the search may show late what an event has told long ago, and our own writes change a contact
 * without changing what we look at. The span ends some minutes before now, so that an event that is
 * under way is not missed yet.
 */
final class LookBack implements AutoCloseable {
  /** The name of the cursor: until when it has looked, by the CRM's clock as far as we know it. */
  static final String CURSOR = "look-back";

  /** How long an event may be under way before it is missed. */
  static final Duration GRACE = Duration.ofMinutes(2);

  /** So long after a write a search shows it. */
  private static final Duration SETTLED = Duration.ofMinutes(5);

  private static final Logger LOG = System.getLogger(LookBack.class.getName());

  /** How late a search may show a change. */
  private static final Duration OVERLAP = Duration.ofMinutes(2);

  private static final long LOOK_AGAIN_MILLIS = 50;
  private static final long A_MOMENT_MILLIS = 1_000;

  private final ConnectionId id;
  private final Scopes scopes;
  private final CrmClient client;
  private final Intake intake;
  private final States states;
  private final Comparison comparison;
  private final StoreReader reader;
  private final PipelineMetrics metrics;
  private final Clockwork clock;
  private final Rounds rounds;
  private volatile LookedBack looked = LookedBack.NEVER;
  private volatile long soonAt;

  LookBack(
      ConnectionId id,
      Scopes scopes,
      CrmClient client,
      Intake intake,
      States states,
      StoreReader reader,
      PipelineMetrics metrics,
      Clockwork clock) {
    this.id = id;
    this.scopes = scopes;
    this.client = client.inBackground();
    this.intake = intake;
    this.states = states;
    this.comparison = new Comparison(states);
    this.reader = reader;
    this.metrics = metrics;
    this.clock = clock;
    this.rounds = new Rounds("looking back over " + id, LOG, clock, this::turn);
  }

  void start() {
    rounds.start();
  }

  /**
   * Looks as soon as it can be seen what has just changed, and not only when it is time: the CRM
   * has said that more changed than it tells.
   */
  void lookSoon() {
    soonAt = clock.now() + GRACE.toMillis() + A_MOMENT_MILLIS;
    rounds.wake();
  }

  /** Returns what was found since the start. */
  LookedBack looked() {
    return looked;
  }

  private long turn() throws InterruptedException {
    if (scopes.require(id).recall().holdsAll()) {
      // What a restore has lost is read by a pass of its own, all of it.
      return clock.now() + A_MOMENT_MILLIS;
    }
    long until = clock.now() - GRACE.toMillis();
    Optional<Long> before = reader.cursor(id, CURSOR).map(Long::parseLong);
    boolean done = before.isEmpty() || look(before.get() - OVERLAP.toMillis(), until);
    if (done && until > before.orElse(0L)) {
      intake.submit(new Work.Flag(id, List.of(), CURSOR, Long.toString(until))).join();
    }
    long now = clock.now();
    long next = now + scopes.require(id).connection().poll().lookBack().toMillis();
    return soonAt > now ? Math.min(soonAt, next) : next;
  }

  /** Looks over a span; false when ended meanwhile. */
  private boolean look(long from, long until) throws InterruptedException {
    looked = looked.began(clock.now(), from, until);
    String after = "";
    int failures = 0;
    while (!rounds.isClosed()) {
      ConnectionScope scope = scopes.require(id);
      // Where the CRM is in trouble the same page is asked for again, however long it takes.
      ChangedPage page = client.changed(from, until, after, scope.looked());
      if (page.trouble() != null && rounds.isClosed()) {
        return false;
      }
      if (page.trouble() != null) {
        metrics.call(id, "look-back", "trouble");
        LOG.log(Level.WARNING, "{0}: looking back: {1}", id, page.trouble().reason());
        failures++;
        rounds.sleep(RetrySchedule.CRM.afterTrouble(page.trouble(), failures));
        continue;
      }
      failures = 0;
      metrics.call(id, "look-back", "done");
      if (!compare(scope, page)) {
        return false;
      }
      if (page.last()) {
        report();
        return true;
      }
      after = page.contacts().getLast().record().id();
    }
    return false;
  }

  /** Reads what seems to differ and counts what was missed; false when ended meanwhile. */
  private boolean compare(ConnectionScope scope, ChangedPage page) throws InterruptedException {
    List<RecordRef> differing =
        comparison.differing(scope, page.contacts(), clock.now() - SETTLED.toMillis());
    Map<RecordRef, RecordFacts> before = new HashMap<>();
    differing.forEach(ref -> before.put(ref, facts(ref)));
    if (!differing.isEmpty()) {
      intake.submit(new Work.Flag(id, differing, null, "")).join();
    }
    while (differing.stream().anyMatch(this::isToBeRead)) {
      if (rounds.isClosed()) {
        return false;
      }
      rounds.sleep(LOOK_AGAIN_MILLIS);
    }
    int missed = 0;
    int unannounced = 0;
    for (RecordRef ref : differing) {
      Set<String> news =
          news(scope.told(ref.type()), before.getOrDefault(ref, RecordFacts.NONE), facts(ref));
      boolean isNew = before.getOrDefault(ref, RecordFacts.NONE).size() == 0;
      boolean told = states.seen(id).stream().anyMatch(news::contains);
      missed += !news.isEmpty() && (isNew || told) ? 1 : 0;
      unannounced += !news.isEmpty() && !isNew && !told ? 1 : 0;
    }
    count(page.contacts().size(), missed, unannounced);
    return true;
  }

  private void count(int contacts, int missed, int unannounced) {
    looked = looked.and(contacts, missed, unannounced);
    metrics.lookedBack(id, "missed", missed);
    metrics.lookedBack(id, "unannounced", unannounced);
    metrics.lookedBack(id, "known", contacts - missed - unannounced);
  }

  private RecordFacts facts(RecordRef ref) {
    return states.current(ref).map(RecordState::facts).orElse(RecordFacts.NONE);
  }

  private boolean isToBeRead(RecordRef ref) {
    return states
        .current(ref)
        .map(RecordState::due)
        .filter(due -> due.fetchAt() != Due.NEVER && due.attempts() == 0)
        .isPresent();
  }

  /** What differs in fields that only we write is somebody's overwriting, and no missed event. */
  private static Set<String> news(Set<String> told, RecordFacts before, RecordFacts after) {
    Set<String> news = new HashSet<>();
    for (String property : told) {
      if (!SameValue.isSame(before.value(property), after.value(property))) {
        news.add(property);
      }
    }
    if (before.isDeleted() != after.isDeleted()) {
      news.addAll(told);
    }
    return news;
  }

  private void report() {
    LookedBack now = looked;
    if (now.missedThen() > 0) {
      LOG.log(
          Level.WARNING,
          "{0}: {1} contacts had changed within the last {2} minutes and no event had told; they"
              + " were read",
          id,
          now.missedThen(),
          Duration.ofMillis(now.at() - now.from()).toMinutes());
    }
  }

  @Override
  public void close() {
    rounds.close();
  }
}
