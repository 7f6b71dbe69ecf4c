package io.leadgauge.crm.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.rest.Json;
import io.leadgauge.model.RecordRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sends records until each is settled: Salesforce takes and refuses every record of a call by
 * itself, in the order in which they stand. Used once, by one thread.
 *
 * <p>A field that an object has not, or that our user may not write, is left out of all records of
 * that object, which are sent again. A record that another transaction has locked is sent again
 * without the others after a pause, then alone. A call that is refused as a whole is halved, until
 * the record that is to blame stands alone.
 */
final class CollectionUpdate {
  /** The most calls of one write. */
  static final int MOST_CALLS = 40;

  /** The pause before locked records are sent again, and its most by chance. */
  private static final long PAUSE_MILLIS = 1_000;

  private final SalesforceCalls calls;
  private final OrgFields fields;
  private final Map<RecordRef, Settled> settled = new HashMap<>();

  /** The fields that are left out of all records of a type, each with Salesforce's message. */
  private final Map<String, Map<String, String>> left = new TreeMap<>();

  private int sent;
  private @Nullable CallTrouble trouble;

  /** What became of a record. */
  sealed interface Settled {
    /** These values were taken. */
    record Taken(OutgoingRecord record) implements Settled {}

    /** Nothing was left to be sent. */
    record Empty() implements Settled {}

    /** It is deleted, merged, or converted: what became of it must be read. */
    record Lost(String reason) implements Settled {}

    /** It is refused. */
    record Refused(String reason) implements Settled {}
  }

  CollectionUpdate(SalesforceCalls calls, OrgFields fields) {
    this.calls = calls;
    this.fields = fields;
  }

  /** Returns what became of each record; one that is missing is not decided, for the trouble. */
  Map<RecordRef, Settled> settled() {
    return settled;
  }

  /** Returns the fields that were left out of all records of a type. */
  Map<String, String> left(String type) {
    return left.getOrDefault(type, Map.of());
  }

  /** Returns why some are not decided; null when all are. */
  @Nullable CallTrouble trouble() {
    return trouble;
  }

  /** Sends these records, none twice, in this order. */
  void send(List<OutgoingRecord> records) {
    SequencedMap<RecordRef, OutgoingRecord> locked = group(records);
    if (!locked.isEmpty() && trouble == null && pause()) {
      locked = group(List.copyOf(locked.values()));
    }
    if (!locked.isEmpty() && trouble == null && pause()) {
      for (OutgoingRecord one : List.copyOf(locked.values())) {
        if (trouble == null && sent < MOST_CALLS && group(List.of(one)).isEmpty()) {
          locked.remove(one.record());
        }
      }
    }
    if (trouble == null) {
      String reason = "another transaction keeps the record, or its account, locked";
      locked.keySet().forEach(ref -> settled.putIfAbsent(ref, new Settled.Refused(reason)));
    }
  }

  /** Chance keeps two writers from meeting again and again. */
  private boolean pause() {
    long millis = PAUSE_MILLIS + calls.clock().random().nextLong(PAUSE_MILLIS);
    return new Pause(calls.clock()).sleep(millis);
  }

  /** Sends a group as often as something can be left out; returns those that are locked. */
  private SequencedMap<RecordRef, OutgoingRecord> group(List<OutgoingRecord> records) {
    SequencedMap<RecordRef, OutgoingRecord> locked = new LinkedHashMap<>();
    List<OutgoingRecord> open = records;
    while (!open.isEmpty() && trouble == null) {
      open = call(withoutLeft(open), locked);
    }
    return locked;
  }

  private List<OutgoingRecord> withoutLeft(List<OutgoingRecord> records) {
    List<OutgoingRecord> open = new ArrayList<>();
    for (OutgoingRecord one : records) {
      OutgoingRecord rest = one.without(left(one.record().type()).keySet());
      if (rest.values().isEmpty()) {
        settled.put(one.record(), new Settled.Empty());
      } else {
        open.add(rest);
      }
    }
    return open;
  }

  /** Sends a group once; returns those that are to be sent again at once. */
  private List<OutgoingRecord> call(
      List<OutgoingRecord> group, Map<RecordRef, OutgoingRecord> locked) {
    if (group.isEmpty()) {
      return group;
    }
    if (sent >= MOST_CALLS) {
      trouble =
          new CallTrouble.Wait(
              SalesforceAnswers.UNTIL_SERVICE, "Salesforce refuses too many records of one write");
      return List.of();
    }
    sent++;
    return switch (calls.update(request(group))) {
      case Reply.Answered answered -> take(answered.body(), group, locked);
      case Reply.Invalid invalid -> takeWhole(invalid, group, locked);
      case Reply.Failed failed -> {
        trouble = failed.trouble();
        yield List.of();
      }
    };
  }

