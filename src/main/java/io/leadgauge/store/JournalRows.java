package io.leadgauge.store;

import io.leadgauge.model.Activation;
import io.leadgauge.model.Decided;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Entry;
import io.leadgauge.model.Erasure;
import io.leadgauge.model.GivenUp;
import io.leadgauge.model.Observation;
import io.leadgauge.model.Retried;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Writes entries of the journal. */
final class JournalRows {
  /** The kind of an entry by which a delivery was applied later, and the outcome of that one. */
  static final String RETRIED = "retried";

  private final PreparedStatement insert;
  private final PreparedStatement insertBody;
  private final PreparedStatement index;
  private final PreparedStatement retried;
  private final PreparedStatement stays;

  JournalRows(Connection connection) throws SQLException {
    insert =
        connection.prepareStatement(
            """
            INSERT INTO journal
              (seq, kind, connection, received_at, head, body, bytes, outcome, reason, events,
               noted)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
            """);
    insertBody =
        connection.prepareStatement(
            "INSERT INTO packed_body (seq, packing, packed) VALUES (?, ?, ?)");
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
      insert.setBytes(6, columns.body());
      insert.setLong(7, columns.bytes());
      insert.setString(8, outcome.quarantined() == null ? "applied" : "quarantined");
      insert.setString(9, outcome.quarantined());
      insert.setInt(10, outcome.events());
      insert.setInt(11, outcome.noted());
      insert.executeUpdate();
      insert(sequence, columns.packed());
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

  private void insert(long sequence, @Nullable Packed body) throws SQLException {
    if (body != null) {
      insertBody.setLong(1, sequence);
      insertBody.setInt(2, body.packing().code());
      insertBody.setBytes(3, body.bytes());
      insertBody.executeUpdate();
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

  /**
   * What is stored of an entry.
   *
   * @param body a body that stays with its entry
   * @param packed one that may go before it; null for none
   * @param bytes how long either is as it came
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes on their way into one row
  private record Columns(
      String kind,
      String connection,
      String head,
      byte[] body,
      @Nullable Packed packed,
      long bytes) {
    private static final byte[] NONE = new byte[0];

    static Columns staying(String kind, String connection, String head, String body) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      return new Columns(kind, connection, head, bytes, null, bytes.length);
    }

    static Columns packed(String kind, String connection, String head, Packed body, long bytes) {
      return new Columns(kind, connection, head, NONE, body, bytes);
    }
  }

  private static Columns columns(PackedDelivery packed) {
    Delivery delivery = packed.delivery();
    return Columns.packed(
        StoredEntry.DELIVERY,
        delivery.connection().name(),
        JsonText.deliveryHead(delivery),
        packed.packed(),
        delivery.body().length);
  }

  private static Columns columns(Observation observation) {
    byte[] learned = FactText.observed(observation).getBytes(StandardCharsets.UTF_8);
    return Columns.packed(
        StoredEntry.OBSERVATION,
        observation.connection().name(),
        FactText.observationHead(observation),
        Packing.FACTS.pack(learned),
        learned.length);
  }

  private static Columns columns(Entry entry) {
    return switch (entry) {
      case Delivery delivery -> columns(PackedDelivery.of(delivery));
      case Retried retried ->
          Columns.staying(RETRIED, retried.connection().name(), JsonText.retriedHead(retried), "");
      case Observation observation -> columns(observation);
      case Activation activation ->
          Columns.staying("activation", "", JsonText.activationHead(activation), activation.text());
      case Erasure erasure ->
          Columns.staying(
              "erasure", erasure.connection().name(), JsonText.erasureHead(erasure), "");
      case GivenUp givenUp ->
          Columns.staying(
              "given-up", givenUp.connection().name(), JsonText.givenUpHead(givenUp), "");
      case Decided decided ->
          Columns.staying(
              "decision",
              decided.contact().connection().name(),
              JsonText.decidedHead(decided, decided.contact()),
              JsonText.decision(decided.decision()));
    };
  }
}
