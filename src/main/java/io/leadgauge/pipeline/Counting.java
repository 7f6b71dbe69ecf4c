package io.leadgauge.pipeline;

import io.leadgauge.crm.Guard;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Decided;
import io.leadgauge.model.Due;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.Standing;
import io.leadgauge.store.StoreReader;
import io.leadgauge.store.StoredContact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Scores all contacts by the version in force, counts what it would move, and judges by the guard
 * whether that may be written. For one thread.
 */
final class Counting {
  private static final int PAGE = 200;

  private final ConnectionId id;
  private final Passes passes;
  private final Intake intake;
  private final States states;
  private final StoreReader reader;
  private @Nullable ConnectionScope base;

  Counting(ConnectionId id, Passes passes, Intake intake, States states, StoreReader reader) {
    this.id = id;
    this.passes = passes;
    this.intake = intake;
    this.states = states;
    this.reader = reader;
  }

  /** Notes the version that the CRM was last written by: what it was to move anyway counts not. */
  void leave(ConnectionScope before) {
    base = before;
  }

  /**
   * Scores a page of contacts by the new configuration, each from the decision that stood before
   * the change: what another version decided that was never approved must not outlive it. What the
   * model in force itself has decided since stands.
   *
   * @return how far the change has come when all are counted; empty before
   */
  Optional<Changeover> step(ConnectionScope scope, Changeover changeover) {
    Pass pass = passes.running(Pass.Kind.COUNT, scope);
    List<StoredContact> page = passes.page(pass, PAGE);
    if (page.isEmpty()) {
      return Optional.of(judged(pass, scope.connection().guard(), changeover));
    }
    Map<RecordRef, List<Decided>> earlier = new HashMap<>();
    Map<RecordRef, PendingStage> pending = new HashMap<>();
    for (StoredContact contact : page) {
      List<Decided> before = reader.decisionsAsOf(contact, changeover.sequence());
      earlier.put(contact.ref(), overruled(scope, contact, before, changeover.sequence()));
      pending.put(contact.ref(), pending(scope, contact.ref(), before));
    }
    List<RecordRef> contacts = Passes.refs(page);
    // What was written of a version that is gone back from must not stay in the CRM.
    long newsSince = changeover.isBack() ? changeover.since() : Due.NEVER;
    Work.Rescore rescore = new Work.Rescore(id, contacts, earlier, newsSince);
    intake.submit(rescore).join();
    List<RecordRef> unread = unread(scope, contacts);
    if (passes.awaitRead(unread)) {
      if (!unread.isEmpty()) {
        intake.submit(rescore).join();
      }
      pending.forEach((ref, then) -> count(pass, scope, ref, then));
      pass.passed(page);
    }
    return Optional.empty();
  }

  /** Returns those of earlier decisions after which another version than this has decided. */
  private List<Decided> overruled(
      ConnectionScope scope, StoredContact contact, List<Decided> before, long sequence) {
    if (before.isEmpty()) {
      return List.of();
    }
    Map<String, Set<String>> deciders = reader.decidersSince(contact, sequence);
    for (ModelAtWork model : scope.models()) {
      if (Set.of(model.hash()).equals(deciders.get(model.name()))) {
        deciders.remove(model.name());
      }
    }
    return before.stream().filter(decided -> deciders.containsKey(decided.model())).toList();
  }

  /**
   * Returns what must be read before these contacts can be scored: contacts, companies. Those that
   * are due for reading all the time must not hold up those that can be scored.
   */
  private List<RecordRef> unread(ConnectionScope scope, List<RecordRef> contacts) {
    List<RecordRef> unread = new ArrayList<>();
    for (RecordRef ref : contacts) {
      RecordState state = states.current(ref).orElse(null);
      if (state != null && !Appraisal.isPossible(scope, state)) {
        unread.add(ref);
      } else if (state != null) {
        unread.addAll(ContactView.of(scope, state, states).awaited());
      }
    }
    return unread;
  }

  private PendingStage pending(ConnectionScope scope, RecordRef ref, List<Decided> before) {
    return states
        .current(ref)
        .map(state -> asOf(state, before))
        .map(state -> pending(scope, state))
        .orElse(PendingStage.NOTHING);
  }

  /** What was waited for is known from the decision, even where the version before is not. */
  private PendingStage pending(ConnectionScope scope, RecordState state) {
    ConnectionScope left = base;
    return left == null
        ? new PendingStage(null, WritePlan.stageInTheEnd(scope, state))
        : PendingStage.of(left, state);
  }

  private static RecordState asOf(RecordState state, List<Decided> before) {
    RecordState then = state;
    for (Decided decided : before) {
      Standing standing = then.standings().get(decided.model());
      if (standing != null) {
        then = then.withStanding(standing.deciding(decided.decision()));
      }
    }
    return then;
  }

  private void count(Pass pass, ConnectionScope scope, RecordRef ref, PendingStage pending) {
    states
        .current(ref)
        .filter(state -> !state.facts().isGone())
        .ifPresent(
            state -> {
              pass.present();
              String stage = pending.news(scope, state);
              if (stage != null) {
                pass.moved(stage);
              }
            });
  }

  private static Changeover judged(Pass counted, Guard guard, Changeover changeover) {
    Changeover paused = changeover.paused(counted.contacts(), counted.moves());
    boolean exceeded = guard.isExceeded(paused.moved(), paused.contacts());
    return exceeded && !changeover.isBack() ? paused : changeover.open();
  }
}
