package io.leadgauge.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts the calls of the CRM API, exactly. The control API is not counted. */
final class CallLog {
  private static final Comparator<Key> ORDER =
      Comparator.comparing(Key::route)
          .thenComparing(Key::method)
          .thenComparingLong(Key::appId)
          .thenComparing(Key::outcome);

  private static final Comparator<Writer> BY_TYPE =
      Comparator.comparing(Writer::type).thenComparingLong(Writer::appId);

  private final SortedMap<Key, Long> calls = new TreeMap<>(ORDER);
  private final SortedMap<String, Batches> batches = new TreeMap<>();
  private final SortedMap<Writer, Writes> writes = new TreeMap<>(BY_TYPE);

  /** What is counted together; the outcome is a status, or the name of a fault. */
  private record Key(String method, String route, long appId, String outcome) {}

  private record Writer(ObjectType type, long appId) {}

  private static final class Batches {
    private long calls;
    private long inputs;
    private int largest;
  }

  private static final class Writes {
    private long calls;
    private long records;
    private long changed;
    private long equal;
  }

  void called(String method, String route, long appId, String outcome) {
    calls.merge(new Key(method, route, appId, outcome), 1L, Long::sum);
  }

  void batch(String route, int inputs) {
    Batches batch = batches.computeIfAbsent(route, key -> new Batches());
    batch.calls++;
    batch.inputs += inputs;
    batch.largest = Math.max(batch.largest, inputs);
  }

  /** A call that wrote records of a type took effect. */
  void writeCall(ObjectType type, long appId) {
    writes(type, appId).calls++;
  }

  /** A record was written, with so many values changed and so many equal to the old ones. */
  void written(ObjectType type, long appId, Portal.Written written) {
    Writes count = writes(type, appId);
    count.records++;
    count.changed += written.changed();
    count.equal += written.equal();
  }

  void clear() {
    calls.clear();
    batches.clear();
    writes.clear();
  }

  ObjectNode describe() {
    ObjectNode all = Json.object();
    all.put("total", calls.values().stream().mapToLong(Long::longValue).sum());
    all.put("rateLimited", withOutcome("429"));
    describeCalls(all.putArray("calls"));
    describeBatches(all.putArray("batches"));
    describeWrites(all.putArray("contactWrites"), all.putArray("otherWrites"));
    return all;
  }

  private long withOutcome(String outcome) {
    return calls.entrySet().stream()
        .filter(entry -> entry.getKey().outcome().equals(outcome))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private void describeCalls(ArrayNode rows) {
    calls.forEach(
        (key, count) -> {
          ObjectNode row = rows.addObject();
          row.put("method", key.method());
          row.put("route", key.route());
          row.put("appId", key.appId());
          row.put("outcome", key.outcome());
          row.put("count", count);
        });
  }

  private void describeBatches(ArrayNode rows) {
    batches.forEach(
        (route, batch) -> {
          ObjectNode row = rows.addObject();
          row.put("route", route);
          row.put("calls", batch.calls);
          row.put("inputs", batch.inputs);
          row.put("largest", batch.largest);
        });
  }

  private void describeWrites(ArrayNode ofContacts, ArrayNode ofOthers) {
    writes.forEach(
        (writer, count) -> {
          boolean contact = writer.type() == ObjectType.CONTACT;
          ObjectNode row = (contact ? ofContacts : ofOthers).addObject();
          if (!contact) {
            row.put("type", writer.type().plural());
          }
          row.put("appId", writer.appId());
          row.put("calls", count.calls);
          row.put(contact ? "contacts" : "records", count.records);
          row.put("changedValues", count.changed);
          row.put("equalValues", count.equal);
        });
  }

  private Writes writes(ObjectType type, long appId) {
    return writes.computeIfAbsent(new Writer(type, appId), writer -> new Writes());
  }
}
