package io.leadgauge.store;

import io.leadgauge.model.Activation;
import io.leadgauge.model.Decided;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Entry;
import io.leadgauge.model.Erasure;
import io.leadgauge.model.GivenUp;
import io.leadgauge.model.Observation;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Writes entries of the journal. */
final class JournalRows {
  private final PreparedStatement insert;
  private final PreparedStatement index;

  JournalRows(Connection connection) throws SQLException {
    insert =
        connection.prepareStatement(
            """
            INSERT INTO journal
              (seq, kind, connection, received_at, head, body, packing, bytes, outcome, reason,
               events, noted)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
            """);
    index =
        connection.prepareStatement(
            "INSERT OR IGNORE INTO entry_record (record, seq) VALUES (?, ?)");
  }

  long append(long sequence, Entry entry, Outcome outcome) {
    return append(sequence, entry, columns(entry), outcome);
  }

  long append(long sequence, PackedDelivery delivery, Outcome outcome) {
    return append(sequence, delivery.delivery(), columns(delivery), outcome);
  }

  private long append(long sequence, Entry entry, Columns columns, Outcome outcome) {
    try {
      insert.setLong(1, sequence);
      insert.setString(2, columns.kind());
      insert.setString(3, columns.connection());
      insert.setLong(4, entry.receivedAt());
      insert.setString(5, columns.head());
      insert.setBytes(6, columns.body().bytes());
      insert.setInt(7, columns.body().packing().code());
      insert.setLong(8, columns.bytes());
      insert.setString(9, outcome.quarantined() == null ? "applied" : "quarantined");
      insert.setString(10, outcome.quarantined());
      insert.setInt(11, outcome.events());
      insert.setInt(12, outcome.noted());
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

  private record Columns(String kind, String connection, String head, Packed body, long bytes) {
    static Columns of(String kind, String connection, String head, Packing packing, String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return new Columns(kind, connection, head, packing.pack(bytes), bytes.length);
    }
  }

  private static Columns columns(PackedDelivery packed) {
    Delivery delivery = packed.delivery();
    return new Columns(
        StoredEntry.DELIVERY,
        delivery.connection().name(),
        JsonText.deliveryHead(delivery),
        packed.packed(),
        delivery.body().length);
  }

  private static Columns columns(Entry entry) {
    return switch (entry) {
      case Delivery delivery -> columns(PackedDelivery.of(delivery));
      case Observation observation ->
          Columns.of(
              StoredEntry.OBSERVATION,
              observation.connection().name(),
              JsonText.observationHead(observation),
              Packing.FACTS,
              JsonText.facts(observation.facts()));
      case Activation activation ->
          Columns.of(
              "activation",
              "",
              JsonText.activationHead(activation),
              Packing.PLAIN,
              activation.text());
      case Erasure erasure ->
          Columns.of(
              "erasure",
              erasure.connection().name(),
              JsonText.erasureHead(erasure),
              Packing.PLAIN,
              "");
      case GivenUp givenUp ->
          Columns.of(
              "given-up",
              givenUp.connection().name(),
              JsonText.givenUpHead(givenUp),
              Packing.PLAIN,
              "");
      case Decided decided ->
          Columns.of(
              "decision",
              decided.contact().connection().name(),
              JsonText.decidedHead(decided, decided.contact()),
              Packing.PLAIN,
              JsonText.decision(decided.decision()));
    };
  }
}
