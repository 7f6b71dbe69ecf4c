package io.leadgauge.store;

import io.leadgauge.model.Activation;
import io.leadgauge.model.Decided;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Entry;
import io.leadgauge.model.Erasure;
import io.leadgauge.model.Observation;
import io.leadgauge.model.Retried;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Writes entries of the journal. */
final class JournalRows {
  /** The kind of an entry by which a delivery was applied later, and the outcome of that one. */
  static final String RETRIED = "retried";

  private final PreparedStatement insert;
  private final PreparedStatement index;
  private final PreparedStatement retried;
  private final PreparedStatement stays;

  JournalRows(Connection connection) throws SQLException {
    insert =
        connection.prepareStatement(
            """
            INSERT INTO journal
              (seq, kind, connection, received_at, head, body, outcome, reason, events, noted)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
            """);
    index =
        connection.prepareStatement(
            "INSERT OR IGNORE INTO entry_record (record, seq) VALUES (?, ?)");
    retried =
        connection.prepareStatement(
            """
            UPDATE journal SET reason = NULL, events = ?, noted = ?,
              outcome = CASE outcome WHEN 'quarantined' THEN 'retried' ELSE outcome END
            WHERE seq = ? AND kind = 'delivery'\
            """);
    stays =
        connection.prepareStatement(
            "UPDATE journal SET reason = ? WHERE seq = ? AND outcome = 'quarantined'");
  }

  long append(long sequence, Entry entry, Outcome outcome) {
    Columns columns = columns(entry);
    try {
      insert.setLong(1, sequence);
      insert.setString(2, columns.kind());
      insert.setString(3, columns.connection());
      insert.setLong(4, entry.receivedAt());
      insert.setString(5, columns.head());
      insert.setBytes(6, columns.body());
      insert.setString(7, outcome.quarantined() == null ? "applied" : "quarantined");
      insert.setString(8, outcome.quarantined());
      insert.setInt(9, outcome.events());
      insert.setInt(10, outcome.noted());
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new StoreException("cannot append to the journal", e);
    }
    return sequence;
  }

  void index(long sequence, long record) {
    try {
      index.setLong(1, record);
      index.setLong(2, sequence);
      index.executeUpdate();
    } catch (SQLException e) {
      throw new StoreException("cannot index the journal", e);
    }
  }

  /** Notes that a later entry has applied a delivery. */
  void retried(long delivery, Outcome outcome) {
    try {
      retried.setInt(1, outcome.events());
      retried.setInt(2, outcome.noted());
      retried.setLong(3, delivery);
      retried.executeUpdate();
    } catch (SQLException e) {
      throw new StoreException("cannot note that delivery " + delivery + " was applied", e);
    }
  }

  /** Notes why a quarantined delivery could not be applied when that was tried last. */
  void stays(long delivery, String reason) {
    try {
      stays.setString(1, reason);
      stays.setLong(2, delivery);
      stays.executeUpdate();
    } catch (SQLException e) {
      throw new StoreException("cannot note why delivery " + delivery + " stays", e);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // bytes on their way into one row
  private record Columns(String kind, String connection, String head, byte[] body) {}

  private static Columns columns(Entry entry) {
    return switch (entry) {
      case Delivery delivery ->
          new Columns(
              "delivery",
              delivery.connection().name(),
              JsonText.deliveryHead(delivery),
              delivery.body());
      case Retried retried ->
          new Columns(
              RETRIED, retried.connection().name(), JsonText.retriedHead(retried), new byte[0]);
      case Observation observation ->
          new Columns(
              "observation",
              observation.connection().name(),
              JsonText.observationHead(observation),
              bytes(JsonText.observed(observation)));
      case Activation activation ->
          new Columns(
              "activation", "", JsonText.activationHead(activation), bytes(activation.text()));
      case Erasure erasure ->
          new Columns(
              "erasure", erasure.connection().name(), JsonText.erasureHead(erasure), new byte[0]);
      case Decided decided ->
          new Columns(
              "decision",
              decided.contact().connection().name(),
              JsonText.decidedHead(decided, decided.contact()),
              bytes(JsonText.decision(decided.decision())));
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
