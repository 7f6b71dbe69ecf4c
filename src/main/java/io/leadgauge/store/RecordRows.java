package io.leadgauge.store;

import io.leadgauge.model.Due;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.Standing;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads and writes records with their standings; facts are rows of their own. */
final class RecordRows {
  private static final String DUE_COLUMNS = "fetch_at, write_at, sweep_at, attempts, problem";

  private final FactRows facts;
  private final PreparedStatement select;
  private final PreparedStatement insert;
  private final PreparedStatement update;
  private final PreparedStatement updateDue;
  private final PreparedStatement selectStandings;
  private final PreparedStatement upsertStanding;
  private final PreparedStatement selectAbsorbed;
  private final PreparedStatement selectHolders;

  RecordRows(Connection connection, FactRows facts) throws SQLException {
    this.facts = facts;
    select =
        connection.prepareStatement(
            "SELECT id, version, first_seen_at, changed_at, written_at, cut, "
                + DUE_COLUMNS
                + " FROM record WHERE connection = ? AND type = ? AND object_id = ?");
    insert =
        connection.prepareStatement(
            "INSERT INTO record (connection, type, object_id, version, first_seen_at, changed_at,"
                + " written_at, cut, "
                + DUE_COLUMNS
                + ")"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id");
    String changes =
        "UPDATE record SET version = ?, first_seen_at = ?, changed_at = ?, written_at = ?, cut = ?";
    update = connection.prepareStatement(changes + " WHERE id = ?");
    // To name a column writes its index, also where the value stays the same.
    updateDue =
        connection.prepareStatement(
            changes
                + ", fetch_at = ?, write_at = ?, sweep_at = ?, attempts = ?, problem = ?"
                + " WHERE id = ?");
    selectStandings =
        connection.prepareStatement(
            "SELECT model, model_hash, scored_at, outputs, decision, recheck_at"
                + " FROM standing WHERE record = ?");
    upsertStanding =
        connection.prepareStatement(
            """
            INSERT INTO standing (record, model, model_hash, scored_at, outputs, decision, recheck_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (record, model) DO UPDATE SET
              model_hash = excluded.model_hash, scored_at = excluded.scored_at,
              outputs = excluded.outputs, decision = excluded.decision,
              recheck_at = excluded.recheck_at\
            """);
    selectAbsorbed =
        connection.prepareStatement(
            """
            SELECT DISTINCT r.type, r.object_id FROM link_fact l JOIN record r ON r.id = l.record
            WHERE l.to_type = ? AND l.to_id = ? AND l.kind IN ('MERGED_INTO', 'CONVERTED_TO')
              AND r.connection = ?\
            """);
    // The pluses keep the planner from walking all contacts.
    selectHolders =
        connection.prepareStatement(
            """
            SELECT DISTINCT r.type, r.object_id FROM property_fact p JOIN record r ON r.id = p.record
            WHERE p.property IN ('email', 'Email') AND lower(p.value) = ?
              AND +r.connection = ? AND +r.type IN ('contact', 'lead') LIMIT 100\
            """);
  }

  /** A CRM lets one contact have an address; those that had it before are few. */
  List<RecordRef> contactsWithAddress(RecordRef address) {
    try {
      selectHolders.setString(1, address.id());
      selectHolders.setString(2, address.connection().name());
      List<RecordRef> contacts = new ArrayList<>();
      try (ResultSet row = selectHolders.executeQuery()) {
        while (row.next()) {
          contacts.add(new RecordRef(address.connection(), row.getString(1), row.getString(2)));
        }
      }
      return contacts;
    } catch (SQLException e) {
      throw new StoreException("cannot look up who has an e-mail address", e);
    }
  }

  Optional<RecordState> load(RecordRef ref) {
    try {
      select.setString(1, ref.connection().name());
      select.setString(2, ref.type());
      select.setString(3, ref.id());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(state(ref, row)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new StoreException("cannot read " + ref, e);
    }
  }

  private RecordState state(RecordRef ref, ResultSet row) throws SQLException {
    long id = row.getLong(1);
    Due due =
        new Due(
            instant(row, 7), instant(row, 8), instant(row, 9), row.getInt(10), row.getString(11));
    return new RecordState(
        ref,
        id,
        row.getLong(2),
        row.getLong(3),
        row.getLong(4),
        row.getLong(5),
        row.getLong(6),
        RecordFacts.NONE.join(facts.load(ref, id)).facts(),
        standings(id),
        due,
        absorbed(ref));
  }

  /** Returns what a link ever led from to a record as its survivor, which has the same type. */
  private Set<RecordRef> absorbed(RecordRef survivor) throws SQLException {
    selectAbsorbed.setString(1, survivor.type());
    selectAbsorbed.setString(2, survivor.id());
    selectAbsorbed.setString(3, survivor.connection().name());
    Set<RecordRef> absorbed = new HashSet<>();
    try (ResultSet row = selectAbsorbed.executeQuery()) {
      while (row.next()) {
        absorbed.add(new RecordRef(survivor.connection(), row.getString(1), row.getString(2)));
      }
    }
    return absorbed;
  }

  private Map<String, Standing> standings(long record) throws SQLException {
    selectStandings.setLong(1, record);
    Map<String, Standing> standings = new HashMap<>();
    try (ResultSet row = selectStandings.executeQuery()) {
      while (row.next()) {
        standings.put(
            row.getString(1),
            new Standing(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                JsonText.outputs(row.getString(4)),
                JsonText.decision(row.getString(5)),
                row.getLong(6)));
      }
    }
    return standings;
  }

  RecordState save(RecordChange change) {
    RecordState state = change.state();
    try {
      RecordState stored = state.rowId() == 0 ? inserted(state) : updated(state, change.due());
      for (Standing standing : change.standings()) {
        save(stored.rowId(), standing);
      }
      return stored;
    } catch (SQLException e) {
      throw new StoreException("cannot store " + state.ref(), e);
    }
  }

  private RecordState inserted(RecordState state) throws SQLException {
    insert.setString(1, state.ref().connection().name());
    insert.setString(2, state.ref().type());
    insert.setString(3, state.ref().id());
    bindState(insert, 4, state);
    bindDue(insert, 9, state.due());
    try (ResultSet row = insert.executeQuery()) {
      row.next();
      return state.withRowId(row.getLong(1));
    }
  }

  private RecordState updated(RecordState state, boolean due) throws SQLException {
    PreparedStatement statement = due ? updateDue : update;
    bindState(statement, 1, state);
    if (due) {
      bindDue(statement, 6, state.due());
    }
    statement.setLong(due ? 11 : 6, state.rowId());
    statement.executeUpdate();
    return state;
  }

  private static void bindState(PreparedStatement statement, int from, RecordState state)
      throws SQLException {
    statement.setLong(from, state.version());
    statement.setLong(from + 1, state.firstSeenAt());
    statement.setLong(from + 2, state.changedAt());
    statement.setLong(from + 3, state.writtenAt());
    statement.setLong(from + 4, state.cut());
  }

  private static void bindDue(PreparedStatement statement, int from, Due due) throws SQLException {
    bindInstant(statement, from, due.fetchAt());
    bindInstant(statement, from + 1, due.writeAt());
    bindInstant(statement, from + 2, due.sweepAt());
    statement.setInt(from + 3, due.attempts());
    statement.setString(from + 4, due.problem());
  }

  private void save(long record, Standing standing) throws SQLException {
    upsertStanding.setLong(1, record);
    upsertStanding.setString(2, standing.model());
    upsertStanding.setString(3, standing.modelHash());
    upsertStanding.setLong(4, standing.scoredAt());
    upsertStanding.setString(5, JsonText.outputs(standing.outputs()));
    upsertStanding.setString(6, JsonText.decision(standing.decision()));
    upsertStanding.setLong(7, standing.recheckAt());
    upsertStanding.executeUpdate();
  }

  private static long instant(ResultSet row, int column) throws SQLException {
    long at = row.getLong(column);
    return row.wasNull() ? Due.NEVER : at;
  }

  private static void bindInstant(PreparedStatement statement, int column, long at)
      throws SQLException {
    if (at == Due.NEVER) {
      statement.setNull(column, Types.INTEGER);
    } else {
      statement.setLong(column, at);
    }
  }
}
