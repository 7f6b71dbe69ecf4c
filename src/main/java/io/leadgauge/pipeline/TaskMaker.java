package io.leadgauge.pipeline;

import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.CrmClient;
import io.leadgauge.crm.NewTask;
import io.leadgauge.crm.TaskAnswer;
import io.leadgauge.crm.TasksAnswer;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Due;
import io.leadgauge.model.Intent;
import io.leadgauge.model.Intent.State;
import io.leadgauge.model.Intent.Step;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.scoring.ModelDefinition.HandOff;
import io.leadgauge.store.StoreException;
import io.leadgauge.store.StoreReader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Makes the tasks that hand-offs intend, each exactly once. That a task is about to be sent is on
 * the disk before the call. Where its answer is lost, by a timeout, a reset, or a crash between,
 * the contact's own tasks are read, and only if none of them carries the key is it sent again.
 *
 * <p>One virtual thread, one task after the other: hand-offs are few. It has a health of its own,
 * so that an app without the right to make tasks still writes fields.
 */
final class TaskMaker implements AutoCloseable {
  private static final Logger LOG = System.getLogger(TaskMaker.class.getName());
  private static final int PAGE = 20;
  private static final int MOST_REFUSALS = 5;

  /** Until a contact that a restore could not read is looked at again. */
  private static final long UNREAD_MILLIS = Duration.ofMinutes(1).toMillis();

  /** A task that comes later than this is no hand-off any more. */
  private static final long LATEST_MILLIS = Duration.ofDays(7).toMillis();

  /** Until then a call that nobody waits for any more may still be carried out. */
  static final long DOUBTFUL_MILLIS = Duration.ofMinutes(1).toMillis();

  /** Portals assign an owner when the stage moves, and a moment later. */
  private static final long UNOWNED_MILLIS = Duration.ofMinutes(1).toMillis();

  private static final long HELD_MILLIS = Duration.ofSeconds(5).toMillis();
  private static final Duration GRACE = Duration.ofSeconds(3);

  private final ConnectionId id;
  private final Scopes scopes;
  private final CrmClient client;
  private final Intake intake;
  private final States states;
  private final StoreReader reader;
  private final PipelineMetrics metrics;
  private final Clockwork clock;
  private final Owners owners;
  private final Wakeup wakeup = new Wakeup();
  private final CrmHealth health = new CrmHealth();
  private final CallNotes notes;
  private final Setbacks setbacks = new Setbacks(LOG);
  private final Thread thread;
  private volatile boolean closed;

