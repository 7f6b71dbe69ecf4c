package io.leadgauge.sandbox.salesforce;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts the calls of the API, exactly. The control API is not counted. */
final class CallCounts {
  private static final Comparator<Key> ORDER =
      Comparator.comparing(Key::route)
          .thenComparing(Key::method)
          .thenComparing(Key::client)
          .thenComparing(Key::outcome);
  private static final Comparator<Writer> BY_TYPE =
      Comparator.comparing(Writer::type).thenComparing(Writer::client);

  private final SortedMap<Key, Long> calls = new TreeMap<>(ORDER);
  private final SortedMap<String, Batches> batches = new TreeMap<>();
  private final SortedMap<Writer, Writes> writes = new TreeMap<>(BY_TYPE);

  /** What is counted together; the outcome is a status, or the name of a fault. */
  private record Key(String method, String route, String client, String outcome) {}

  private record Writer(String type, String client) {}

  private static final class Batches {
    private long calls;
    private long records;
    private int largest;
  }

  private static final class Writes {
    private long created;
    private long updated;
    private long failed;
    private long changed;
    private long equal;
  }

  void called(String method, String route, String client, String outcome) {
    calls.merge(new Key(method, route, client, outcome), 1L, Long::sum);
  }

  /** A call was about so many records. */
  void batch(String route, int records) {
    Batches batch = batches.computeIfAbsent(route, key -> new Batches());
    batch.calls++;
    batch.records += records;
    batch.largest = Math.max(batch.largest, records);
  }

  /** A record was to be written, with so many values other than the old ones, and so many equal. */
  void written(String type, String client, Saved saved, int changed, int equal) {
    Writes count = writes.computeIfAbsent(new Writer(type, client), key -> new Writes());
    switch (saved) {
      case Saved.Done(String id, boolean created) -> {
        count.created += created ? 1 : 0;
        count.updated += created ? 0 : 1;
        count.changed += changed;
        count.equal += equal;
      }
      case Saved.Failed(SaveError error) -> count.failed++;
    }
  }

  void clear() {
    calls.clear();
    batches.clear();
    writes.clear();
  }

  ObjectNode describe() {
    ObjectNode all = Json.object();
    all.put("total", calls.values().stream().mapToLong(Long::longValue).sum());
    ArrayNode rows = all.putArray("calls");
    calls.forEach(
        (key, count) -> {
          ObjectNode row = rows.addObject();
          row.put("method", key.method());
          row.put("route", key.route());
          row.put("client", key.client());
          row.put("outcome", key.outcome());
          row.put("count", count);
        });
    describeBatches(all.putArray("batches"));
    describeWrites(all.putArray("writes"));
    return all;
  }

  private void describeBatches(ArrayNode rows) {
    batches.forEach(
        (route, batch) -> {
          ObjectNode row = rows.addObject();
          row.put("route", route);
          row.put("calls", batch.calls);
          row.put("records", batch.records);
          row.put("largest", batch.largest);
        });
  }

  private void describeWrites(ArrayNode rows) {
    writes.forEach(
        (writer, count) -> {
          ObjectNode row = rows.addObject();
          row.put("type", writer.type());
          row.put("client", writer.client());
          row.put("created", count.created);
          row.put("updated", count.updated);
          row.put("failed", count.failed);
          row.put("changedValues", count.changed);
          row.put("equalValues", count.equal);
        });
  }
}
