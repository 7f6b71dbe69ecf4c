package io.leadgauge.crm.hubspot;

import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.ReadAnswer;
import io.leadgauge.crm.RecordWrite;
import io.leadgauge.crm.WriteAnswer;
import io.leadgauge.crm.WriteAnswer.RecordOutcome;
import io.leadgauge.crm.WriteAnswer.RecordOutcome.Observed;
import io.leadgauge.crm.WriteAnswer.RecordOutcome.Untouched;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Fact;
import io.leadgauge.model.Fact.Assigned;
import io.leadgauge.model.RecordRef;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A write of contacts of which some must be cleared first. HubSpot ignores a lifecycle stage that
 * is moved back, with a success, unless it was empty before; and it must have been emptied by
 * another request (contacts guide, read 30 Mar 2026). Used once, by one thread.
 *
 * <p>What is to be cleared is read just before: a contact that somebody has moved on meanwhile is
 * left untouched. Of one that could not be cleared, the rest is written. Where the new value is
 * refused, the old one is put back. One that was cleared and met trouble then is answered as
 * cleared, so that the next write finds it empty.
 */
final class ClearingWrite {
  private static final Logger LOG = System.getLogger(ClearingWrite.class.getName());

  private final HubSpotCalls calls;
  private final ApiPaths paths;
  private final ConnectionId connection;
  private final Map<RecordRef, RecordOutcome> outcomes = new HashMap<>();
  private final Map<String, String> refused = new HashMap<>();
  private final Set<RecordRef> rejected = new HashSet<>();

  ClearingWrite(HubSpotCalls calls, ApiPaths paths, ConnectionId connection) {
    this.calls = calls;
    this.paths = paths;
    this.connection = connection;
  }

  /** Writes these contacts. */
  WriteAnswer write(List<RecordWrite> writes) {
    List<RecordWrite> back = writes.stream().filter(one -> !one.clearFirst().isEmpty()).toList();
    CallTrouble trouble = back.isEmpty() ? null : lookAt(back);
    if (trouble == null) {
      trouble = send(back.stream().filter(this::isHeld).map(ClearingWrite::clearing).toList());
    }
    if (trouble == null) {
      trouble = send(writes.stream().filter(this::isReached).map(this::rest).toList());
    }
    if (trouble == null) {
      trouble = putBack(back.stream().filter(this::isLost).toList());
    }
    for (RecordWrite write : writes) {
      outcomes.putIfAbsent(write.record(), new RecordOutcome.Undecided());
    }
    return new WriteAnswer(outcomes, refused, trouble);
  }

  private @Nullable CallTrouble send(List<RecordWrite> writes) {
    WriteAnswer answer = new BatchUpdate(calls, paths.batchUpdate()).write(writes);
    answer.refused().forEach(refused::putIfAbsent);
    answer.outcomes().forEach(this::take);
    return answer.trouble();
  }

  /** What an earlier step has learned of a contact stands, but for what a later one tells. */
  private void take(RecordRef record, RecordOutcome outcome) {
    if (outcome instanceof RecordOutcome.Rejected) {
      rejected.add(record);
    }
    outcomes.merge(
        record,
        outcome,
        (before, after) ->
            switch (after) {
              case Observed observed -> new Observed(united(facts(before), observed.facts()));
              case Untouched untouched -> untouched;
              case RecordOutcome.Rejected reject -> new Observed(facts(before));
              case RecordOutcome.Undecided undecided ->
                  before instanceof Observed ? before : undecided;
            });
  }

  private static List<Fact> united(List<Fact> before, List<Fact> after) {
    Map<String, Fact> united = new LinkedHashMap<>();
    for (List<Fact> facts : List.of(before, after)) {
      for (Fact fact : facts) {
        united.put(fact instanceof Assigned assigned ? assigned.property() : "", fact);
      }
    }
    return List.copyOf(united.values());
  }

