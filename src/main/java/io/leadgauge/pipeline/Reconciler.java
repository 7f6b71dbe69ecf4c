package io.leadgauge.pipeline;

import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.CrmClient;
import io.leadgauge.crm.ReadAnswer;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Due;
import io.leadgauge.model.Fact;
import io.leadgauge.model.Observation;
import io.leadgauge.model.Observation.Cause;
import io.leadgauge.model.RecordRef;
import io.leadgauge.store.DueRecord;
import io.leadgauge.store.DueWork;
import io.leadgauge.store.StoreException;
import io.leadgauge.store.StoreReader;
import io.leadgauge.store.StoredContact;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes one CRM and our store agree: reads contacts whose facts are missing or in doubt, writes
 * contacts whose fields differ from what they should hold. Works on what is due, a level and not a
 * queue, so nothing is lost by a crash, and an outage leaves one call per contact, not per event.
 *
 * <p>One virtual thread plans; each call runs on one of its own, at most {@value #CALLS_AT_ONCE} at
 * a time, and one alone while the CRM does not answer well. Whatever it answers goes in through the
 * intake.
 */
final class Reconciler implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Reconciler.class.getName());
  private static final int CALLS_AT_ONCE = 6;

  /** Stands for the beginning of a read that did not come to its end. */
  private static final long NOT_ASKED = 0;

  private static final Duration GRACE = Duration.ofSeconds(3);
  private static final long STORE_AGAIN_MILLIS = 1_000;
  private static final long FAULT_AGAIN_MILLIS = 60_000;

  private final ConnectionId id;
  private final Scopes scopes;
  private final CrmClient client;
  private final Intake intake;
  private final States states;
  private final StoreReader reader;
  private final PipelineMetrics metrics;
  private final Clockwork clock;
  private final Wakeup wakeup = new Wakeup();
  private final Semaphore calls = new Semaphore(CALLS_AT_ONCE);
  private final Set<RecordRef> underWay = ConcurrentHashMap.newKeySet();
  private final Set<Thread> callers = ConcurrentHashMap.newKeySet();
  private final CrmHealth health = new CrmHealth();
  private final CallNotes notes;
  private final ContactWrites writes;
  private final Setbacks setbacks = new Setbacks(LOG);
  private final Thread thread;
  private volatile boolean closed;

  Reconciler(
      ConnectionId id,
      Scopes scopes,
      CrmClient client,
      Intake intake,
      States states,
      RefusedFields fields,
      StoreReader reader,
      PipelineMetrics metrics,
      Clockwork clock) {
    this.id = id;
    this.scopes = scopes;
    this.client = client;
    this.intake = intake;
    this.states = states;
    this.reader = reader;
    this.metrics = metrics;
    this.clock = clock;
    this.notes = new CallNotes(id, health, metrics, clock);
    this.writes =
        new ContactWrites(id, scopes, client, intake, states, fields, notes, metrics, clock);
    this.thread = Thread.ofVirtual().name("reconcile-" + id).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Tells that something has become due. */
  void wake() {
    wakeup.ring();
  }

  /** Returns how the CRM has answered lately. */
  CrmHealth health() {
    return health;
  }

  /** Returns what writes the contacts. */
  ContactWrites writes() {
    return writes;
  }

  private void run() {
    try {
      while (!closed) {
        wakeup.sleep(clock, pass());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts all calls that are due; returns when to look again. */
  private long pass() throws InterruptedException {
    long now = clock.now();
    if (health.pausedUntil() > now) {
      return health.pausedUntil();
    }
    try {
      boolean read = start(DueWork.FETCH, now);
      boolean wrote = start(DueWork.WRITE, now);
      long next = read || wrote ? now : nextDue(now);
      setbacks.over();
      return next;
    } catch (RuntimeException e) {
      setbacks.tell("looking for what is due of " + id, e);
      return now + RetrySchedule.CRM.afterFailure(2);
    }
  }

  private long nextDue(long now) {
    long fetch = reader.nextDue(id, DueWork.FETCH, now).orElse(Due.NEVER);
    long write = reader.nextDue(id, DueWork.WRITE, now).orElse(Due.NEVER);
    return Math.min(fetch, write);
  }

  /**
   * Starts a call where something is due. After a failure it has the CRM for itself, to see whether
   * that is over.
   */
  private boolean start(DueWork work, long now) throws InterruptedException {
    int room = health.isFailing() ? CALLS_AT_ONCE : 1;
    calls.acquire(room);
    List<RecordRef> claimed = List.of();
    try {
      // Those that have just ended may have failed.
      boolean isLeftAlone = health.pausedUntil() > clock.now();
      claimed = isLeftAlone ? List.of() : claim(work, now);
    } finally {
      if (claimed.isEmpty()) {
        calls.release(room);
      }
    }
    if (claimed.isEmpty()) {
      return false;
    }
    List<RecordRef> contacts = claimed;
    Thread.ofVirtual().name(work + "-" + id).start(() -> call(work, contacts, room));
    return true;
  }

  /** Claims records of one type, that of the one that is longest due. */
  private List<RecordRef> claim(DueWork work, long now) {
    List<RecordRef> claimed = new ArrayList<>();
    int look = client.batchSize() + underWay.size();
    try {
      for (DueRecord due : reader.due(id, work, now, look)) {
        boolean alike = claimed.isEmpty() || claimed.getFirst().type().equals(due.ref().type());
        if (alike && claimed.size() < client.batchSize() && isClaimed(due.ref(), work, now)) {
          claimed.add(due.ref());
        }
      }
      return claimed;
    } catch (RuntimeException e) {
      claimed.forEach(underWay::remove);
      throw e;
    }
  }

  /** Looks again after the claim: a call that has just ended may have done the work already. */
  private boolean isClaimed(RecordRef ref, DueWork work, long now) {
    if (!underWay.add(ref)) {
      return false;
    }
    boolean stillDue = false;
    try {
      stillDue = states.current(ref).map(state -> work.dueAt(state.due()) <= now).orElse(false);
      return stillDue;
    } finally {
      if (!stillDue) {
        underWay.remove(ref);
      }
    }
  }

  private void call(DueWork work, List<RecordRef> contacts, int room) {
    callers.add(Thread.currentThread());
    try {
      switch (work) {
        case FETCH -> read(contacts);
        case WRITE -> writes.write(contacts);
        case SWEEP -> throw new IllegalArgumentException("sweeps call no CRM");
      }
    } catch (StoreException | CompletionException e) {
      LOG.log(Level.WARNING, "{0}: an answer could not be kept: {1}", id, e.getMessage());
      health.failed(clock.now(), STORE_AGAIN_MILLIS, "the store is not writable");
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, id + ": a call failed", e);
      health.failed(clock.now(), FAULT_AGAIN_MILLIS, Intake.FAULT);
    } finally {
      callers.remove(Thread.currentThread());
      contacts.forEach(underWay::remove);
      calls.release(room);
      wakeup.ring();
    }
  }

  private void read(List<RecordRef> contacts) {
    String type = contacts.getFirst().type();
    List<String> ids = contacts.stream().map(RecordRef::id).toList();
    long askedAt = intake.instant();
    ReadAnswer answer = client.read(type, ids, scopes.require(id).read(type));
    if (isOfSome(answer.trouble(), contacts)) {
      readApart(type, ids);
    } else {
      take(askedAt, type, ids.size(), answer);
    }
  }

  /**
   * Tells whether calls fail for some of these records, and not for all that there are. That takes
   * a call more, so it is asked at every eighth failure, and at the first one of a record that has
   * failed before.
   */
  private boolean isOfSome(@Nullable CallTrouble trouble, List<RecordRef> asked) {
    int failures = health.failures();
    boolean isToBeAsked =
        failures == 0
            ? asked.stream().anyMatch(this::hasFailed)
            : failures % Halving.MOST_TRIES == 0;
    if (trouble == null || closed || !isToBeAsked) {
      return false;
    }
    List<StoredContact> known =
        reader.contacts(id, 0, client.batchSize()).stream()
            .filter(one -> asked.size() > 1 || !one.ref().equals(asked.getFirst()))
            .toList();
    if (known.isEmpty()) {
      return false;
    }
    RecordRef other = known.get(failures / Halving.MOST_TRIES % known.size()).ref();
    Set<String> names = scopes.require(id).read(other.type());
    return client.read(other.type(), List.of(other.id()), names).trouble() == null;
  }

  private boolean hasFailed(RecordRef ref) {
    return states.current(ref).filter(state -> state.due().attempts() > 0).isPresent();
  }

  /** Reads the others; those for which the CRM fails are tried again by themselves. */
  private void readApart(String type, List<String> ids) {
    Halving halving =
        new Halving(
            client.batchSize(),
            some -> {
              long askedAt = intake.instant();
              ReadAnswer answer = client.read(type, some, scopes.require(id).read(type));
              if (answer.trouble() == null) {
                take(askedAt, type, some.size(), answer);
              }
              return answer;
            },
            () -> closed);
    Map<RecordRef, String> silent = new HashMap<>();
    halving
        .silent(ids)
        .forEach(
            one ->
                silent.put(
                    new RecordRef(id, type, one), "the CRM answers for others and not for it"));
    note("read", null);
    keep(NOT_ASKED, List.of(), silent);
  }

  private void take(long askedAt, String type, int asked, ReadAnswer answer) {
    note("read", answer.trouble());
    if (answer.trouble() == null && health.isRefusalNews(type, answer.refused())) {
      LOG.log(Level.WARNING, "{0}: {1}", id, health.trouble());
    }
    int unansweredCount = answer.unanswered().size();
    metrics.called(id, "read", asked);
    metrics.contacts(id, "read", "answered", asked - unansweredCount);
    metrics.contacts(id, "read", "unanswered", unansweredCount);
    Map<RecordRef, String> unanswered = new HashMap<>();
    if (answer.trouble() == null) {
      answer.unanswered().forEach(ref -> unanswered.put(ref, "the CRM did not answer for it"));
    }
    keepFurthest(answer.facts());
    keepPart(answer);
    List<Fact> whole =
        answer.facts().stream().filter(fact -> !answer.unanswered().contains(fact.of())).toList();
    keep(askedAt, whole, unanswered);
  }

  /** What a restore has lost may be learned here first, when something has just happened. */
  private void keepFurthest(List<Fact> facts) {
    ConnectionScope scope = scopes.require(id);
    List<Fact> held = facts.stream().filter(fact -> scope.recall().holds(fact.of())).toList();
    if (!held.isEmpty()) {
      long since = scope.recall().lostSince();
      keep(NOT_ASKED, FurthestStage.before(scope, held, since), Map.of());
    }
  }

  /**
   * What was told of a record in part is kept, and the record is still to be read; later than
   * others where it may be the record itself that is not told, so that it does not hold them up.
   */
  private void keepPart(ReadAnswer answer) {
    List<Fact> part =
        answer.facts().stream().filter(fact -> answer.unanswered().contains(fact.of())).toList();
    Map<RecordRef, String> unanswered = new HashMap<>();
    if (answer.trouble() instanceof CallTrouble.Unknown unknown) {
      part.forEach(fact -> unanswered.put(fact.of(), unknown.reason()));
    }
    keep(NOT_ASKED, part, unanswered);
  }

  private void keep(long askedAt, List<Fact> facts, Map<RecordRef, String> unanswered) {
    if (!facts.isEmpty() || !unanswered.isEmpty()) {
      Observation observation = new Observation(id, clock.now(), askedAt, Cause.FETCH, facts);
      intake.submit(new Work.Observe(observation, unanswered)).join();
    }
  }

  private void note(String purpose, @Nullable CallTrouble trouble) {
    notes.note(purpose, trouble);
  }

  /**
   * Stops planning and gives calls that are under way a moment to end. What is cut short is still
   * due at the next start.
   */
  @Override
  public void close() {
    closed = true;
    wakeup.ring();
    try {
      thread.join(GRACE);
      thread.interrupt();
      if (!calls.tryAcquire(CALLS_AT_ONCE, GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        callers.forEach(Thread::interrupt);
        calls.acquire(CALLS_AT_ONCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