  private ObjectNode request(List<OutgoingRecord> group) {
    ObjectNode request = Json.object().put("allOrNone", false);
    ArrayNode records = request.putArray("records");
    for (OutgoingRecord one : group) {
      one.put(records.addObject(), fields.of(calls, one.record().type()));
    }
    return request;
  }

  /** Nothing of the group was written. */
  private List<OutgoingRecord> takeWhole(
      Reply.Invalid invalid, List<OutgoingRecord> group, Map<RecordRef, OutgoingRecord> locked) {
    if (invalid.remedy() instanceof Remedy.SendAlone) {
      group.forEach(one -> locked.put(one.record(), one));
      return List.of();
    }
    if (group.size() == 1) {
      return settle(group.getFirst(), List.of(invalid.error()), locked);
    }
    // Whoever is to blame stands in one of the halves; the other one goes through.
    locked.putAll(group(group.subList(0, group.size() / 2)));
    locked.putAll(group(group.subList(group.size() / 2, group.size())));
    return List.of();
  }

  private List<OutgoingRecord> take(
      JsonNode body, List<OutgoingRecord> group, Map<RecordRef, OutgoingRecord> locked) {
    if (!body.isArray() || body.size() != group.size()) {
      trouble =
          new CallTrouble.Unknown(
              "Salesforce answered for "
                  + body.size()
                  + " records, and was asked to write "
                  + group.size());
      return List.of();
    }
    List<OutgoingRecord> again = new ArrayList<>();
    for (int place = 0; place < group.size(); place++) {
      JsonNode result = body.path(place);
      OutgoingRecord one = group.get(place);
      if (result.path("success").asBoolean()) {
        settled.put(one.record(), new Settled.Taken(one));
      } else {
        again.addAll(settle(one, SalesforceError.all(result.path("errors")), locked));
      }
    }
    return again;
  }

  /** Settles a record that was refused; returns it, with less in it, if it is to be sent again. */
  private List<OutgoingRecord> settle(
      OutgoingRecord one, List<SalesforceError> errors, Map<RecordRef, OutgoingRecord> locked) {
    SalesforceError error = errors.isEmpty() ? SalesforceError.NONE : errors.getFirst();
    return switch (Remedy.of(error)) {
      case Remedy.SendAlone alone -> {
        locked.put(one.record(), one);
        yield List.of();
      }
      case Remedy.LeaveOut column -> leaveOut(one, List.of(column.name()), error);
      case Remedy.LeaveUnwritten columns -> leaveOut(one, columns.names(), error);
      case Remedy.LeaveValueOut columns -> {
        OutgoingRecord rest = one.without(columns.names());
        boolean isLess = rest.values().size() < one.values().size();
        yield isLess && !rest.values().isEmpty() ? List.of(rest) : refuse(one, error);
      }
      case Remedy.ReadWhatBecame gone -> lose(one, error);
      case Remedy.FollowContact converted -> lose(one, error);
      case Remedy.AskForToken other -> refuse(one, error);
      case Remedy.GiveScope other -> refuse(one, error);
      case Remedy.WaitForDay other -> refuse(one, error);
      case Remedy.WaitForRoom other -> refuse(one, error);
      case Remedy.WaitForService other -> refuse(one, error);
      case Remedy.ListAgain other -> refuse(one, error);
      case Remedy.LeaveObjectOut other -> refuse(one, error);
      case Remedy.SetUp other -> refuse(one, error);
      case Remedy.Give other -> refuse(one, error);
    };
  }

  private List<OutgoingRecord> refuse(OutgoingRecord one, SalesforceError error) {
    settled.put(one.record(), new Settled.Refused(error.words()));
    return List.of();
  }

  private List<OutgoingRecord> lose(OutgoingRecord one, SalesforceError error) {
    settled.put(one.record(), new Settled.Lost(error.words()));
    return List.of();
  }

  private List<OutgoingRecord> leaveOut(
      OutgoingRecord one, List<String> names, SalesforceError error) {
    List<String> known = names.stream().filter(one.values()::containsKey).toList();
    if (known.isEmpty()) {
      return refuse(one, error);
    }
    Map<String, String> ofType = left.computeIfAbsent(one.record().type(), type -> new TreeMap<>());
    known.forEach(name -> ofType.putIfAbsent(name, error.words()));
    return List.of(one);
  }
}