  private static List<Fact> facts(@Nullable RecordOutcome outcome) {
    return switch (outcome) {
      case Observed observed -> observed.facts();
      case Untouched untouched -> untouched.facts();
      case RecordOutcome.Rejected rejected -> List.of();
      case RecordOutcome.Undecided undecided -> List.of();
      case null -> List.of();
    };
  }

  /** Until something is sent to it, a contact is untouched. */
  private @Nullable CallTrouble lookAt(List<RecordWrite> back) {
    Set<String> properties =
        back.stream()
            .flatMap(write -> write.clearFirst().keySet().stream())
            .collect(Collectors.toSet());
    ReadAnswer now =
        new BatchRead(calls, paths, connection, RecordRef.CONTACT, properties)
            .read(back.stream().map(write -> write.record().id()).toList());
    for (RecordWrite write : back) {
      outcomes.put(write.record(), new Untouched(newest(now.facts(), write)));
    }
    return now.trouble();
  }

  private static List<Fact> newest(List<Fact> facts, RecordWrite write) {
    Map<String, Assigned> newest = new LinkedHashMap<>();
    for (Fact fact : facts) {
      if (fact instanceof Assigned assigned
          && assigned.of().equals(write.record())
          && (write.clearFirst().containsKey(assigned.property()) || isGone(assigned))) {
        newest.merge(
            assigned.property(),
            assigned,
            (one, other) -> other.stamp().compareTo(one.stamp()) > 0 ? other : one);
      }
    }
    return List.copyOf(newest.values());
  }

  private boolean isHeld(RecordWrite write) {
    return holds(write, write.clearFirst());
  }

  /** Tells whether the contact is known by now to hold all these values. */
  private boolean holds(RecordWrite write, Map<String, String> values) {
    Map<String, String> held = new HashMap<>();
    for (Fact fact : facts(outcomes.get(write.record()))) {
      if (fact instanceof Assigned assigned) {
        held.put(assigned.property(), assigned.stamp().value());
      }
    }
    return !isGone(write) && held.entrySet().containsAll(values.entrySet());
  }

  private boolean isGone(RecordWrite write) {
    return facts(outcomes.get(write.record())).stream()
        .anyMatch(fact -> fact instanceof Assigned assigned && isGone(assigned));
  }

  private static boolean isGone(Assigned assigned) {
    return assigned.property().equals(Assigned.PRESENCE)
        && !Boolean.parseBoolean(assigned.stamp().value());
  }

  private static RecordWrite clearing(RecordWrite write) {
    return new RecordWrite(write.record(), emptied(write));
  }

  private static SortedMap<String, String> emptied(RecordWrite write) {
    SortedMap<String, String> empty = new TreeMap<>(write.clearFirst());
    empty.replaceAll((property, held) -> "");
    return empty;
  }

  private boolean isReached(RecordWrite write) {
    return !(outcomes.get(write.record()) instanceof Untouched) && !isGone(write);
  }

  /** Leaves out what could not be cleared. */
  private RecordWrite rest(RecordWrite write) {
    SortedMap<String, String> rest = new TreeMap<>(write.properties());
    if (!holds(write, emptied(write))) {
      rest.keySet().removeAll(write.clearFirst().keySet());
    }
    return new RecordWrite(write.record(), rest);
  }

  /** Tells whether what the contact held was cleared and the new value is refused. */
  private boolean isLost(RecordWrite write) {
    boolean isRefused =
        rejected.contains(write.record())
            || write.clearFirst().keySet().stream().anyMatch(refused::containsKey);
    return isRefused && holds(write, emptied(write));
  }

  private @Nullable CallTrouble putBack(List<RecordWrite> lost) {
    CallTrouble trouble =
        send(lost.stream().map(one -> new RecordWrite(one.record(), one.clearFirst())).toList());
    for (RecordWrite write : lost) {
      if (!isHeld(write)) {
        LOG.log(
            Level.ERROR,
            "{0}: {1} was cleared, its new value is refused, and it could not be put back",
            write.record(),
            write.clearFirst());
      }
    }
    return trouble;
  }
}
