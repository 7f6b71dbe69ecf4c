package io.leadgauge.bench;

import static io.leadgauge.bench.DurableSqlite.run;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Floor B, the least that keeping contacts in SQLite costs: for every delivery the rows that the
 * product stores, into a copy of its file, many deliveries in one durable transaction, and nothing
 * that would decide what to store. As in the product, a contact that several events of a
 * transaction are about is stored once. Not thread-safe.
 */
final class FloorB implements AutoCloseable {
  private static final long LATER = 3_600_000;

  /** The values of the events are below this, see {@link Deliveries}. */
  private static final long MOST = 2_000;

  /** What adding shares up may lose. */
  private static final double TINY = 1e-9;

  private final DurableSqlite file;
  private final PreparedStatement journal;
  private final PreparedStatement body;
  private final PreparedStatement record;
  private final PreparedStatement fact;
  private final PreparedStatement entry;
  private final PreparedStatement standing;
  private long next;
  private double owed;

  /**
   * What one transaction does to a contact.
   *
   * @param deliveries the entries that name it, one for each event
   */
  private record Told(List<Long> deliveries) {}

  /**
   * Opens the floor.
   *
   * @param path a copy of a file of the product, in which the contacts are
   */
  FloorB(Path path) throws SQLException, IOException {
    file = new DurableSqlite(path);
    next = file.number("SELECT coalesce(max(seq), 0) FROM journal") + 1;
    journal =
        file.prepare(
            """
            INSERT INTO journal
              (seq, kind, connection, received_at, head, body, bytes, outcome, reason, events,
               noted)
            VALUES (?, ?, 'bench', ?, ?, ?, ?, 'applied', NULL, ?, 0)\
            """);
    body = file.prepare("INSERT INTO packed_body (seq, packing, packed) VALUES (?, 1, ?)");
    record =
        file.prepare(
            """
            UPDATE record SET version = version + 1, changed_at = ?, written_at = 0, cut = 0,
              fetch_at = NULL, write_at = ?, sweep_at = ?, attempts = 0, problem = NULL
            WHERE id = ?\
            """);
    fact =
        file.prepare(
            """
            INSERT OR IGNORE INTO property_fact (record, property, at, rank, value, received_at)
            VALUES (?, ?, ?, 2, ?, ?)\
            """);
    entry = file.prepare("INSERT OR IGNORE INTO entry_record (record, seq) VALUES (?, ?)");
    standing =
        file.prepare(
            """
            INSERT INTO standing (record, model, model_hash, scored_at, outputs, decision, recheck_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (record, model) DO UPDATE SET
              model_hash = excluded.model_hash, scored_at = excluded.scored_at,
              outputs = excluded.outputs, decision = excluded.decision,
              recheck_at = excluded.recheck_at\
            """);
  }

  /** Returns the number in the store of a contact. */
  long row(long contact) throws SQLException {
    return file.number(
        "SELECT id FROM record WHERE connection = 'bench' AND type = 'contact' AND object_id = '"
            + contact
            + "'");
  }

  /**
   * Stores deliveries.
   *
   * @param load what each of them is like
   * @param together how many are stored in one transaction
   * @param now when they come, in epoch milliseconds; a later load comes later
   * @param contacts the numbers in the store of those whom the events are about, one by one
   */
  void store(Load load, int deliveries, int together, long now, LongSupplier contacts)
      throws SQLException, IOException {
    for (int stored = 0; stored < deliveries; stored += together) {
      file.begin();
      Map<Long, Told> told = new LinkedHashMap<>();
      for (int i = 0; i < Math.min(together, deliveries - stored); i++) {
        deliver(load, now, contacts, told);
      }
      for (Map.Entry<Long, Told> contact : told.entrySet()) {
        save(load, contact.getKey(), contact.getValue().deliveries(), now);
      }
      file.commit();
    }
  }

  private void deliver(Load load, long now, LongSupplier contacts, Map<Long, Told> told)
      throws SQLException {
    long sequence = next++;
    append(sequence, "delivery", now, load.head(), "", load.bytes(), load.events());
    run(body, sequence, load.packed());
    for (int i = 0; i < load.events(); i++) {
      told.computeIfAbsent(contacts.getAsLong(), contact -> new Told(new ArrayList<>()))
          .deliveries()
          .add(sequence);
    }
  }

  private void append(
      long sequence, String kind, long now, String head, String text, long bytes, int events)
      throws SQLException {
    run(journal, sequence, kind, now, head, text.getBytes(UTF_8), bytes, events);
  }

  private void save(Load load, long contact, List<Long> deliveries, long now) throws SQLException {
    Load.Standing stands = load.standing();
    @Nullable Long writeAt = stands.isWritten() ? now : null;
    @Nullable Long sweepAt = stands.isSwept() ? now + LATER + contact : null;
    run(record, now, writeAt, sweepAt, contact);
    run(
        standing,
        contact,
        stands.model(),
        stands.hash(),
        now,
        stands.outputs(),
        stands.decision(),
        now + LATER);
    for (int i = 0; i < deliveries.size(); i++) {
      long number = deliveries.get(i) + i;
      String property = number % 2 == 0 ? "bench_visits" : "bench_seconds";
      run(fact, contact, property, now + i, Long.toString(number % MOST), now);
    }
    for (long delivery : deliveries) {
      run(entry, contact, delivery);
    }
    decide(load, contact, deliveries.size(), now);
  }

  private void decide(Load load, long contact, int events, long now) throws SQLException {
    owed += load.decided() * events;
    if (owed > 1 - TINY) {
      owed--;
      long sequence = next++;
      String text = load.decision().body();
      append(sequence, "decision", now, load.decision().head(), text, text.length(), 1);
      run(entry, contact, sequence);
    }
  }

  @Override
  public void close() throws SQLException, IOException {
    file.close();
  }
}
