package io.leadgauge.pipeline;

import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.CrmClient;
import io.leadgauge.crm.RecordWrite;
import io.leadgauge.crm.StageMap;
import io.leadgauge.crm.WriteAnswer;
import io.leadgauge.crm.WriteAnswer.RecordOutcome;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Fact;
import io.leadgauge.model.Observation;
import io.leadgauge.model.Observation.Cause;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes contacts whose fields differ from what they should hold. What the CRM answers goes in
 * through the intake: its values, which may not be those that were sent, and its refusals.
 * Thread-safe; calls block.
 */
final class ContactWrites {
  /** Stands for the beginning of a call that is yet to be made. */
  private static final long NOT_ASKED = 0;

  private final ConnectionId id;
  private final Scopes scopes;
  private final CrmClient client;
  private final Intake intake;
  private final States states;
  private final RefusedFields fields;
  private final CallNotes notes;
  private final PipelineMetrics metrics;
  private final Clockwork clock;

  ContactWrites(
      ConnectionId id,
      Scopes scopes,
      CrmClient client,
      Intake intake,
      States states,
      RefusedFields fields,
      CallNotes notes,
      PipelineMetrics metrics,
      Clockwork clock) {
    this.id = id;
    this.scopes = scopes;
    this.client = client;
    this.intake = intake;
    this.states = states;
    this.fields = fields;
    this.notes = notes;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Writes what differs of these contacts, and keeps what the CRM made of it. */
  void write(List<RecordRef> contacts) {
    // Before it is looked at what differs: what changes after that is not in the call.
    long askedAt = intake.instant();
    ConnectionScope scope = scopes.require(id);
    List<RecordWrite> writes = writes(scope, contacts);
    if (writes.isEmpty()) {
      intake.submit(new Work.Recheck(id, contacts)).join();
    } else {
      send(scope, askedAt, writes);
    }
  }

  /**
   * Sends these writes, and keeps what the CRM made of them.
   *
   * @param askedAt an instant of the intake, taken before it was looked at what differs
   */
  WriteAnswer send(ConnectionScope scope, long askedAt, List<RecordWrite> writes) {
    StageMap stages = scope.stages();
    Map<RecordRef, List<Fact>> withdrawals = announceClearing(writes);
    WriteAnswer answer = client.write(writes);
    notes.note("write", answer.trouble());
    // First, so that what is settled next leaves them out.
    fields.refused(answer.refused());
    List<Fact> facts = new ArrayList<>();
    Map<RecordRef, String> refused = new HashMap<>();
    List<RecordRef> undecided = new ArrayList<>();
    for (RecordWrite write : writes) {
      RecordOutcome outcome =
          answer.outcomes().getOrDefault(write.record(), new RecordOutcome.Undecided());
      List<Fact> withdrawal = withdrawals.getOrDefault(write.record(), List.of());
      switch (outcome) {
        case RecordOutcome.Observed observed -> {
          facts.addAll(observed.facts());
          facts.addAll(stagesWritten(write, observed.facts(), stages));
          facts.addAll(putRight(scope, write, observed.facts()));
          facts.addAll(fieldsWritten(scope, observed.facts()));
          facts.addAll(isKept(write, observed.facts()) ? withdrawal : List.of());
          String problem = problem(write, observed.facts());
          if (!problem.isEmpty()) {
            refused.put(write.record(), problem);
          }
        }
        case RecordOutcome.Untouched untouched -> {
          facts.addAll(untouched.facts());
          facts.addAll(withdrawal);
          if (answer.trouble() == null) {
            refused.put(write.record(), "the CRM holds another stage than the one to take back");
          }
        }
        case RecordOutcome.Rejected rejected -> {
          facts.addAll(withdrawal);
          refused.put(write.record(), rejected.reason());
        }
        case RecordOutcome.Undecided none -> undecided.add(write.record());
      }
    }
    metrics.called(id, "write", writes.size());
    metrics.contacts(id, "write", "refused", refused.size());
    metrics.contacts(id, "write", "undecided", undecided.size());
    metrics.contacts(id, "write", "written", writes.size() - refused.size() - undecided.size());
    keep(askedAt, facts, refused);
    if (answer.trouble() instanceof CallTrouble.Unknown) {
      doubt(undecided);
    }
    return answer;
  }

  /**
   * Has contacts read whose write may have been carried out. It is still due; but if they come back
   * to what the CRM was last known to hold before it is sent again, there is nothing to send, and
   * the CRM would keep what the lost answer was about.
   */
  private void doubt(List<RecordRef> contacts) {
    if (!contacts.isEmpty()) {
      intake.submit(new Work.Flag(id, contacts, null, "")).join();
    }
  }

  /**
   * Keeps, before the call, that it is we who empty a stage on its way back. If the answer is lost,
   * the empty stage would look like a veto of people's, and stay empty.
   *
   * @return what takes that back where the CRM was not asked to, for then an empty stage is
   *     people's; nothing where an earlier call's answer was lost
   */
  private Map<RecordRef, List<Fact>> announceClearing(List<RecordWrite> writes) {
    List<Fact> facts = new ArrayList<>();
    Map<RecordRef, List<Fact>> withdrawals = new HashMap<>();
    for (RecordWrite write : writes) {
      write
          .clearFirst()
          .forEach(
              (property, held) ->
                  states
                      .current(write.record())
                      .flatMap(state -> announcement(write.record(), property, state.facts()))
                      .ifPresent(
                          empty -> {
                            facts.add(empty.asWritten());
                            withdrawals
                                .computeIfAbsent(write.record(), record -> new ArrayList<>())
                                .add(withdrawal(empty, held));
                          }));
    }
    keep(NOT_ASKED, facts, Map.of());
    return withdrawals;
  }

  /** Returns that a property is empty just after what is known; empty if that is announced. */
  private static Optional<Fact.Assigned> announcement(
      RecordRef ref, String property, RecordFacts facts) {
    Stamp held = facts.current(property).orElse(null);
    Stamp wrote = facts.current(Fact.Assigned.WROTE + property).orElse(held);
    if (held == null || wrote == null || wrote.value().isEmpty()) {
      return Optional.empty();
    }
    long at = Math.max(held.at(), wrote.at()) + 1;
    return Optional.of(new Fact.Assigned(ref, property, new Stamp(at, SourceRank.READ, "")));
  }

  /** At the same instant a value is greater than none, so this one is the current one. */
  private static Fact withdrawal(Fact.Assigned empty, String held) {
    Stamp stamp = new Stamp(empty.at(), SourceRank.READ, held);
    return new Fact.Assigned(empty.of(), empty.property(), stamp).asWritten();
  }

  private static boolean isKept(RecordWrite write, List<Fact> facts) {
    return facts.stream()
        .anyMatch(
            fact ->
                fact instanceof Fact.Assigned assigned
                    && assigned
                        .stamp()
                        .value()
                        .equals(write.clearFirst().get(assigned.property())));
  }

  /**
   * Returns the stage that we put there, once the CRM has confirmed it: only what we wrote and read
   * back is handed over to sales, or may be taken back.
   */
  private static List<Fact> stagesWritten(
      RecordWrite write, List<Fact> facts, @Nullable StageMap stages) {
    List<Fact> written = new ArrayList<>();
    for (Fact fact : facts) {
      if (stages != null
          && fact instanceof Fact.Assigned assigned
          && assigned.property().equals(stages.property())
          && write.mayLeave(assigned.property(), assigned.stamp().value())) {
        written.add(assigned.asWritten());
      }
    }
    return written;
  }

  /**
   * Returns the fields that we have written, where nothing else will tell that it was us: a
   * platform without histories tells our values and those of others alike.
   */
  private static List<Fact> fieldsWritten(ConnectionScope scope, List<Fact> answered) {
    if (scope.connection().kind().tellsHistories()) {
      return List.of();
    }
    Set<String> fields = scope.connection().writtenFields();
    List<Fact> written = new ArrayList<>();
    for (Fact fact : answered) {
      if (fact instanceof Fact.Assigned assigned && fields.contains(assigned.property())) {
        written.add(assigned.asWritten());
      }
    }
    return written;
  }

  /** Returns that fields were put right which somebody else had written over. */
  private List<Fact> putRight(ConnectionScope scope, RecordWrite write, List<Fact> answered) {
    Set<String> fields = scope.connection().writtenFields();
    RecordFacts before =
        states.current(write.record()).map(RecordState::facts).orElse(RecordFacts.NONE);
    List<Fact> facts = new ArrayList<>();
    for (Fact fact : answered) {
      if (fact instanceof Fact.Assigned assigned && fields.contains(assigned.property())) {
        Contest contest = Contest.of(before, assigned.property(), 1, clock.now());
        if (contest != null) {
          facts.add(contest.putRight(assigned));
        }
      }
    }
    return facts;
  }

  /**
   * Returns what was not taken of a write that was answered with success; empty if all was. A
   * property that is refused for everybody is no problem of one contact.
   */
  private static String problem(RecordWrite write, List<Fact> facts) {
    for (Fact fact : facts) {
      if (fact instanceof Fact.Assigned assigned
          && write.properties().containsKey(assigned.property())
          && !SameValue.isSame(
              write.properties().get(assigned.property()), assigned.stamp().value())) {
        return "the CRM kept '" + assigned.stamp().value() + "' in " + assigned.property();
      }
    }
    return "";
  }

  private List<RecordWrite> writes(ConnectionScope scope, List<RecordRef> contacts) {
    List<RecordWrite> writes = new ArrayList<>();
    for (RecordRef ref : contacts) {
      states
          .current(ref)
          .filter(state -> !scope.holdsBack(state))
          .map(state -> WritePlan.of(scope, state, clock.now()))
          .filter(plan -> !plan.properties().isEmpty())
          .ifPresent(
              plan -> writes.add(new RecordWrite(ref, plan.properties(), plan.clearFirst())));
    }
    return writes;
  }

  private void keep(long askedAt, List<Fact> facts, Map<RecordRef, String> refused) {
    Observation observation =
        new Observation(id, clock.now(), askedAt, Cause.WRITE, facts, new TreeMap<>(refused));
    if (!observation.isEmpty()) {
      intake.submit(new Work.Observe(observation, Map.of())).join();
    }
  }
}
