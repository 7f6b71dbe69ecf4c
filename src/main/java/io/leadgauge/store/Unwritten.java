package io.leadgauge.store;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Contested;
import io.leadgauge.model.Due;
import io.leadgauge.model.Intent;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RefusedField;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is not in the CRM as it should be, or not yet: hand-offs on their way to a task, fields that
 * the CRM refuses, fields that are left to other writers. Thread-safe.
 */
public final class Unwritten {
  private final Queries queries;

  Unwritten(Queries queries) {
    this.queries = queries;
  }

  /** Returns the fields that a connection's CRM refuses, by property. */
  public SortedMap<String, RefusedField> refusedFields(ConnectionId connectionId) {
    SortedMap<String, RefusedField> fields = new TreeMap<>();
    queries
        .list(
            "SELECT property, message, since, tries, next_try_at, definition FROM refused_field"
                + " WHERE connection = ?",
            statement -> statement.setString(1, connectionId.name()),
            row ->
                new RefusedField(
                    row.getString(1),
                    row.getString(2),
                    row.getLong(3),
                    row.getInt(4),
                    row.getLong(5),
                    row.getString(6)))
        .forEach(field -> fields.put(field.property(), field));
    return fields;
  }

  /** Returns fields of a connection that are left to other writers at an instant, latest first. */
  public List<Contested> contested(ConnectionId connectionId, long now, int limit) {
    return queries.list(
        "SELECT "
            + ContestRows.COLUMNS
            + " FROM contest JOIN record ON record.id = contest.record"
            + " WHERE contest.connection = ? AND until > ? ORDER BY until DESC LIMIT ?",
        statement -> {
          statement.setString(1, connectionId.name());
          statement.setLong(2, now);
          statement.setInt(3, limit);
        },
        ContestRows::read);
  }

  /** Returns how many fields of a connection are left to other writers at an instant. */
  public long countContested(ConnectionId connectionId, long now) {
    return countContested(connectionId, now, Long.MAX_VALUE);
  }

  /** Returns the same, but no more than {@code most}. */
  public long countContested(ConnectionId connectionId, long now, long most) {
    return queries
        .list(
            "SELECT count(*) FROM"
                + " (SELECT 1 FROM contest WHERE connection = ? AND until > ? LIMIT ?)",
            statement -> {
              statement.setString(1, connectionId.name());
              statement.setLong(2, now);
              statement.setLong(3, most);
            },
            row -> row.getLong(1))
        .getFirst();
  }

  private static final String INTENTS =
      "SELECT " + IntentRows.COLUMNS + " FROM intent JOIN record ON record.id = intent.record ";

  /** Returns intents of a connection whose next step is due, the longest due first. */
  public List<Intent> dueIntents(ConnectionId connectionId, long until, int limit) {
    return queries.list(
        INTENTS + "WHERE intent.connection = ? AND next_at <= ? ORDER BY next_at LIMIT ?",
        statement -> {
          statement.setString(1, connectionId.name());
          statement.setLong(2, until);
          statement.setInt(3, limit);
        },
        IntentRows::read);
  }

  /** Returns when the next step of any intent of a connection is due; never if none is. */
  public long nextIntentStep(ConnectionId connectionId) {
    return queries
        .list(
            "SELECT min(next_at) FROM intent WHERE connection = ? AND next_at IS NOT NULL",
            statement -> statement.setString(1, connectionId.name()),
            row -> {
              long at = row.getLong(1);
              return row.wasNull() ? Due.NEVER : at;
            })
        .getFirst();
  }

  /**
   * Returns the intents of a connection that are in a state, the latest first.
   *
   * @param since decided at this instant or later
   */
  public List<Intent> intents(
      ConnectionId connectionId, Intent.State state, long since, int limit) {
    return queries.list(
        INTENTS + "WHERE intent.connection = ? AND state = ? AND at >= ? ORDER BY at DESC LIMIT ?",
        statement -> {
          statement.setString(1, connectionId.name());
          statement.setString(2, state.word());
          statement.setLong(3, since);
          statement.setInt(4, limit);
        },
        IntentRows::read);
  }

  /** Returns how many intents of a connection wait for a step. */
  public long countOpenIntents(ConnectionId connectionId) {
    return countOpenIntents(connectionId, Long.MAX_VALUE);
  }

  /** Returns the same, but no more than {@code most}. */
  public long countOpenIntents(ConnectionId connectionId, long most) {
    return queries
        .list(
            "SELECT count(*) FROM"
                + " (SELECT 1 FROM intent WHERE connection = ? AND next_at IS NOT NULL LIMIT ?)",
            statement -> {
              statement.setString(1, connectionId.name());
              statement.setLong(2, most);
            },
            row -> row.getLong(1))
        .getFirst();
  }

  /** Tells whether an intent is kept; it is not once its contact was erased. */
  public boolean isKept(String key) {
    return !queries
        .list(
            "SELECT 1 FROM intent WHERE key = ?",
            statement -> statement.setString(1, key),
            row -> row.getInt(1))
        .isEmpty();
  }

  /** Returns the last intents of a record, the latest first. */
  public List<Intent> intentsOf(RecordRef ref, int limit) {
    return queries.list(
        INTENTS
            + "WHERE record.connection = ? AND type = ? AND object_id = ? ORDER BY at DESC LIMIT ?",
        statement -> {
          statement.setString(1, ref.connection().name());
          statement.setString(2, ref.type());
          statement.setString(3, ref.id());
          statement.setInt(4, limit);
        },
        IntentRows::read);
  }
}
