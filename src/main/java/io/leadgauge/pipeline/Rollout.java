package io.leadgauge.pipeline;

import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmClient;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Due;
import io.leadgauge.pipeline.Changeover.Phase;
import io.leadgauge.pipeline.Configuration.Progress;
import io.leadgauge.store.StoreException;
import io.leadgauge.store.StoreReader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Brings versions of one connection into force, one step at a time: looks whether the portal has
 * what the version needs, reads what contacts lack, switches, scores all contacts again and counts
 * what would be moved, then lets the CRM be written or waits for approval.
 *
 * <p>Each step looks at what is wanted and at what is, so a restart, or a version that is newer
 * still, is no special case. A virtual thread of its own takes the steps; every page of a pass is a
 * transaction of its own behind the live ones. Thread-safe after {@link #start}.
 */
final class Rollout implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Rollout.class.getName());
  private static final long RETRY_MILLIS = 1_000;
  private static final Duration ASK_AGAIN = Duration.ofMinutes(1);

  private final ConnectionId id;
  private final Intake intake;
  private final States states;
  private final StoreReader reader;
  private final Clockwork clock;
  private final Consumer<Connection> changed;
  private final Wanted wanted;
  private final InForce inForce;
  private final PortalCheck portal;
  private final Passes passes;
  private final Fetching fetching;
  private final Counting counting;
  private final Releasing releasing;
  private final Thread thread;

  /**
   * Makes one that has taken no step.
   *
   * @param first the version to serve at first
   * @param reader its own; closed with it
   * @param clients opens a client, to look at the portal
   * @param activating taken while manifests are noted, by the rollouts of all connections
   * @param changed is told, with the connection as it was, that another version is in force
   */
  Rollout(
      Candidate first,
      Scopes scopes,
      Intake intake,
      States states,
      StoreReader reader,
      Clockwork clock,
      Function<Connection, CrmClient> clients,
      ReentrantLock activating,
      Consumer<Connection> changed) {
    this.id = first.scope().id();
    this.intake = intake;
    this.states = states;
    this.reader = reader;
    this.clock = clock;
    this.changed = changed;
    this.wanted = new Wanted(first, clock);
    this.inForce = new InForce(first, scopes, intake, reader, activating);
    this.portal = new PortalCheck(id, clients);
    this.passes = new Passes(id, reader, states, wanted, clock);
    this.fetching = new Fetching(id, passes, scopes, intake, states);
    this.counting = new Counting(id, passes, intake, states, reader);
    this.releasing = new Releasing(id, passes, intake, reader, clock);
    this.thread = Thread.ofVirtual().name("rollout-" + id).unstarted(this::run);
  }

  /**
   * Serves the first version, holding back what a change since the last run may not write yet;
   * returns when it is in force. What a version needs is looked for again unless all contacts were
   * counted by it: it may have come into force by a start, and without what it needs.
   */
  void start() {
    Candidate first = inForce.version();
    Changeover kept = inForce.changeover();
    String configuration = first.scope().configuration();
    if (kept.configuration().equals(configuration)) {
      if (kept.phase() != Phase.COUNTING) {
        portal.assume(first.demand());
      }
      inForce.advance(kept);
    } else {
      inForce.advance(kept.to(configuration));
    }
    thread.start();
  }

  /** Tells which version is to be in force. */
  void want(Candidate candidate) {
    wanted.want(candidate);
  }

  /**
   * Approves what was counted; completes with whether there was anything to approve, once that is
   * on the disk.
   */
  CompletableFuture<Boolean> approve() {
    return isApprovable() ? wanted.askApproval() : CompletableFuture.completedFuture(false);
  }

  /** Tells whether there is something to approve: not once another configuration is wanted. */
  private boolean isApprovable() {
    String configuration = wanted.version().scope().configuration();
    return inForce.changeover().phase() == Phase.PAUSED
        && configuration.equals(inForce.changeover().configuration());
  }

  private void run() {
    try {
      while (!wanted.isClosed()) {
        wanted.sleepUntil(stepOrWait());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long stepOrWait() {
    try {
      return step();
    } catch (StoreException | CompletionException e) {
      LOG.log(Level.WARNING, "{0}: change of configuration put off: {1}", id, e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, id + ": a step of a change of configuration failed", e);
    }
    return clock.now() + RETRY_MILLIS;
  }

  /** Takes the next step; returns when to look again. */
  private long step() {
    if (!isApprovable()) {
      // Whoever asked just as the pause ended would wait for ever.
      wanted.answerApproval(false);
    }
    if (inForce.scope().recall().holdsAll()) {
      // What would be moved can be counted only once it is known what the CRM holds.
      return clock.now() + RETRY_MILLIS;
    }
    Candidate candidate = wanted.version();
    if (!candidate.equals(inForce.version())) {
      return approach(candidate);
    }
    Changeover changeover = inForce.changeover();
    return switch (changeover.phase()) {
      case COUNTING -> portal.isSetUpFor(candidate, changeover.isBack()) ? count() : askAgain();
      case PAUSED -> release();
      case OPEN -> releasing.step(inForce.scope(), !changeover.isBack());
    };
  }

  private long askAgain() {
    return clock.now() + ASK_AGAIN.toMillis();
  }

  private long approach(Candidate candidate) {
    ConnectionScope before = inForce.scope();
    ConnectionScope next = candidate.scope();
    Changeover changeover = inForce.kept();
    boolean open = changeover.phase() == Phase.OPEN;
    if (next.configuration().equals(before.configuration())) {
      portal.clear();
      passes.end();
      change(candidate, changeover);
      return clock.now();
    }
    boolean isBack = !open && next.configuration().equals(changeover.base());
    if (!portal.isSetUpFor(candidate, isBack)) {
      return askAgain();
    }
    if (!isBack && !fetching.step(next, before)) {
      return clock.now();
    }
    intake.submit(Unheard.after(next, before, reader, states)).join();
    if (open) {
      counting.leave(before);
    }
    portal.clear();
    change(candidate, changeover.to(next.configuration()));
    LOG.log(Level.INFO, "{0}: a new configuration is in force, all contacts are scored by it", id);
    return clock.now();
  }

  private void change(Candidate candidate, Changeover next) {
    Connection before = inForce.scope().connection();
    inForce.bring(candidate, next);
    changed.accept(before);
  }

  private long count() {
    counting.step(inForce.scope(), inForce.changeover()).ifPresent(this::takeVerdict);
    return clock.now();
  }

  private void takeVerdict(Changeover verdict) {
    inForce.advance(verdict);
    if (verdict.phase() == Phase.PAUSED) {
      // Whoever has approved by now has not seen these numbers.
      wanted.answerApproval(false);
      ConnectionScope scope = inForce.scope();
      String paused = RolloutView.paused(id, inForce.changeover(), scope.connection().guard());
      LOG.log(Level.WARNING, "{0}: {1}", id, paused);
    }
    passes.end();
  }

  private long release() {
    if (!wanted.isApprovalAsked()) {
      return Due.NEVER;
    }
    inForce.advance(inForce.changeover().open());
    long moved = inForce.changeover().moved();
    LOG.log(Level.INFO, "{0}: approved, {1} contacts will be moved", id, moved);
    wanted.answerApproval(true);
    return clock.now();
  }

  /** Returns how far the configuration has come. */
  Configuration look() {
    ConnectionScope scope = inForce.scope();
    Changeover changeover = inForce.changeover();
    Obstacle obstacle = portal.obstacle();
    Progress progress = passes.progress();
    List<String> unheard = List.copyOf(Unheard.of(reader, states, id));
    String next = wanted.version().scope().configuration();
    boolean another = !next.equals(scope.configuration());
    boolean settled = releasing.isSettled(scope);
    return new RolloutView(scope, changeover, obstacle, progress, unheard, another, settled)
        .configuration();
  }

  @Override
  public void close() {
    wanted.close();
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    wanted.answerApproval(false);
    reader.close();
  }
}
