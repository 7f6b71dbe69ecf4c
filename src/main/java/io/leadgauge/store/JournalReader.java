package io.leadgauge.store;

import io.leadgauge.model.Activation;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Decision;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Entry;
import io.leadgauge.model.Erasure;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.Retried;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the journal back in commit order. What is left of a decision on somebody who was erased is
 * passed over. Thread-safe; belongs to a {@link StoreReader} and ends with it.
 */
public final class JournalReader {
  /** About how much of bodies is read at once. */
  private static final long MOST_BYTES = 4 << 20;

  private static final String ENTRY =
      "SELECT seq, kind, connection, received_at, head, outcome, reason, events, noted, "
          + StoredBody.COLUMNS
          + StoredBody.FROM;

  private static final String ACTIVATION =
      ENTRY + " WHERE kind = 'activation' AND head ->> 'kind' = ?1 AND head ->> 'name' = ?2";

  private final Queries queries;

  JournalReader(Queries queries) {
    this.queries = queries;
  }

  /**
   * Returns entries of all kinds in commit order: fewer than asked for where they are long, and
   * none only where there are no more.
   *
   * @param sequence only those after this one
   */
  public List<JournalEntry> after(long sequence, int limit) {
    return queries.list(
        ENTRY + " WHERE seq > ? AND kind <> 'erased' ORDER BY seq LIMIT ?",
        statement -> {
          statement.setLong(1, sequence);
          statement.setInt(2, limit);
        },
        this::entry,
        JournalEntry::bytes,
        MOST_BYTES);
  }

  /**
   * Returns the entries that name any of these records, in commit order.
   *
   * @param sequence only those after this one
   */
  public List<JournalEntry> naming(Collection<RecordRef> records, long sequence, int limit) {
    List<RecordRef> refs = new ArrayList<>(records);
    if (refs.isEmpty()) {
      return List.of();
    }
    String keys = String.join(", ", refs.stream().map(ref -> "(?, ?, ?)").toList());
    return queries.list(
        ENTRY
            + """
             WHERE kind <> 'erased' AND seq IN (
              SELECT e.seq FROM entry_record e JOIN record r ON r.id = e.record
              WHERE (r.connection, r.type, r.object_id) IN (VALUES %s) AND e.seq > ?
              ORDER BY e.seq LIMIT ?)
            ORDER BY seq\
            """
                .formatted(keys),
        statement -> {
          int place = 1;
          for (RecordRef ref : refs) {
            statement.setString(place++, ref.connection().name());
            statement.setString(place++, ref.type());
            statement.setString(place++, ref.id());
          }
          statement.setLong(place++, sequence);
          statement.setInt(place, limit);
        },
        this::entry);
  }

  /** Returns an entry, if there is one with this number. */
  public Optional<JournalEntry> entry(long sequence) {
    return queries
        .list(
            ENTRY + " WHERE seq = ? AND kind <> 'erased'",
            statement -> statement.setLong(1, sequence),
            this::entry)
        .stream()
        .findFirst();
  }

  /** Returns a decision as the journal keeps it: equal decisions give equal bytes. */
  public static String text(Decision decision) {
    return JsonText.decision(decision);
  }

  /** Returns the number of the last entry; 0 if there is none. */
  public long last() {
    return queries
        .list("SELECT coalesce(max(seq), 0) FROM journal", statement -> {}, row -> row.getLong(1))
        .getFirst();
  }

  /** Returns the last activation of a kind and name that is no later than an entry. */
  public Optional<JournalEntry> lastActivation(String kind, String name, long sequence) {
    return found(" AND seq <= ?3 ORDER BY seq DESC", kind, name, sequence);
  }

  /** Returns the first activation of a kind and name after an entry. */
  public Optional<JournalEntry> nextActivation(String kind, String name, long sequence) {
    return found(" AND seq > ?3 ORDER BY seq", kind, name, sequence);
  }

  private Optional<JournalEntry> found(String which, String kind, String name, long sequence) {
    return queries
        .list(
            ACTIVATION + which + " LIMIT 1",
            statement -> {
              statement.setString(1, kind);
              statement.setString(2, name);
              statement.setLong(3, sequence);
            },
            this::entry)
        .stream()
        .findFirst();
  }

  /**
   * Returns the versions of manifests that came into force, newest first.
   *
   * @param name of manifests with this name; null for all
   */
  public List<Activation> activations(@Nullable String name) {
    return queries.list(
        ENTRY
            + " WHERE kind = 'activation' AND (?1 IS NULL OR head ->> 'name' = ?1)"
            + " ORDER BY seq DESC",
        statement -> statement.setString(1, name),
        JournalReader::activation);
  }

  /** Returns the last text that was kept of a version no later than an entry. */
  public Optional<Activation> activation(String kind, String name, String hash, long sequence) {
    return queries
        .list(
            ACTIVATION + " AND head ->> 'hash' = ?3 AND seq <= ?4 ORDER BY seq DESC LIMIT 1",
            statement -> {
              statement.setString(1, kind);
              statement.setString(2, name);
              statement.setString(3, hash);
              statement.setLong(4, sequence);
            },
            JournalReader::activation)
        .stream()
        .findFirst();
  }

  private static Activation activation(ResultSet row) throws SQLException {
    return JsonText.activation(row.getLong(4), row.getString(5), text(row.getBytes(10)));
  }

  private JournalEntry entry(ResultSet row) throws SQLException {
    Outcome outcome =
        switch (row.getString(6)) {
          case "quarantined" -> Outcome.quarantined(row.getString(7));
          case JournalRows.RETRIED -> Outcome.retried(row.getInt(8), row.getInt(9));
          default -> Outcome.applied(row.getInt(8), row.getInt(9));
        };
    if (row.getString(2).equals(JournalRows.RETRIED)) {
      return retried(row, outcome);
    }
    StoredBody body = StoredBody.read(row, 10);
    return new JournalEntry(row.getLong(1), content(row, body.bytes()), outcome, !body.emptied());
  }

  /** Whether its delivery still has a body is what matters of such an entry. */
  private JournalEntry retried(ResultSet row, Outcome outcome) throws SQLException {
    long number = JsonText.retriedDelivery(row.getString(5));
    long receivedAt = row.getLong(4);
    JournalEntry kept = entry(number).orElse(null);
    boolean hasBody = kept != null && kept.hasBody() && kept.entry() instanceof Delivery;
    Delivery delivery =
        kept != null && kept.entry() instanceof Delivery found
            ? found
            : RequestText.delivery(
                new ConnectionId(row.getString(3)), receivedAt, "{}", new byte[0]);
    Retried entry = new Retried(receivedAt, number, delivery);
    return new JournalEntry(row.getLong(1), entry, outcome, hasBody);
  }

  private static Entry content(ResultSet row, byte[] body) throws SQLException {
    String kind = row.getString(2);
    long receivedAt = row.getLong(4);
    String head = row.getString(5);
    if (kind.equals("activation")) {
      return JsonText.activation(receivedAt, head, text(body));
    }
    ConnectionId connection = new ConnectionId(row.getString(3));
    return switch (kind) {
      case "delivery" -> RequestText.delivery(connection, receivedAt, head, body);
      case "observation" -> FactText.observation(connection, receivedAt, head, text(body));
      case "decision" -> JsonText.decided(connection, receivedAt, head, text(body));
      case "erasure" -> new Erasure(receivedAt, connection, JsonText.erasedRecords(head));
      case "given-up" -> JsonText.givenUp(connection, receivedAt, head);
      default -> throw new StoreException("the journal holds an entry of kind " + kind);
    };
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }
}
