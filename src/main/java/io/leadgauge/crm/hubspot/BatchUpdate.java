package io.leadgauge.crm.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.RateBudget.Lane;
import io.leadgauge.crm.RecordWrite;
import io.leadgauge.crm.WriteAnswer;
import io.leadgauge.crm.WriteAnswer.RecordOutcome;
import io.leadgauge.crm.rest.Json;
import io.leadgauge.crm.rest.PlainText;
import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.SourceRank;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One write of contacts. Used once, by one thread.
 *
 * <p>HubSpot writes nothing of a batch in which anything is not valid. Where it names the
 * properties to blame, they are left out for all contacts; where it names contacts, they are left
 * out themselves; and the rest is sent again: one call more for each such answer. Where it names
 * nothing, the batch is halved: a half that goes through proves the other one bad, and the halves
 * that were not tried go together into one more call. So one bad contact of 100 costs at most 8
 * calls more, {@code k} of them at most {@code 8 k}, and never more than {@link #MOST_EXTRA_CALLS}:
 * with more than five of them the rest waits for the next write.
 *
 * <p>Where not one contact was taken, the second bad one, or the only one, is written property by
 * property, at most a call for each more. What is refused alone, beside what is taken, is to blame,
 * and is left out for all like one that was named.
 */
final class BatchUpdate {
  /** The most calls beyond the first that one write makes: enough for 5 bad contacts of 100. */
  static final int MOST_EXTRA_CALLS = 40;

  private static final Duration BEFORE_THE_REST = Duration.ofSeconds(1);

  private final HubSpotCalls calls;
  private final String address;
  private final Map<RecordRef, RecordOutcome> outcomes = new HashMap<>();
  private final Map<String, String> refused = new HashMap<>();

  /** The contacts that HubSpot named as bad. */
  private final Set<RecordRef> blamed = new HashSet<>();

  private final List<RecordWrite> rejected = new ArrayList<>();
  private int sent;
  private boolean wroteAny;
  private @Nullable CallTrouble trouble;

  BatchUpdate(HubSpotCalls calls, String address) {
    this.calls = calls;
    this.address = address;
  }

  /** What became of one attempt to write a group of contacts. */
  private sealed interface Attempt {
    /** The group is done with. */
    record Taken() implements Attempt {}

    /** At least one contact of the group is bad, and nothing was written. */
    record Bad(String reason) implements Attempt {}

    /** The write must end here, for its trouble. */
    record Stopped() implements Attempt {}
  }

  /** Writes these contacts. */
  WriteAnswer write(List<RecordWrite> writes) {
    List<RecordWrite> open = writes;
    while (!open.isEmpty()) {
      open = attempt(open) instanceof Attempt.Bad bad ? rejectOne(open, bad.reason()) : List.of();
    }
    if (rejected.size() == 1 && !wroteAny && trouble == null) {
      blame(rejected.getFirst());
    }
    if (trouble == null && outcomes.isEmpty() && !writes.isEmpty()) {
      trouble = new CallTrouble.Unknown("HubSpot's answer says nothing of any contact");
    }
    for (RecordWrite write : writes) {
      outcomes.putIfAbsent(write.record(), passedOver());
    }
    return new WriteAnswer(outcomes, refused, trouble);
  }

  /** Where something was answered, a contact that was passed over is passed over for itself. */
  private RecordOutcome passedOver() {
    return trouble == null
        ? new RecordOutcome.Rejected("HubSpot's answer says nothing of it")
        : new RecordOutcome.Undecided();
  }

  /**
   * Finds and rejects one bad contact of a group that holds at least one.
   *
   * @return those of the group that are still to be written; none if the write must end
   */
  private List<RecordWrite> rejectOne(List<RecordWrite> bad, String reason) {
    List<RecordWrite> untried = new ArrayList<>();
    List<RecordWrite> group = bad;
    String why = reason;
    while (group.size() > 1) {
      List<RecordWrite> left = group.subList(0, group.size() / 2);
      List<RecordWrite> right = group.subList(group.size() / 2, group.size());
      int known = known();
      switch (attempt(left)) {
        case Attempt.Taken taken -> {
          if (known() > known) {
            // What was left out of this half may be all that was bad in both.
            untried.addAll(right);
            return untried;
          }
          group = right;
        }
        case Attempt.Bad worse -> {
          untried.addAll(right);
          group = left;
          why = worse.reason();
        }
        case Attempt.Stopped stopped -> {
          return List.of();
        }
      }
    }
    outcomes.put(group.getFirst().record(), new RecordOutcome.Rejected(why));
    rejected.add(group.getFirst());
    if (rejected.size() == 2 && !wroteAny) {
      blame(group.getFirst());
    }
    return untried;
  }

  /** Returns how many properties and contacts HubSpot has blamed by name. */
  private int known() {
    return refused.size() + blamed.size();
  }

  /** Writes a rejected contact property by property, to find what is to blame. */
  private void blame(RecordWrite write) {
    RecordRef record = write.record();
    SortedMap<String, String> values = withoutRefused(write);
    if (values.size() < 2) {
      return;
    }
    Map<String, String> suspects = new TreeMap<>();
    List<Fact> taken = new ArrayList<>();
    for (Map.Entry<String, String> value : values.entrySet()) {
      SortedMap<String, String> one = new TreeMap<>(Map.of(value.getKey(), value.getValue()));
      switch (post(Map.of(record, one))) {
        case Reply.Answered answered -> {
          take(answered.body(), Map.of(record, one));
          if (outcomes.get(record) instanceof RecordOutcome.Observed observed) {
            taken.addAll(observed.facts());
          }
        }
        case Reply.Invalid invalid -> suspects.put(value.getKey(), invalid.error().words());
        case Reply.Failed failed -> {
          trouble = failed.trouble();
          return;
        }
      }
    }
    if (!taken.isEmpty()) {
      outcomes.put(record, new RecordOutcome.Observed(taken));
      refused.putAll(suspects);
    }
  }

  private Reply post(Map<RecordRef, SortedMap<String, String>> group) {
    sent++;
    return calls.post(Lane.RECORDS, address, request(group));
  }

  private Attempt attempt(List<RecordWrite> writes) {
    while (true) {
      Map<RecordRef, SortedMap<String, String>> group = withoutRefused(writes);
      if (group.isEmpty()) {
        return new Attempt.Taken();
      }
      if (sent > MOST_EXTRA_CALLS) {
        return tooManyBad();
      }
      switch (post(group)) {
        case Reply.Answered answered -> {
          if (!take(answered.body(), group)) {
            return new Attempt.Taken();
          }
        }
        case Reply.Invalid invalid -> {
          boolean named = refuse(invalid.error(), group) || reject(invalid.error(), group);
          if (!named) {
            return new Attempt.Bad(invalid.error().words());
          }
        }
        case Reply.Failed failed -> {
          trouble = failed.trouble();
          return new Attempt.Stopped();
        }
      }
    }
  }

  /** Ends the write with what is left undecided; it goes on later, unless nothing went through. */
  private Attempt tooManyBad() {
    String reason = "HubSpot rejects too many contacts of one write without naming a property";
    trouble =
        wroteAny
            ? new CallTrouble.Wait(BEFORE_THE_REST, reason)
            : new CallTrouble.Refused(reason + ", and accepted none of those tried");
    return new Attempt.Stopped();
  }

  /**
   * Returns what is to be sent: what HubSpot has not answered for yet. A contact that nothing is
   * left to be sent of is done with.
   */
  private Map<RecordRef, SortedMap<String, String>> withoutRefused(List<RecordWrite> writes) {
    Map<RecordRef, SortedMap<String, String>> group = new TreeMap<>();
    for (RecordWrite write : writes) {
      if (outcomes.containsKey(write.record())) {
        continue;
      }
      SortedMap<String, String> left = withoutRefused(write);
      if (left.isEmpty()) {
        outcomes.put(write.record(), new RecordOutcome.Observed(List.of()));
      } else {
        group.put(write.record(), left);
      }
    }
    return group;
  }

  private SortedMap<String, String> withoutRefused(RecordWrite write) {
    SortedMap<String, String> left = new TreeMap<>(write.properties());
    left.keySet().removeAll(refused.keySet());
    return left;
  }

  private static ObjectNode request(Map<RecordRef, SortedMap<String, String>> group) {
    ObjectNode request = Json.object();
    ArrayNode inputs = request.putArray("inputs");
    group.forEach(
        (record, values) -> {
          ObjectNode input = inputs.addObject().put("id", record.id());
          ObjectNode properties = input.putObject("properties");
          values.forEach((name, value) -> properties.put(name, PlainText.storable(value)));
        });
    return request;
  }

  /** Leaves out the properties that an error names; returns whether it names any that was sent. */
  private boolean refuse(HubSpotError error, Map<RecordRef, SortedMap<String, String>> group) {
    boolean any = false;
    for (Map.Entry<String, String> blamed : error.properties().entrySet()) {
      String property = blamed.getKey();
      if (group.values().stream().anyMatch(values -> values.containsKey(property))) {
        refused.put(property, blamed.getValue());
        any = true;
      }
    }
    return any;
  }

  /** Leaves out the contacts that an error names; returns whether it names any that was sent. */
  private boolean reject(HubSpotError error, Map<RecordRef, SortedMap<String, String>> group) {
    boolean any = false;
    for (RecordRef record : group.keySet()) {
      if (error.ids().contains(record.id())) {
        outcomes.put(record, new RecordOutcome.Rejected(error.words()));
        blamed.add(record);
        any = true;
      }
    }
    return any;
  }

  /**
   * Takes what was answered for each contact.
   *
   * @return whether the others should be sent again, without a property that the answer blames
   */
  private boolean take(JsonNode body, Map<RecordRef, SortedMap<String, String>> group) {
    Map<String, RecordRef> byId = new HashMap<>();
    group.keySet().forEach(record -> byId.put(record.id(), record));
    for (JsonNode result : Json.items(body, "results")) {
      RecordRef record = byId.get(Json.text(result, "id"));
      if (record != null) {
        observe(result, record, group.getOrDefault(record, new TreeMap<>()));
      }
    }
    boolean again = false;
    for (JsonNode node : Json.items(body, "errors")) {
      HubSpotError error = HubSpotError.of(node);
      if (error.ids().isEmpty() && refuse(error, group)) {
        again = true;
      } else {
        takeError(error, byId, BatchTimes.completedAt(body));
      }
    }
    return again;
  }

  private void observe(JsonNode result, RecordRef record, Map<String, String> written) {
    AnsweredRecord contact = AnsweredRecord.of(result, record);
    if (contact != null) {
      outcomes.put(record, new RecordOutcome.Observed(contact.written(written)));
      wroteAny = true;
    }
  }

  private void takeError(HubSpotError error, Map<String, RecordRef> byId, @Nullable Long at) {
    boolean gone = error.category().equals(HubSpotError.OBJECT_NOT_FOUND);
    for (String id : error.ids()) {
      RecordRef record = byId.get(id);
      if (record != null && gone && at != null) {
        Fact absence = Fact.Assigned.presence(record, at, SourceRank.READ, false);
        outcomes.put(record, new RecordOutcome.Observed(List.of(absence)));
      } else if (record != null && !gone) {
        outcomes.put(record, new RecordOutcome.Rejected(error.words()));
      }
    }
    if (error.ids().isEmpty() && trouble == null) {
      trouble = new CallTrouble.Unknown("HubSpot could not write all: " + error.words());
    }
  }
}
