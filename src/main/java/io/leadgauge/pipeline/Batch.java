package io.leadgauge.pipeline;

import io.leadgauge.crm.CrmEvent;
import io.leadgauge.crm.Decoded;
import io.leadgauge.model.Activation;
import io.leadgauge.model.AppInstall;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Contested;
import io.leadgauge.model.Decided;
import io.leadgauge.model.Decision;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Due;
import io.leadgauge.model.Fact;
import io.leadgauge.model.Intent;
import io.leadgauge.model.Observation;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.Standing;
import io.leadgauge.pipeline.PipelineMetrics.Quarantine;
import io.leadgauge.pipeline.Working.Mark;
import io.leadgauge.store.HourlyCount;
import io.leadgauge.store.Outcome;
import io.leadgauge.store.PackedDelivery;
import io.leadgauge.store.RecordChange;
import io.leadgauge.store.StoreException;
import io.leadgauge.store.StoreWriter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One transaction: entries appended, their facts folded, each record that they touch scored and
 * stored once.
 *
 * <p>Everything is folded in memory first, on immutable values, and each entry's part is taken over
 * only when all of it could be folded: that is the entry's savepoint. The store's rows are written
 * at the end. Used by the intake's thread alone, which has others help it to settle many records.
 */
final class Batch implements Neighbourhood {
  private static final Logger LOG = System.getLogger(Batch.class.getName());
  private static final int WORTH_SHARING = 16;
  private static final String NOT_FOLDED = "could not be folded: " + Intake.FAULT;

  private final Scopes scopes;
  private final States states;
  private final StoreWriter writer;
  private final PipelineMetrics metrics;
  private final long now;
  private final Map<RecordRef, Working> touched = new LinkedHashMap<>();
  private final List<RecordState> stored = new ArrayList<>();

  /** The entries that tell of refusals, by record: they name it, and nothing follows from them. */
  private final Map<RecordRef, List<Long>> refusals = new HashMap<>();

  private final List<Work.Switch> changes = new ArrayList<>();
  private final List<Runnable> afterCommit = new ArrayList<>();
  private final BatchErasure erasure;
  private final BatchAliases aliases;
  private final BatchRetries retries;

  Batch(
      Scopes scopes,
      States states,
      StoreWriter writer,
      PipelineMetrics metrics,
      BatchErasure erasure,
      Function<Delivery, Work.Receive> opening,
      long now) {
    this.scopes = scopes;
    this.states = states;
    this.writer = writer;
    this.metrics = metrics;
    this.erasure = erasure;
    this.now = now;
    this.aliases = new BatchAliases(this, scopes, writer, now);
    this.retries = new BatchRetries(scopes, writer, opening, this::fold, now);
  }

  /**
   * Does one piece of work; returns the sequence number of its entry, 0 where it has none; of what
   * is forgotten, where to go on.
   */
  long add(Work work) {
    return switch (work) {
      case Work.Receive receive -> receive(receive.packed(), receive.decoded());
      case Work.Observe observe -> observe(observe);
      case Work.Recheck recheck -> recheck(recheck);
      case Work.Flag flag -> flag(flag);
      case Work.Rescore rescore -> rescore(rescore);
      case Work.Concern concern -> concern(concern);
      case Work.Move move -> {
        carriedOn(move.from().record())
            .filter(move.from()::isOfSameCause)
            .ifPresent(same -> move(move.to()));
        yield 0;
      }
      case Work.Refuse refuse -> {
        writer.refuse(refuse.connection(), refuse.fields().values());
        afterCommit.add(() -> scopes.refuse(refuse.connection(), refuse.fields()));
        yield 0;
      }
      case Work.Resume resume -> {
        resume.contacts().forEach(ref -> touched.put(ref, working(ref).with(Mark.CONCERNED)));
        writer.moveCursor(resume.connection(), resume.cursor(), resume.value());
        yield 0;
      }
      case Work.Step step -> {
        writer.step(step.intent());
        yield 0;
      }
      case Work.Switch change -> {
        changes.add(change);
        yield 0;
      }
      case Work.Retry retry -> retry(retry);
      case Work.Keep keep ->
          quarantine(
              PackedDelivery.of(keep.delivery()),
              keep.connection(),
              Quarantine.UNSERVED,
              keep.reason());
      case Work.Learn learn -> {
        learn.counts().forEach(writer::note);
        learn.counts().stream()
            .map(HourlyCount::connection)
            .distinct()
            .forEach(connection -> writer.forgetHours(connection, learn.before()));
        yield 0;
      }
      case Work.NoteInstall note -> {
        writer.save(note.install());
        yield 0;
      }
      case Work.Forget forget -> forget(forget);
      case Work.GiveUp giveUp -> {
        aliases.giveUp(giveUp.names());
        yield 0;
      }
      case Work.Erase step -> erasure.add(step);
      case Work.Retain.Fold step -> writer.retain(step.retained()) ? step.retained().through() : 0;
      case Work.Retain.Count step -> {
        writer.count(step.counted());
        yield 0;
      }
    };
  }

