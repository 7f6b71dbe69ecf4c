package io.leadgauge.store;

import io.leadgauge.model.Activity;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Fact;
import io.leadgauge.model.LinkKind;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Reads and writes facts, each a row of its own. */
final class FactRows {
  private final PreparedStatement insertProperty;
  private final PreparedStatement insertActivity;
  private final PreparedStatement insertLink;
  private final PreparedStatement deleteProperty;
  private final PreparedStatement deleteActivity;
  private final PreparedStatement deleteLink;
  private final PreparedStatement selectProperties;
  private final PreparedStatement selectActivities;
  private final PreparedStatement selectLinks;

  FactRows(Connection connection) throws SQLException {
    insertProperty =
        connection.prepareStatement(
            "INSERT OR IGNORE INTO property_fact (record, property, at, rank, value, received_at)"
                + " VALUES (?, ?, ?, ?, ?, ?)");
    insertActivity =
        connection.prepareStatement(
            "INSERT OR IGNORE INTO activity_fact (record, type, at, attributes, received_at)"
                + " VALUES (?, ?, ?, ?, ?)");
    insertLink =
        connection.prepareStatement(
            "INSERT OR IGNORE INTO link_fact"
                + " (record, kind, to_type, to_id, at, rank, value, received_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    deleteProperty =
        connection.prepareStatement(
            "DELETE FROM property_fact"
                + " WHERE record = ? AND property = ? AND at = ? AND rank = ? AND value = ?");
    deleteActivity =
        connection.prepareStatement(
            "DELETE FROM activity_fact WHERE record = ? AND type = ? AND at = ? AND attributes ="
                + " ?");
    deleteLink =
        connection.prepareStatement(
            "DELETE FROM link_fact WHERE record = ? AND kind = ? AND to_type = ? AND to_id = ?"
                + " AND at = ? AND rank = ? AND value = ?");
    selectProperties =
        connection.prepareStatement(
            "SELECT property, at, rank, value FROM property_fact WHERE record = ?");
    selectActivities =
        connection.prepareStatement(
            "SELECT type, at, attributes FROM activity_fact WHERE record = ?");
    selectLinks =
        connection.prepareStatement(
            "SELECT kind, to_type, to_id, at, rank, value FROM link_fact WHERE record = ?");
  }

  void insert(long record, Collection<Fact> facts, long receivedAt) {
    try {
      for (Fact fact : facts) {
        PreparedStatement statement =
            bind(fact, record, insertProperty, insertActivity, insertLink);
        statement.setLong(receivedAtColumn(fact), receivedAt);
        statement.executeUpdate();
      }
    } catch (SQLException e) {
      throw new StoreException("cannot store facts", e);
    }
  }

  void delete(long record, Collection<Fact> facts) {
    try {
      for (Fact fact : facts) {
        bind(fact, record, deleteProperty, deleteActivity, deleteLink).executeUpdate();
      }
    } catch (SQLException e) {
      throw new StoreException("cannot remove facts", e);
    }
  }

  /** Fills in the key of a fact; the three statements name its columns in the same order. */
  private static PreparedStatement bind(
      Fact fact,
      long record,
      PreparedStatement property,
      PreparedStatement activity,
      PreparedStatement link)
      throws SQLException {
    return switch (fact) {
      case Fact.Assigned assigned -> {
        property.setLong(1, record);
        property.setString(2, assigned.property());
        bindStamp(property, 3, assigned.stamp());
        yield property;
      }
      case Fact.Happened happened -> {
        activity.setLong(1, record);
        activity.setString(2, happened.activity().type());
        activity.setLong(3, happened.activity().at());
        activity.setString(4, JsonText.attributes(happened.activity().attributes()));
        yield activity;
      }
      case Fact.Linked linked -> {
        link.setLong(1, record);
        link.setString(2, linked.kind().name());
        link.setString(3, linked.to().type());
        link.setString(4, linked.to().id());
        bindStamp(link, 5, linked.stamp());
        yield link;
      }
    };
  }

  private static int receivedAtColumn(Fact fact) {
    return switch (fact) {
      case Fact.Assigned assigned -> 6;
      case Fact.Happened happened -> 5;
      case Fact.Linked linked -> 8;
    };
  }

  private static void bindStamp(PreparedStatement statement, int from, Stamp stamp)
      throws SQLException {
    statement.setLong(from, stamp.at());
    statement.setInt(from + 1, stamp.rank().code());
    statement.setString(from + 2, stamp.value());
  }

  List<Fact> load(RecordRef ref, long record) throws SQLException {
    List<Fact> facts = new ArrayList<>();
    loadProperties(ref, record, facts);
    loadActivities(ref, record, facts);
    loadLinks(ref, record, facts);
    return facts;
  }

  private void loadProperties(RecordRef ref, long record, List<Fact> facts) throws SQLException {
    selectProperties.setLong(1, record);
    try (ResultSet row = selectProperties.executeQuery()) {
      while (row.next()) {
        facts.add(new Fact.Assigned(ref, row.getString(1), stamp(row, 2)));
      }
    }
  }

  private void loadActivities(RecordRef ref, long record, List<Fact> facts) throws SQLException {
    selectActivities.setLong(1, record);
    try (ResultSet row = selectActivities.executeQuery()) {
      while (row.next()) {
        Activity activity =
            new Activity(row.getString(1), row.getLong(2), JsonText.attributes(row.getString(3)));
        facts.add(new Fact.Happened(ref, activity));
      }
    }
  }

  private void loadLinks(RecordRef ref, long record, List<Fact> facts) throws SQLException {
    selectLinks.setLong(1, record);
    try (ResultSet row = selectLinks.executeQuery()) {
      while (row.next()) {
        ConnectionId connection = ref.connection();
        RecordRef to = new RecordRef(connection, row.getString(2), row.getString(3));
        facts.add(new Fact.Linked(ref, LinkKind.valueOf(row.getString(1)), to, stamp(row, 4)));
      }
    }
  }

  private static Stamp stamp(ResultSet row, int from) throws SQLException {
    return new Stamp(
        row.getLong(from), SourceRank.ofCode(row.getInt(from + 1)), row.getString(from + 2));
  }
}