  TaskMaker(
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
    this.client = client;
    this.intake = intake;
    this.states = states;
    this.reader = reader;
    this.metrics = metrics;
    this.clock = clock;
    this.owners = new Owners(client, clock);
    this.notes = new CallNotes(id, health, metrics, clock);
    this.thread = Thread.ofVirtual().name("tasks-" + id).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Tells that a hand-off may have been decided. */
  void wake() {
    wakeup.ring();
  }

  /** Returns what the last call met; empty if it was well. */
  String trouble() {
    return health.trouble();
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

  /** Takes the steps that are due; returns when to look again. */
  private long pass() {
    long now = clock.now();
    if (health.pausedUntil() > now) {
      return health.pausedUntil();
    }
    try {
      List<Intent> due = reader.unwritten().dueIntents(id, now, PAGE);
      if (!due.isEmpty() && scopes.require(id).isHeld()) {
        return now + HELD_MILLIS;
      }
      for (Intent intent : due) {
        if (!closed && health.pausedUntil() <= clock.now()) {
          take(intent);
        }
      }
      setbacks.over();
      return due.isEmpty() ? reader.unwritten().nextIntentStep(id) : clock.now();
    } catch (StoreException | CompletionException e) {
      setbacks.tell("hand-offs of " + id, e);
      return now + RetrySchedule.CRM.afterFailure(2);
    } catch (RuntimeException e) {
      setbacks.tell("hand-offs of " + id, e);
      return now + RetrySchedule.CRM.afterFailure(5);
    }
  }

  private void take(Intent intent) {
    if (clock.now() - intent.at() > LATEST_MILLIS) {
      String problem = intent.step().problem();
      end(intent, State.GIVEN_UP, "no task for 7 days" + (problem == null ? "" : "; " + problem));
      return;
    }
    RecordRef contact = HandOffs.survivor(states, intent.contact()).ref();
    if (scopes.require(id).recall().holds(contact)) {
      long again = clock.now() + UNREAD_MILLIS;
      String problem = "the CRM does not answer for the contact since the restore";
      kept(intent, intent.step().state(), 0, again, problem);
      return;
    }
    switch (intent.step().state()) {
      case PLANNED -> send(intent);
      case SENT -> look(intent);
      case DONE, GIVEN_UP, WITHDRAWN ->
          throw new IllegalStateException("nothing is due of " + intent.key());
    }
  }

  // Sending

  private void send(Intent intent) {
    ConnectionScope scope = scopes.require(id);
    RecordState contact = HandOffs.survivor(states, intent.contact());
    String passed = HandOffs.passed(scope, contact, intent);
    if (passed != null) {
      end(intent, State.WITHDRAWN, passed);
      return;
    }
    if (clock.now() < intent.at() + UNOWNED_MILLIS && isUnowned(scope, intent, contact)) {
      kept(intent, State.PLANNED, 0, intent.at() + UNOWNED_MILLIS, null);
      return;
    }
    Owner owner = owner(scope, intent, contact);
    Intent sent = kept(intent, State.SENT, 0, clock.now() + DOUBTFUL_MILLIS, owner.problem());
    if (isForgotten(sent)) {
      return;
    }
    NewTask task =
        new NewTask(
            contact.ref(),
            intent.key(),
            intent.subject(),
            HandOffs.keyed(intent),
            intent.dueAt(),
            owner.id());
    TaskAnswer answer = client.createTask(task);
    if (answer instanceof TaskAnswer.OwnerRefused refused) {
      String problem = "made without an owner: " + refused.reason();
      sent = kept(sent, State.SENT, 0, clock.now() + DOUBTFUL_MILLIS, problem);
      answer = client.createTask(task.unowned());
    }
    answered(sent, answer);
  }

  private void answered(Intent sent, TaskAnswer answer) {
    switch (answer) {
      case TaskAnswer.Made made -> {
        notes.note("task", null);
        done(sent, made.task(), sent.step().problem());
      }
      case TaskAnswer.OwnerRefused refused -> refused(sent, refused.reason());
      case TaskAnswer.Refused refused -> refused(sent, refused.reason());
      case TaskAnswer.Failed failed -> {
        CallTrouble trouble = failed.trouble();
        notes.note("task", trouble);
        boolean surelyNot = trouble instanceof CallTrouble.Refused;
        long again = clock.now() + DOUBTFUL_MILLIS;
        kept(sent, surelyNot ? State.PLANNED : State.SENT, 0, again, trouble.reason());
      }
    }
  }

  private void refused(Intent sent, String reason) {
    notes.note("task", null);
    int attempts = sent.step().attempts() + 1;
    if (attempts >= MOST_REFUSALS) {
      end(sent, State.GIVEN_UP, reason);
      return;
    }
    long again = clock.now() + RetrySchedule.CONTACT.afterFailure(attempts);
    kept(sent, State.PLANNED, 1, again, reason);
  }

  /**
   * Whose task it is to be.
   *
   * @param id the CRM's id; null for nobody
   * @param problem why it is not who it should be; null if it is
   */
  private record Owner(@Nullable String id, @Nullable String problem) {}

  private static boolean isUnowned(ConnectionScope scope, Intent intent, RecordState contact) {
    return wanted(scope, intent, contact) == null;
  }

  /** Returns the owner by the model's rule, as the contact is now; null if it has none. */
  private static @Nullable String wanted(
      ConnectionScope scope, Intent intent, RecordState contact) {
    return intent.owner().equals(HandOff.CONTACT_OWNER)
        ? contact.facts().value(scope.connection().kind().ownerProperty())
        : intent.owner();
  }

  private Owner owner(ConnectionScope scope, Intent intent, RecordState contact) {
    String first = wanted(scope, intent, contact);
    if (first != null && !owners.isGone(first)) {
      return new Owner(first, null);
    }
    String gone = first == null ? null : "its owner " + first + " is gone";
    String second = intent.fallbackOwner();
    if (second == null) {
      return new Owner(null, gone == null ? null : "made without an owner: " + gone);
    }
    if (owners.isGone(second)) {
      String both = (gone == null ? "" : gone + ", ") + "the fallback owner " + second + " is gone";
      return new Owner(null, "made without an owner: " + both);
    }
    return new Owner(second, gone);
  }

  // After an answer that is not known

  private void look(Intent intent) {
    TasksAnswer answer = client.tasksOf(HandOffs.survivor(states, intent.contact()).ref());
    notes.note("tasks", answer.trouble());
    for (Map.Entry<String, String> task : answer.notes().entrySet()) {
      if (HandOffs.isOf(intent, task.getValue())) {
        done(intent, task.getKey(), null);
        return;
      }
    }
    CallTrouble trouble = answer.trouble();
    if (trouble != null) {
      kept(intent, State.SENT, 0, clock.now() + DOUBTFUL_MILLIS, trouble.reason());
    } else {
      kept(intent, State.PLANNED, 0, clock.now(), intent.step().problem());
    }
  }

  // What becomes of it

  private void done(Intent intent, String task, @Nullable String problem) {
    keep(intent.at(new Step(State.DONE, intent.step().attempts(), Due.NEVER, task, problem)));
    metrics.handOff(id, State.DONE);
    if (isForgotten(intent)) {
      forget(task);
    } else {
      follow(task);
    }
  }

  /** Tells whether the contact was erased since the step began, and the hand-off with it. */
  private boolean isForgotten(Intent intent) {
    return !reader.unwritten().isKept(intent.key());
  }

  /** A task that was on its way when its contact was erased is theirs. */
  private void forget(String task) {
    RecordRef made = new RecordRef(id, RecordRef.TASK, task);
    intake.submit(new Work.Erase.Mark(made, found -> {})).join();
    LOG.log(
        Level.WARNING,
        "{0}: the task {1} was made while its contact was erased; delete it in the CRM",
        id,
        task);
  }

  /** What becomes of the task is kept from now on, beginning with whose it is. */
  private void follow(String task) {
    RecordRef made = new RecordRef(id, RecordRef.TASK, task);
    intake.submit(new Work.Flag(id, List.of(made), null, "")).join();
  }

  private void end(Intent intent, State state, String reason) {
    Step last = intent.step();
    keep(intent.at(new Step(state, last.attempts(), Due.NEVER, last.task(), reason)));
    metrics.handOff(id, state);
    Level level = state == State.GIVEN_UP ? Level.WARNING : Level.INFO;
    LOG.log(level, "{0}: a hand-off is {1}: {2}", intent.contact(), state.word(), reason);
  }

  private Intent kept(
      Intent intent, State state, int refusals, long nextAt, @Nullable String problem) {
    int attempts = intent.step().attempts() + refusals;
    Intent next = intent.at(new Step(state, attempts, nextAt, intent.step().task(), problem));
    keep(next);
    return next;
  }

  private void keep(Intent intent) {
    intake.submit(new Work.Step(intent)).join();
  }

  /** Gives the step that is under way a moment to end; what is cut short is looked at later. */
  @Override
  public void close() {
    closed = true;
    wakeup.ring();
    try {
      if (!thread.join(GRACE)) {
        thread.interrupt();
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