  private long receive(PackedDelivery packed, Decoded decoded) {
    Delivery delivery = packed.delivery();
    scopes
        .find(delivery.connection())
        .ifPresent(scope -> afterCommit.add(() -> metrics.came(scope, delivery)));
    return switch (decoded) {
      case Decoded.Undecodable undecodable ->
          quarantine(
              packed, packed.delivery().connection(), Quarantine.UNDECODABLE, undecodable.reason());
      case Decoded.Events events -> apply(packed, events.events());
    };
  }

  /** Keeps a delivery for later, counted with a connection or app that there is. */
  private long quarantine(
      PackedDelivery packed, ConnectionId counted, Quarantine why, String reason) {
    long sequence = writer.append(packed, Outcome.quarantined(reason));
    afterCommit.add(() -> metrics.quarantined(counted, why));
    LOG.log(
        Level.WARNING,
        "delivery {0} of {1} is quarantined: {2}",
        sequence,
        packed.delivery().connection(),
        reason);
    return sequence;
  }

  private long apply(PackedDelivery packed, List<CrmEvent> events) {
    Delivery delivery = packed.delivery();
    ConnectionScope scope = scopes.require(delivery.connection());
    try {
      fold(scope, delivery.receivedAt(), events);
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "cannot fold a delivery of " + delivery.connection(), e);
      long sequence = quarantine(packed, delivery.connection(), Quarantine.UNFOLDABLE, NOT_FOLDED);
      noteErasures(events, sequence);
      return sequence;
    }
    long sequence = writer.append(packed, Outcome.applied(events.size(), noted(events)));
    noteSeen(scope, events);
    noteErasures(events, sequence);
    afterCommit.add(
        () -> {
          metrics.appliedOne(scope.id());
          count(scope, events);
        });
    return sequence;
  }

  private void fold(ConnectionScope scope, long receivedAt, List<CrmEvent> events) {
    Map<RecordRef, Working> folded = fold(scope, receivedAt).events(events);
    Map<RecordRef, Long> concerned = aliases.concerned(scope, folded);
    countFacts(scope.id(), events, folded);
    touched.putAll(folded);
    events.forEach(event -> erasure.told(event.facts()));
    concerned.putAll(aliases.concerned(scope, folded));
    concerned.forEach(this::concern);
  }

  private void countFacts(
      ConnectionId connection, List<CrmEvent> events, Map<RecordRef, Working> folded) {
    int told = 0;
    for (CrmEvent event : events) {
      told += event.facts().size();
    }
    int added = 0;
    for (Map.Entry<RecordRef, Working> one : folded.entrySet()) {
      Working earlier = touched.get(one.getKey());
      int before = earlier == null ? 0 : earlier.gain().learned();
      // A bound may have cut what this transaction had added before.
      added += Math.max(0, one.getValue().gain().learned() - before);
    }
    int all = told;
    int fresh = added;
    afterCommit.add(() -> metrics.told(connection, all, fresh));
  }

  private long retry(Work.Retry retry) {
    Retrial tried = retries.add(retry.number());
    afterCommit.add(() -> retry.told().accept(tried));
    return tried instanceof Retrial.Applied applied ? applied.sequence() : 0;
  }

  /** Folds what a delivery that was kept tells now; returns why that failed, empty if not. */
  private String fold(long number, Delivery delivery, List<CrmEvent> events) {
    ConnectionScope scope = scopes.require(delivery.connection());
    try {
      fold(scope, now, events);
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "cannot fold a delivery of " + delivery.connection(), e);
      return NOT_FOLDED;
    }
    noteSeen(scope, events);
    noteErasures(events, number);
    afterCommit.add(() -> count(scope, events));
    return "";
  }

  private void count(ConnectionScope scope, List<CrmEvent> events) {
    events.forEach(event -> metrics.event(scope, event));
  }

  private Fold fold(ConnectionScope scope, long receivedAt) {
    return new Fold(scope, this::working, writer.nextSequence(), receivedAt);
  }

  /** Returns how many events were kept and counted and nothing else. */
  static int noted(List<CrmEvent> events) {
    int noted = 0;
    for (CrmEvent event : events) {
      if (switch (event.meaning()) {
        case FACTS, READ, RESYNC, ERASURE -> false;
        case TEST, UNKNOWN, FOREIGN -> true;
      }) {
        noted++;
      }
    }
    return noted;
  }

  private void noteErasures(List<CrmEvent> events, long sequence) {
    for (CrmEvent event : events) {
      if (event.meaning() == CrmEvent.Meaning.ERASURE && event.record() != null) {
        erasure.asked(event.record(), sequence);
      }
    }
  }

  /** A property that sends events needs no poll. */
  private void noteSeen(ConnectionScope scope, List<CrmEvent> events) {
    for (CrmEvent event : events) {
      for (Fact fact : event.facts()) {
        if (fact instanceof Fact.Assigned assigned
            && scope.needed(fact.of().type()).contains(assigned.property())
            && states.markSeen(scope.id(), assigned.property())) {
          writer.noteSeen(scope.id(), assigned.property(), now);
        }
      }
    }
  }

  private long observe(Work.Observe work) {
    Observation observation = work.observation();
    ConnectionScope scope = scopes.require(observation.connection());
    long sequence = 0;
    if (!observation.isEmpty()) {
      sequence = told(scope, observation);
    }
    for (Map.Entry<RecordRef, String> refusal : observation.refused().entrySet()) {
      RecordRef ref = refusal.getKey();
      touched.put(ref, working(ref).refused(refusal.getValue()));
      refusals.computeIfAbsent(ref, key -> new ArrayList<>()).add(sequence);
    }
    work.unanswered().forEach((ref, reason) -> touched.put(ref, working(ref).refused(reason)));
    return sequence;
  }

  /** An answer that cannot be folded is kept, and those that it is about are asked for later. */
  private long told(ConnectionScope scope, Observation observation) {
    try {
      touched.putAll(fold(scope, observation.receivedAt()).observation(observation));
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "cannot fold an answer to " + observation.connection(), e);
      String reason = "what the CRM told of it could not be folded; the log has it";
      observation.facts().stream()
          .map(Fact::of)
          .distinct()
          .forEach(ref -> touched.put(ref, working(ref).refused(reason)));
      return writer.append(observation, Outcome.quarantined(NOT_FOLDED));
    }
    erasure.told(observation.facts());
    return writer.append(
        observation, Outcome.applied(observation.facts().size(), observation.refused().size()));
  }

  private long recheck(Work.Recheck recheck) {
    recheck.contacts().forEach(ref -> touched.put(ref, working(ref).with(Mark.RECHECK)));
    return 0;
  }

  private long rescore(Work.Rescore rescore) {
    for (RecordRef ref : rescore.contacts()) {
      Working working = working(ref).with(Mark.RESETTLED);
      boolean isNews = working.state().writtenAt() >= rescore.newsSince();
      working = isNews ? working.with(Mark.CONCERNED) : working;
      for (Decided earlier : rescore.earlier().getOrDefault(ref, List.of())) {
        working = restored(working, earlier);
      }
      touched.put(ref, working);
    }
    return 0;
  }

  /** Takes back what was decided since, and says so in the journal. */
  private Working restored(Working working, Decided earlier) {
    Standing standing = working.state().standings().get(earlier.model());
    if (standing == null) {
      return working;
    }
    Decision before = TakenBack.to(earlier.decision(), standing.decision());
    if (standing.decision().equals(before)) {
      return working;
    }
    Decided again =
        new Decided(
            now,
            earlier.contact(),
            earlier.model(),
            earlier.modelHash(),
            0,
            Decided.Basis.TAKEN_BACK,
            0,
            before);
    writer.index(writer.append(again), working.state());
    return working.restored(standing, before);
  }

  private long concern(Work.Concern concern) {
    FanOutPosition position = concern.fanOut();
    for (RecordRef ref : concern.contacts()) {
      concern(ref, position.sequence());
    }
    carriedOn(position.record())
        .filter(kept -> kept.phase() == position.phase())
        .map(kept -> kept.reached(position.lastRow(), concern.last()))
        .ifPresent(this::move);
    return 0;
  }

  /** Returns how far the change of a record has been carried on, if it is not at its end. */
  private Optional<FanOutPosition> carriedOn(RecordRef record) {
    FanOutPosition first = FanOutPosition.first(record, 0);
    return writer
        .cursor(record.connection(), first.cursor())
        .map(text -> FanOutPosition.of(record.connection(), first.cursor(), text));
  }

  private void move(FanOutPosition position) {
    ConnectionId connection = position.record().connection();
    if (position.isDone()) {
      writer.dropCursor(connection, position.cursor());
    } else {
      writer.moveCursor(connection, position.cursor(), position.text());
    }
  }

  /** Scores a contact again, and those that live on in its place. */
  void concern(RecordRef contact, long sequence) {
    Working working = working(contact).concerned(sequence);
    touched.put(contact, working);
    for (RecordRef survivor : ContactView.survivors(working.state(), this::find)) {
      touched.put(survivor, working(survivor).concerned(sequence));
    }
  }

  private long flag(Work.Flag flag) {
    flag.contacts().forEach(ref -> touched.put(ref, working(ref).with(Mark.FLAGGED)));
    if (flag.cursor() != null) {
      writer.moveCursor(flag.connection(), flag.cursor(), flag.value());
    }
    return 0;
  }

  private long forget(Work.Forget forget) {
    AppInstall install = forget.install();
    long next = writer.forget(install.connection(), forget.most(), forget.from());
    if (next == Long.MAX_VALUE) {
      writer.forgetInstall(install.app(), install.portal());
    }
    afterCommit.add(() -> states.forget(install.connection()));
    return next;
  }

  private Working working(RecordRef ref) {
    Working known = touched.get(ref);
    return known != null ? known : Working.of(states.forWriting(ref, writer, now));
  }

  /** Takes along a record of which nothing was told, so that it is settled again. */
  void meet(RecordRef ref) {
    if (!erasure.isErased(ref) && find(ref).isPresent()) {
      touched.putIfAbsent(ref, working(ref));
    }
  }

  /** Returns the records that were touched so far, as they stand. */
  List<Working> inHand() {
    return List.copyOf(touched.values());
  }

  /** Settles and stores every record that was touched, and those that it turns out to need. */
  void finish() {
    aliases.readdress();
    // What was met by a link or an address, and not by what was told of it.
    touched.keySet().removeIf(erasure::isErased);
    // What is decided from here on is on the same facts for all, and no one's decision another's.
    long seen = writer.nextSequence() - 1;
    Set<RecordRef> awaited = new LinkedHashSet<>();
    settle(touched.values(), awaited, seen);
    List<Working> needed = new ArrayList<>();
    for (RecordRef ref : awaited) {
      Working working = working(ref);
      if (!touched.containsKey(ref)
          && !erasure.isErased(ref)
          && working.state().due().fetchAt() == Due.NEVER) {
        needed.add(working);
        touched.put(ref, working);
      }
    }
    settle(needed, awaited, seen);
    aliases.finish();
    changes.forEach(this::bringIntoForce);
    erasure.finish();
  }

  /** A fault in one record must not void what the others were told. */
  private Settlement settled(ConnectionScope scope, Working working, long seen) {
    try {
      return Settlement.of(scope, working, this, now, seen);
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "cannot settle " + working.state().ref(), e);
      return Settlement.failed(working, now);
    }
  }

  private void settle(Collection<Working> records, Set<RecordRef> awaited, long seen) {
    List<Working> all = List.copyOf(records);
    List<Settlement> settlements = settlements(all, seen);
    for (int i = 0; i < all.size(); i++) {
      store(all.get(i), settlements.get(i));
      awaited.addAll(settlements.get(i).awaited());
    }
  }

  /** No one's depends on another's, so that those of many are made on all processors. */
  private List<Settlement> settlements(List<Working> records, long seen) {
    Stream<Working> stream =
        records.size() < WORTH_SHARING ? records.stream() : records.parallelStream();
    return stream.map(working -> settled(scope(working), working, seen)).toList();
  }

  private void store(Working working, Settlement settlement) {
    ConnectionScope scope = scope(working);
    RecordRef ref = working.state().ref();
    RecordState state =
        writer.save(
            new RecordChange(
                settlement.state(),
                working.gain().added(),
                working.gain().removed(),
                settlement.standings(),
                working.gain().learnedAt(),
                !settlement.state().due().equals(working.state().due())));
    working.gain().entries().forEach(sequence -> index(sequence, state));
    refusals.getOrDefault(ref, List.of()).forEach(sequence -> writer.index(sequence, state));
    settlement.decided().forEach(decided -> decide(decided, state));
    settlement.intents().forEach(intent -> plan(intent, state));
    noteContests(state);
    stored.add(state);
    aliases.noteWaiting(scope, working, state);
    if (scope.scores(ref.type())
        && (working.has(Mark.CONCERNED) || isTriedInVain(scope, working, state))) {
      carryOn(working);
    }
  }

  private ConnectionScope scope(Working working) {
    return scopes.require(working.state().ref().connection());
  }

  private void decide(Decided decided, RecordState state) {
    writer.index(writer.append(decided), state);
    afterCommit.add(() -> metrics.decided(decided));
  }

  private void plan(Intent intent, RecordState state) {
    if (writer.plan(intent, state)) {
      afterCommit.add(() -> metrics.handOffsPlanned(state.ref().connection(), 1));
    }
  }

  private void index(long sequence, RecordState state) {
    writer.index(sequence, state);
    retries.index(sequence, state);
  }

  /** Contacts do not wait for ever for a record that the CRM does not tell. */
  private static boolean isTriedInVain(ConnectionScope scope, Working before, RecordState after) {
    int attempts = after.due().attempts();
    return attempts > before.state().due().attempts()
        && attempts <= ContactView.MOST_TRIES
        && !scope.isKnown(after);
  }

  /** Contacts are still linked to the records that this one has absorbed. */
  private void carryOn(Working changed) {
    carryOn(changed.state().ref(), changed.cause());
    ContactView.absorbed(changed.state(), this::find)
        .forEach(absorbed -> carryOn(absorbed.ref(), changed.cause()));
  }

  private void carryOn(RecordRef record, long sequence) {
    move(
        carriedOn(record)
            .map(kept -> kept.changedAgain(sequence))
            .orElseGet(() -> FanOutPosition.first(record, sequence)));
  }

  /** How a record stands at the end of this transaction, if it is known. */
  @Override
  public Optional<RecordState> find(RecordRef ref) {
    Working known = touched.get(ref);
    return known != null ? Optional.of(known.state()) : untouched(ref);
  }

  // The writer is for one thread at a time, and settling is done by several.
  private synchronized Optional<RecordState> untouched(RecordRef ref) {
    return states.duringWriting(ref, writer);
  }

  @Override
  public synchronized Set<RecordRef> withAddress(RecordRef address) {
    return aliases.withAddress(address);
  }

  private void noteContests(RecordState state) {
    if (!Contest.isPossible(state.facts())) {
      return;
    }
    ConnectionScope scope = scopes.require(state.ref().connection());
    for (Contest lost : WritePlan.of(scope, state, now).lost()) {
      Contested contested =
          new Contested(state.ref(), lost.property(), lost.by(), now, lost.until());
      if (writer.note(contested, state)) {
        afterCommit.add(() -> tell(contested));
      }
    }
  }

  private static void announce(Runnable news) {
    try {
      news.run();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "something that a commit did could not be told on", e);
    }
  }

  private static void tell(Contested contested) {
    LOG.log(
        Level.WARNING,
        "{0}: {1} is written over again and again by {2}; it is left to them until {3}",
        contested.contact(),
        contested.property(),
        contested.by(),
        Instant.ofEpochMilli(contested.until()));
  }

  /** At the end, so that every decision of this transaction is one of the version before. */
  private void bringIntoForce(Work.Switch change) {
    for (Activation manifest : change.manifests()) {
      writer.append(manifest.at(now), Outcome.applied(1, 0));
    }
    Changeover changeover = change.changeover().begunAt(writer.nextSequence() - 1, now);
    ConnectionScope scope = change.scope();
    writer.moveCursor(scope.id(), Changeover.CURSOR, changeover.text());
    if (changeover.phase() == Changeover.Phase.COUNTING) {
      writer.moveCursor(scope.id(), Changeover.SETTLED, "");
    }
    afterCommit.add(() -> scopes.put(changeover.applied(scope)));
  }

  /** Tells of what the transaction did, once it is true; no fault in that makes it less true. */
  void count() {
    afterCommit.forEach(Batch::announce);
    aliases.committed(states, metrics);
    erasure.committed();
  }

  /** Returns the records as they were stored; to be believed after the commit. */
  List<RecordState> stored() {
    return stored;
  }

  /** Returns the records that were touched. */
  Collection<RecordRef> touched() {
    return touched.keySet();
  }
}
