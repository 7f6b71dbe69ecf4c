package io.leadgauge.pipeline;

import io.leadgauge.crm.Mode;
import io.leadgauge.model.Decided;
import io.leadgauge.model.Decision;
import io.leadgauge.model.Due;
import io.leadgauge.model.Intent;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.Standing;
import io.leadgauge.pipeline.Working.Mark;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What follows for one record from what a transaction has told of it: new standings, decisions,
 * what is due. Pure, but for the log.
 *
 * @param state the record as it is to be stored
 * @param standings the standings that changed
 * @param decided the decisions that differ from the ones before, a model each
 * @param intents what follows from them that is to be done once
 * @param awaited the records that must be read before this one can be scored
 */
record Settlement(
    RecordState state,
    List<Standing> standings,
    List<Decided> decided,
    List<Intent> intents,
    Set<RecordRef> awaited) {
  private static final long RETRY_MILLIS = 60L * 60 * 1000;
  private static final Logger LOG = System.getLogger(Settlement.class.getName());

  /**
   * Settles a record.
   *
   * @param scope its connection and models
   * @param working the record and what was learned of it
   * @param around how the records that it is linked to stand
   * @param now the instant of scoring
   * @param seen the last entry that it was told of, and those around it
   */
  static Settlement of(
      ConnectionScope scope, Working working, Neighbourhood around, long now, long seen) {
    RecordState state =
        working
            .state()
            .withTimes(
                changedAt(scope, working, now),
                Math.max(working.writtenAt(), working.state().writtenAt()));
    if (!Appraisal.isPossible(scope, state) || !isToBeScored(scope, working)) {
      return unscored(scope, working, state, Set.of(), now);
    }
    ContactView view = ContactView.of(scope, state, around);
    List<Taken> taken = view.isComplete() ? taken(scope, working, view, now) : List.of();
    if (taken.isEmpty()) {
      return unscored(scope, working, state, view.awaited(), now);
    }
    RecordState settled = state;
    List<Standing> standings = new ArrayList<>();
    List<Decided> decided = new ArrayList<>();
    for (Taken one : taken) {
      Standing standing = one.standing();
      Standing before = state.standings().get(standing.model());
      if (before != null && before.isSameAs(standing) && !working.has(Mark.RESTORED)) {
        continue;
      }
      standings.add(standing);
      if (!standing.decision().equals(before == null ? Decision.NONE : before.decision())) {
        decided.add(one.decided(working, now, seen));
      }
      settled = settled.withStanding(standing);
    }
    List<Intent> intents =
        HandOffs.planned(scope, Appraisal.of(scope, view.as(settled)), working.state(), decided);
    settled = caughtUp(scope, working, settled, now);
    Due due = due(scope, working, settled, now);
    return new Settlement(settled.withDue(due), standings, decided, intents, Set.of());
  }

  /**
   * Where the record stands now by a model.
   *
   * @param live whether that could bring it to a stage
   */
  private record Taken(Standing standing, boolean live) {
    Decided decided(Working working, long now, long seen) {
      return new Decided(
          now,
          working.state().ref(),
          standing.model(),
          standing.modelHash(),
          working.cause(),
          live ? Decided.Basis.LIVE : Decided.Basis.QUIET,
          seen,
          standing.decision());
    }
  }

  /**
   * Returns what is stored of a record that a fault keeps from being settled: tried again later.
   */
  static Settlement failed(Working working, long now) {
    Due before = working.state().due();
    long again = now + RETRY_MILLIS;
    Due due =
        new Due(
            before.fetchAt() == Due.NEVER ? Due.NEVER : again,
            before.writeAt() == Due.NEVER ? Due.NEVER : again,
            again,
            before.attempts(),
            "a fault of ours keeps it from being scored; the log has it");
    return new Settlement(working.state().withDue(due), List.of(), List.of(), List.of(), Set.of());
  }

  private static Settlement unscored(
      ConnectionScope scope, Working working, RecordState state, Set<RecordRef> awaited, long now) {
    Due due = due(scope, working, state, now);
    return new Settlement(state.withDue(due), List.of(), List.of(), List.of(), awaited);
  }

  /** What a backfill has found is dated just before it began: nothing has happened since. */
  private static long changedAt(ConnectionScope scope, Working working, long now) {
    long before = working.state().changedAt();
    if (working.has(Mark.CONCERNED) && !isStillRecalled(scope, working)) {
      return now;
    }
    if (working.has(Mark.MISSED)) {
      return Math.max(before, scope.recall().date());
    }
    boolean held = working.has(Mark.RECHECK) && WritePlan.of(scope, working.state(), now).isHeld();
    return held ? 0 : before;
  }

  /** Returns where the record stands now, by each model that has something to say. */
  private static List<Taken> taken(
      ConnectionScope scope, Working working, ContactView view, long now) {
    Appraisal appraisal = Appraisal.of(scope, view);
    List<Taken> taken = new ArrayList<>();
    for (ModelAtWork model : scope.models()) {
      if (isToBeScored(model, working)) {
        boolean live = isLive(scope, model, working);
        Standing standing = standing(appraisal, model, view.contact().ref(), now, live);
        if (standing != null) {
          taken.add(new Taken(standing, live));
        }
      }
    }
    return taken;
  }

  /**
   * Where the CRM holds all that it should, what differs later is owed to time alone. But not while
   * something has just happened: a write may be under way that is overtaken by it, and the CRM then
   * holds for a moment what it should.
   */
  private static RecordState caughtUp(
      ConnectionScope scope, Working working, RecordState state, long now) {
    boolean held = WritePlan.of(scope, state, now).isHeld();
    return held && !working.has(Mark.CONCERNED) ? state.withTimes(0, state.writtenAt()) : state;
  }

  /** What is linked to a contact is looked at only where there is something to score. */
  private static boolean isToBeScored(ConnectionScope scope, Working working) {
    return scope.models().stream().anyMatch(model -> isToBeScored(model, working));
  }

  /**
   * Also after a write: a stage that was reached can be lost to a person, one never seen cannot.
   */
  private static boolean isToBeScored(ModelAtWork model, Working working) {
    Standing before = working.state().standings().get(model.name());
    return before == null
        || working.has(Mark.CONCERNED)
        || working.has(Mark.RECHECK)
        || working.has(Mark.RESETTLED)
        || working.has(Mark.MISSED)
        || working.writtenAt() > 0
        || !before.modelHash().equals(model.hash());
  }

  /**
   * Where a manifest changed, a model came to contacts that others scored before, all contacts are
   * read, or stages are not written yet, nothing that a contact did brings it to a stage, and sales
   * must not get a task for each one of them. Nor where one company's change waits for approval, or
   * what a restore has lost is being read.
   */
  private static boolean isLive(ConnectionScope scope, ModelAtWork model, Working working) {
    Standing before = working.state().standings().get(model.name());
    boolean sameModel =
        before == null
            ? working.state().standings().isEmpty()
            : before.modelHash().equals(model.hash());
    boolean resettled = working.has(Mark.RESETTLED) && working.gain().entries().isEmpty();
    boolean recalled = isOnlyRecalled(working) || isStillRecalled(scope, working);
    boolean again = resettled || working.has(Mark.RESTORED) || recalled;
    boolean withheld = scope.isWithheld(working.state());
    boolean held = withheld || scope.recall().holds(working.state().ref());
    return scope.connection().mode() == Mode.FULL && sameModel && !again && !held;
  }

  /** A contact that an event wants read as well is as live as if the backfill had not come by. */
  private static boolean isOnlyRecalled(Working working) {
    boolean awaited =
        working.has(Mark.CONCERNED)
            || working.has(Mark.FLAGGED)
            || working.state().due().fetchAt() != Due.NEVER;
    return working.has(Mark.RECALLED) && !awaited;
  }

  /**
   * A contact that a backfill has brought may have waited for its company to be read; what comes of
   * that is the backfill's still.
   */
  private static boolean isStillRecalled(ConnectionScope scope, Working working) {
    return scope.recall().brought(working.state())
        && working.gain().added().isEmpty()
        && working.askedAt() == 0
        && !working.has(Mark.FLAGGED);
  }

  /**
   * A fault in one model must neither lose facts nor stop the others: by it, the contact keeps its
   * old standing.
   */
  private static @Nullable Standing standing(
      Appraisal appraisal, ModelAtWork model, RecordRef contact, long now, boolean live) {
    try {
      return appraisal.standing(model, now, live);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "cannot score " + contact + " by " + model.name(), e);
      return null;
    }
  }

  private static Due due(ConnectionScope scope, Working working, RecordState state, long now) {
    if (!scope.reads(state.ref().type()) || state.facts().isAbsorbed()) {
      return Due.NOTHING;
    }
    if (state.facts().isDeleted() && !working.has(Mark.FLAGGED)) {
      return dueOfDeleted(working);
    }
    if (!state.ref().isContact()) {
      Trial trial = Trial.of(scope, working, state, now);
      long fetchAt = fetchAt(scope, working, state, trial, now);
      return new Due(fetchAt, Due.NEVER, Due.NEVER, trial.attempts(), trial.problem());
    }
    WritePlan plan = WritePlan.of(scope, state, now);
    Trial trial = Trial.of(scope, working, state, now);
    return new Due(
        fetchAt(scope, working, state, trial, now),
        writeAt(scope, working, state, plan, trial, now),
        sweepAt(scope, state, now),
        trial.attempts(),
        trial.problem());
  }

  /** A deleted contact is left alone; a read that was asked for meanwhile may find it back. */
  private static Due dueOfDeleted(Working working) {
    long fetchAt = working.state().due().fetchAt();
    boolean answered = working.askedAt() > 0 && fetchAt < working.askedAt();
    return answered || fetchAt == Due.NEVER
        ? Due.NOTHING
        : new Due(fetchAt, Due.NEVER, Due.NEVER, 0, null);
  }

  private static long fetchAt(
      ConnectionScope scope, Working working, RecordState state, Trial trial, long now) {
    if (working.has(Mark.FLAGGED)) {
      return Math.max(now, trial.retryAt());
    }
    long due = working.state().due().fetchAt();
    boolean answered = working.askedAt() > 0 && due < working.askedAt();
    if (due != Due.NEVER && !answered) {
      return Math.max(due, trial.retryAt());
    }
    return isToBeRead(scope, working, state) ? Math.max(now, trial.retryAt()) : Due.NEVER;
  }

  /** What no score waits for is read once; a platform that does not tell it is not asked again. */
  private static boolean isToBeRead(ConnectionScope scope, Working working, RecordState state) {
    boolean first = working.state().rowId() == 0 && working.askedAt() == 0;
    return !scope.isKnown(state) || (first && !scope.isRead(state));
  }

  private static long writeAt(
      ConnectionScope scope,
      Working working,
      RecordState state,
      WritePlan plan,
      Trial trial,
      long now) {
    if (scope.holdsBack(state)) {
      return Due.NEVER;
    }
    long due = plan.dueAt(scope.connection().writeBack(), state, now);
    long planned = working.state().due().writeAt();
    boolean waiting = trial.attempts() > 0 && planned != Due.NEVER && trial.retryAt() == 0;
    return due == Due.NEVER ? due : Math.max(due, waiting ? planned : trial.retryAt());
  }

  private static long sweepAt(ConnectionScope scope, RecordState state, long now) {
    if (!Appraisal.isPossible(scope, state)) {
      return Due.NEVER;
    }
    long earliest = Due.NEVER;
    for (ModelAtWork model : scope.models()) {
      Standing standing = state.standings().get(model.name());
      if (standing != null) {
        earliest = Math.min(earliest, sweepAt(standing, now));
      }
    }
    return earliest;
  }

  /** A standing that is past its time could not be taken anew: not to be tried in a loop. */
  private static long sweepAt(Standing standing, long now) {
    return standing.recheckAt() > now ? standing.recheckAt() : now + RETRY_MILLIS;
  }
}
