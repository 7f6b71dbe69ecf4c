package io.leadgauge.store;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Due;
import io.leadgauge.model.Intent;
import io.leadgauge.model.Intent.State;
import io.leadgauge.model.Intent.Step;
import io.leadgauge.model.RecordRef;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;

/** Writes intents, and reads one from a row. */
final class IntentRows {
  /** What a row of {@link #read} must begin with. */
  static final String COLUMNS =
      "record.connection, type, object_id, key, model, stage, at, due_at, subject, note, owner,"
          + " fallback_owner, state, intent.attempts, next_at, task, intent.problem";

  private final Connection connection;
  private final PreparedStatement insert;
  private final PreparedStatement update;

  IntentRows(Connection connection) throws SQLException {
    this.connection = connection;
    insert =
        connection.prepareStatement(
            "INSERT OR IGNORE INTO intent (key, record, connection, model, stage, at, due_at,"
                + " subject, note, owner, fallback_owner, state, attempts, next_at, task, problem)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    update =
        connection.prepareStatement(
            "UPDATE intent SET state = ?, attempts = ?, next_at = ?, task = ?, problem = ?"
                + " WHERE key = ?");
  }

  /** Keeps an intent, unless there is one with its key; tells whether it does. */
  boolean insert(Intent intent, long record) {
    try {
      insert.setString(1, intent.key());
      insert.setLong(2, record);
      insert.setString(3, intent.contact().connection().name());
      insert.setString(4, intent.model());
      insert.setString(5, intent.stage());
      insert.setLong(6, intent.at());
      insert.setLong(7, intent.dueAt());
      insert.setString(8, intent.subject());
      insert.setString(9, intent.note());
      insert.setString(10, intent.owner());
      insert.setString(11, intent.fallbackOwner());
      bindStep(insert, 12, intent.step());
      return insert.executeUpdate() > 0;
    } catch (SQLException e) {
      throw new StoreException("cannot store the intent " + intent.key(), e);
    }
  }

  void update(Intent intent) {
    try {
      bindStep(update, 1, intent.step());
      update.setString(6, intent.key());
      update.executeUpdate();
    } catch (SQLException e) {
      throw new StoreException("cannot store the intent " + intent.key(), e);
    }
  }

  void doubt(long now) {
    try (PreparedStatement statement =
        connection.prepareStatement("UPDATE intent SET state = ?, next_at = ? WHERE state = ?")) {
      statement.setString(1, State.SENT.word());
      statement.setLong(2, now);
      statement.setString(3, State.PLANNED.word());
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new StoreException("cannot doubt intents", e);
    }
  }

  private static void bindStep(PreparedStatement statement, int from, Step step)
      throws SQLException {
    statement.setString(from, step.state().word());
    statement.setInt(from + 1, step.attempts());
    if (step.nextAt() == Due.NEVER) {
      statement.setNull(from + 2, Types.INTEGER);
    } else {
      statement.setLong(from + 2, step.nextAt());
    }
    statement.setString(from + 3, step.task());
    statement.setString(from + 4, step.problem());
  }

  static Intent read(ResultSet row) throws SQLException {
    ConnectionId connection = new ConnectionId(row.getString(1));
    long nextAt = row.getLong(15);
    boolean never = row.wasNull();
    Step step =
        new Step(
            State.ofWord(row.getString(13)),
            row.getInt(14),
            never ? Due.NEVER : nextAt,
            row.getString(16),
            row.getString(17));
    return new Intent(
        row.getString(4),
        new RecordRef(connection, row.getString(2), row.getString(3)),
        row.getString(5),
        row.getString(6),
        row.getLong(7),
        row.getLong(8),
        row.getString(9),
        row.getString(10),
        row.getString(11),
        row.getString(12),
        step);
  }
}
